"""What can be done while it plays: levels, rarity, never, timer, voice, the screen."""

import json
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page
from visits import Visit

pytestmark = pytest.mark.browser

PLAYING = "document.getElementById('sound').currentTime > 0.05"
Visits = Callable[..., Visit]


def playing(here: Visit, **wish: object) -> Page:
    """Play a session made for the test, and open its drawers."""
    made = here.page.request.post(
        f"{here.base}/api/v1/sessions",
        data={"outcome": "calm", "seed": 1, "wanted": ["rain", "birds"], **wish},
    )
    here.go(f"/sessions/{made.json()['id']}")
    here.page.get_by_role("button", name="Play", exact=True).click()
    here.until(PLAYING)
    here.page.get_by_text("What is playing").click()
    return here.page


def events(here: Visit) -> list[str]:
    session = here.page.url.rsplit("/", 1)[1]
    with urlopen(f"{here.base}/api/v1/sessions/{session}/events", timeout=20) as got:
        return [event["name"] or event["kind"] for event in json.load(got)]


def until_asked(here: Visit, name: str) -> None:
    """Wait until the newest wish is the one of that name."""
    for _ in range(100):
        if events(here)[-1:] == [name]:
            return
        here.page.wait_for_timeout(50)
    raise AssertionError(f"{name} was not asked for: {events(here)}")


def test_layers_have_a_level_and_rarity_that_are_spoken_in_words(visit: Visits) -> None:
    here = visit()
    page = playing(here)
    level = page.get_by_role("slider", name="Rain", exact=True)
    level.fill("30")
    assert level.get_attribute("aria-valuetext") == "30 percent"
    until_asked(here, "level:rain=30")
    page.get_by_text("Rain: 30 percent, in about").wait_for()
    rarity = page.get_by_role("slider", name="How rarely birds")
    rarity.fill("100")
    assert rarity.get_attribute("aria-valuetext") == "very rarely"
    until_asked(here, "rarity:birds=100")
    page.get_by_role("button", name="Mute rain").click()
    until_asked(here, "no:rain")
    page.get_by_role("button", name="Mute rain").click()
    here.until("document.querySelectorAll('[data-mute][aria-pressed=true]').length < 1")
    until_asked(here, "level:rain=30")
    page.reload()
    page.get_by_text("What is playing").click()
    assert page.get_by_role("slider", name="Rain", exact=True).input_value() == "30"


def test_never_again_silences_a_layer_and_is_kept(visit: Visits) -> None:
    here = visit()
    page = playing(here)
    page.get_by_role("button", name="Never play birds at dawn again").click()
    page.get_by_text("stays out of every new session").wait_for()
    assert "no:birds" in events(here)
    here.go("/settings")
    assert page.locator("input[name=never][value=birds]").is_checked()
    page.request.post(f"{here.base}/settings", form={"voice": "yes"})


def test_timer_outlives_its_page_and_fades_before_it_ends(visit: Visits) -> None:
    here = visit()
    page = playing(here, minutes=60)
    page.get_by_label("End after").select_option("10")
    page.get_by_label("Fade over").select_option("5")
    page.get_by_text("It will end gently in 10 minutes.").wait_for()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("heading", name="Settings").wait_for()
    # Ten minutes later, as the player sees it.
    session = "document.querySelector('#dock-link').getAttribute('href').split('/')[2]"
    near = """(id, left) => {
      const name = `timer:${id}`;
      const kept = JSON.parse(localStorage.getItem(name));
      localStorage.setItem(name, JSON.stringify({ ...kept, endAt: left }));
    }"""
    name = page.evaluate(session)
    page.evaluate(
        f"({near})('{name}', document.getElementById('sound').currentTime + 290)"
    )
    page.go_back()
    until_asked(here, "fade=4")
    page.evaluate(f"({near})('{name}', 0)")
    until_asked(here, "stop")
    page.get_by_text("Ending gently").wait_for()


def test_speaking_again_pauses_the_sound_and_turns_it(visit: Visits) -> None:
    here = visit()
    page = playing(here)
    session = page.url.rsplit("/", 1)[1]
    page.get_by_text("Check in again").click()
    page.get_by_role("link", name="Speak again instead").click()
    page.locator("#record").click()
    here.until("document.getElementById('sound').paused")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_url(f"**/sessions/{session}", timeout=40_000)
    assert "check_in" in events(here)
    here.until("!document.getElementById('sound').paused")


def test_screen_is_kept_on_only_when_asked_for(visit: Visits) -> None:
    here = visit()
    here.page.add_init_script(
        "window.locks = 0; navigator.wakeLock.request = async () => {"
        " window.locks += 1; const lock = new EventTarget();"
        " lock.release = async () => { window.locks -= 1; }; return lock; }"
    )
    page = playing(here)
    assert page.evaluate("window.locks") == 0
    keep = page.get_by_role("button", name="Keep the screen on")
    keep.click()
    here.until("window.locks === 1")
    assert keep.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Pause").click()
    here.until("window.locks === 0")


def test_drawing_rests_where_less_motion_is_wanted(visit: Visits) -> None:
    here = visit(reduced_motion="reduce")
    page = playing(here)
    page.wait_for_timeout(300)
    drawn = page.evaluate(
        "(() => { const one = document.getElementById('visual');"
        " return one.getContext('2d').getImageData(0, 0, one.width, one.height)"
        ".data.some(Boolean); })()"
    )
    assert not drawn
