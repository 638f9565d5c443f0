"""Every page, in light and dark, on phone and desk: accessible, and no wider."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from server import Server
from visits import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

PATHS = (
    *("/", "/speak", "/scenes", "/open", "/past", "/patterns", "/trial", "/settings"),
    *("/offline", "/guide/what", "/help", "/settings/licences"),
    f"/past/{date.today()}",
)
SIZES = {"phone": PHONE, "desk": DESK}
NARROWEST = {"width": 320, "height": 640}


def session_path(here: Visit) -> str:
    made = here.page.request.post(
        f"{here.base}/api/v1/sessions", data={"outcome": "focus", "seed": 1}
    )
    return f"/sessions/{made.json()['id']}"


def open_drawers(page: Page) -> None:
    for drawer in page.locator("main details").all():
        drawer.evaluate("one => { one.open = true; }")


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture(scope="module")
def opened(browser: Browser, server: Server) -> Iterator[dict[str, Page]]:
    """Yield every page with its drawers open; each is loaded once for all looks."""
    # Colours that are still on their way to others would be judged as they pass.
    context = browser.new_context(
        reduced_motion="reduce", bypass_csp=True, service_workers="block"
    )
    first = Visit(context.new_page(), server.base)
    visits = {
        path: Visit(context.new_page(), server.base)
        for path in (*PATHS, session_path(first))
    }
    for path, here in visits.items():
        here.go(path)
        open_drawers(here.page)
    yield {path: here.page for path, here in visits.items()}
    context.close()
    assert [here.complaints for here in visits.values() if here.complaints] == []


@pytest.mark.parametrize("size", sorted(SIZES))
def test_axe_finds_nothing_on_any_page(opened: dict[str, Page], size: str) -> None:
    found = {}
    for path, page in opened.items():
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme="light")
        light = Axe().run(page)
        # In the dark only the colours differ.
        page.emulate_media(color_scheme="dark")
        dark = Axe().run(page, options={"runOnly": ["color-contrast"]})
        found[path] = [
            violation["id"]
            for one in (light, dark)
            for violation in one.response["violations"]
        ]
    assert {path: names for path, names in found.items() if names} == {}


def test_no_page_is_wider_than_the_narrowest_phone(opened: dict[str, Page]) -> None:
    for page in opened.values():
        page.set_viewport_size(NARROWEST)
    widths = {path: width_of(page) for path, page in opened.items()}
    assert {path: w for path, w in widths.items() if w > NARROWEST["width"]} == {}


def test_no_page_is_wider_than_the_narrowest_phone_in_german(
    visit: Callable[..., Visit],
) -> None:
    here = visit(viewport=NARROWEST, locale="de-DE", service_workers="block")
    widths = {}
    for path in (*PATHS, session_path(here)):
        here.go(path)
        open_drawers(here.page)
        widths[path] = width_of(here.page)
    assert {path: w for path, w in widths.items() if w > NARROWEST["width"]} == {}


def test_no_page_is_wider_with_text_of_twice_the_size(opened: dict[str, Page]) -> None:
    size = "size => { document.documentElement.style.fontSize = size; }"
    widths = {}
    for path, page in opened.items():
        page.set_viewport_size(PHONE)
        page.evaluate(size, "212.5%")
        widths[path] = width_of(page)
        page.evaluate(size, "")
    assert {path: w for path, w in widths.items() if w > PHONE["width"]} == {}


SMALL = """() => [...document.querySelectorAll(
  "button, select, .button, summary, nav a, .help-now, .past-item > a, .month a, " +
  "input, textarea"
)].filter((one) => one.checkVisibility() && one.type !== "hidden").map((one) => {
  // A tick is pressed by its label.
  const pressed = one.closest("label") ?? one;
  const { width, height } = pressed.getBoundingClientRect();
  return [Math.round(width), Math.round(height), one.outerHTML.slice(0, 90)];
}).filter(([width, height]) => Math.min(width, height) < 44)"""
"""What a finger could miss: WCAG 2.2, criterion 2.5.5, asks for 44 CSS pixels."""


def test_everything_one_presses_is_large_enough_for_a_finger(
    opened: dict[str, Page],
) -> None:
    for page in opened.values():
        page.set_viewport_size(PHONE)
    small = {path: page.evaluate(SMALL) for path, page in opened.items()}
    assert {path: found for path, found in small.items() if found} == {}


def test_what_has_the_focus_is_seen(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.go("/")
    outlined = """(() => {
      const one = document.activeElement;
      const ringed = one.closest(".outcome") ?? one;
      const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    })()"""
    for _ in range(9):
        here.page.keyboard.press("Tab")
        assert here.page.evaluate(outlined), here.page.evaluate(
            "document.activeElement.outerHTML"
        )


def test_home_weighs_little_and_asks_no_one_else(visit: Callable[..., Visit]) -> None:
    here = visit()
    bodies: dict[str, int] = {}
    here.page.on("response", lambda got: bodies.update({got.url: len(got.body())}))
    here.go("/")
    here.page.wait_for_load_state("networkidle")
    assert all(url.startswith(here.base) for url in bodies)
    assert sum(bodies.values()) <= 150_000


def test_scripts_speak_the_language_of_the_page(visit: Callable[..., Visit]) -> None:
    here = visit(locale="de-DE")
    here.go(session_path(here))
    here.page.get_by_role("button", name="Spielen", exact=True).click()
    here.page.get_by_role("button", name="Pause", exact=True).wait_for()
    here.page.get_by_role("button", name="Dunkler", exact=True).click()
    here.page.get_by_text("Dunkler, in etwa").wait_for()
    here.page.get_by_role("button", name="Sanft beenden").click()
    here.page.get_by_text("Klingt sanft aus …").wait_for()
