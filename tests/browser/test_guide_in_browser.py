"""The guide in a real Chromium: accessible, by keyboard, without script, on paper."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
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
    one = visit(bypass_csp=True, **look)
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
    one.page.click("footer a:has-text('Help now')")
    one.page.select_option("#country", "GB")
    one.page.click("main button[type=submit]")
    one.page.wait_for_url("**/help?country=GB")
    assert "116 123" in (one.page.text_content("main") or "")


@pytest.mark.parametrize(
    ("address", "pages"), [("/help?country=GB", 1), ("/guide/music-therapy", 2)]
)
def test_page_prints_whole_without_its_controls(
    visit: Visits, address: str, pages: int
) -> None:
    one = visit(viewport=A4_PIXELS)
    one.go(address)
    one.page.emulate_media(media="print")
    for control in ("nav", "main form", "footer"):
        assert not any(
            part.is_visible() for part in one.page.query_selector_all(control)
        )
    wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert one.page.pdf(format="A4").count(b"/Type /Page\n") == pages
