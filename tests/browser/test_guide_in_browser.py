"""The guide in a real Chromium: accessible, by keyboard, without script, on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from server import Server
from visits import DESK, PHONE, Visit

from undersong.app.guide_pages import INDEX

pytestmark = pytest.mark.browser

EVIDENCE = "/guide/evidence"
"""Ninety entries: axe alone takes seconds over it."""

ADDRESSES = (
    "/guide",
    *(address for address, _, _ in INDEX if address not in {"/guide/choose", EVIDENCE}),
    "/help?country=JP",
    "/guide/therapists?country=DE",
    "/guide/choose?urgent=no&who=me&need=mind&care=no&music=yes",
    "/guide/safe-listening?level=shout&hours=9&days=7",
)
IN_THE_DARK = {"viewport": PHONE, "color_scheme": "dark"}
BY_DAY = {"viewport": DESK, "color_scheme": "light"}
A4_PIXELS = {"width": 794, "height": 1123}
Visits = Callable[..., Visit]


@pytest.mark.parametrize(
    ("look", "addresses"),
    [
        pytest.param(IN_THE_DARK, ADDRESSES, id="dark"),
        pytest.param(
            BY_DAY, (*ADDRESSES, EVIDENCE), id="light", marks=pytest.mark.slow
        ),
        pytest.param(
            IN_THE_DARK, (EVIDENCE,), id="evidence-dark", marks=pytest.mark.slow
        ),
    ],
)
def test_no_guide_page_has_an_accessibility_violation_or_overflows(
    visit: Visits, look: dict[str, object], addresses: tuple[str, ...]
) -> None:
    one = visit(bypass_csp=True, service_workers="block", **look)
    found = []
    for address in addresses:
        one.go(address)
        violations = Axe().run(one.page).response["violations"]
        found += [(address, row["id"]) for row in violations]
        wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address
    assert found == []


def test_questions_are_answered_by_keyboard_without_script(visit: Visits) -> None:
    one = visit(java_script_enabled=False)
    one.go("/guide/choose")
    keys = one.page.keyboard
    one.page.focus("input[name=urgent]")
    for choice in ("Space", "Space", "Space", "Space", "Space"):
        keys.press(choice)
        keys.press("Tab")
    keys.press("Enter")
    one.page.wait_for_url("**/guide/choose?*")
    heading = one.page.text_content("#answer h2")
    assert heading == "This program may suit you"


def test_help_is_one_tap_from_the_guide_and_shows_a_country_without_script(
    visit: Visits,
) -> None:
    one = visit(java_script_enabled=False)
    one.go("/guide/what")
    one.page.click("header a:has-text('Help now')")
    one.page.select_option("#country", "GB")
    one.page.click("main button[type=submit]")
    one.page.wait_for_url("**/help?country=GB")
    assert "116 123" in (one.page.text_content("main") or "")


def test_help_is_on_the_screen_however_far_a_page_is_scrolled(visit: Visits) -> None:
    one = visit()
    for address in ("/", "/guide/sound", "/settings", "/past", "/nowhere", "/offline"):
        one.go(address)
        for size in (PHONE, DESK):
            one.page.set_viewport_size(size)
            one.page.mouse.wheel(0, 900)
            one.page.wait_for_timeout(50)
            link = one.page.locator("header a", has_text="Help now")
            box = link.bounding_box()
            assert box is not None
            assert 0 <= box["y"] <= size["height"] - box["height"], address
            assert min(box["width"], box["height"]) >= 44, address
            # Nothing lies over it: a click there lands on it.
            link.click(trial=True, timeout=2000)


def test_after_one_touch_in_the_night_help_is_on_the_screen(visit: Visits) -> None:
    one = visit()
    one.go("/")
    one.page.get_by_role("button", name="Just play").click()
    one.page.get_by_role("button", name="Night").click()
    one.page.mouse.click(200, 400)
    one.page.locator("header a", has_text="Help now").click(timeout=2000)
    one.page.get_by_role("heading", name="Need help right now?").wait_for()


def test_without_the_program_the_chosen_country_is_open_with_its_lines(
    browser: Browser, tmp_path: Path, tables: Path
) -> None:
    with Server(tmp_path / "data", tables) as server:
        one = Visit(browser.new_page(viewport=PHONE), server.base)
        one.go_and_keep("/")
        server.kill()
        one.go("/help?country=GB")
        line = one.page.get_by_role("link", name="116 123", exact=True).first
        assert line.is_visible()
        assert line.get_attribute("href") == "tel:116123"
        assert one.page.locator("details[open]").count() == 1
        one.page.locator("header a", has_text="Help now").click()
        one.page.get_by_role("heading", name="Help now").wait_for()
        one.page.close()


def test_past_their_date_the_lines_are_gone_without_the_program_too(
    browser: Browser, tmp_path: Path, tables: Path
) -> None:
    with Server(tmp_path / "data", tables) as server:
        one = Visit(browser.new_page(viewport=PHONE), server.base)
        one.go_and_keep("/")
        # The worker cannot be given another clock, so its page is given another date.
        one.page.evaluate(EARLIER)
        server.kill()
        one.go("/past")
        text = one.page.text_content("main") or ""
        assert "past its check date" in text
        assert "Samaritans" not in text
        assert one.page.locator("a[href='tel:112']").count() > 20
        one.page.close()


EARLIER = """async () => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const page = await cache.match("/offline");
  const headers = new Headers(page.headers);
  headers.set("undersong-lines-until", "2020-01-01");
  await cache.put("/offline", new Response(await page.text(), { headers }));
}"""


@pytest.mark.parametrize(
    ("address", "pages"), [("/help?country=GB", 1), ("/guide/music-therapy", 2)]
)
def test_page_prints_whole_without_its_controls(
    visit: Visits, address: str, pages: int
) -> None:
    one = visit(viewport=A4_PIXELS)
    one.go(address)
    one.page.emulate_media(media="print")
    for control in ("nav", "main form", "footer", ".help-now", ".skip"):
        assert not any(
            part.is_visible() for part in one.page.query_selector_all(control)
        )
    wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert one.page.pdf(format="A4").count(b"/Type /Page\n") == pages
