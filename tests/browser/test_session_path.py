"""The main job in a real browser: speak, choose, listen, steer, end."""

import time
from collections.abc import Callable

import pytest
from visits import Visit

pytestmark = pytest.mark.browser

PLAYING = "document.getElementById('sound').currentTime > 0.05"

SAMPLES = """async () => {
  const sound = document.getElementById("sound");
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(sound.captureStream()).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples.map(Math.abs));
  }
  return loudest;
}"""

SOFTEST_HEARD = 10 ** (-60 / 20)
FIRST_SOUND_SECONDS = 45
"""From the first look at the page to sound, twenty seconds of speaking included."""


def test_a_person_speaks_and_hears_a_session_in_four_taps(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    page = here.page
    # A first session: what an earlier visit to this server agreed to is taken back.
    page.request.post(f"{here.base}/consent", form={"version": "0"})
    opened = time.monotonic()
    here.go("/")
    page.get_by_role("radio", name="Calm").check()
    page.get_by_role("button", name="Speak first").click()
    page.get_by_role("button", name="Agree and speak").click()
    page.wait_for_url("**/heard/**", timeout=40_000)
    assert "Your voice sounded" in page.get_by_role("heading", level=1).inner_text()
    assert page.locator(".band .range").count() == 3
    page.get_by_role("button", name="Play calm").click()
    here.until(PLAYING)
    assert time.monotonic() - opened < FIRST_SOUND_SECONDS
    assert "/sessions/" in page.url
    assert page.get_by_text("Your voice sounded").count() == 1
    assert page.evaluate(SAMPLES) > SOFTEST_HEARD


def test_a_second_session_sounds_after_one_tap_on_the_usual(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    wish = {"outcome": "focus", "minutes": 30}
    here.page.request.post(f"{here.base}/api/v1/sessions", data=wish)
    here.go("/")
    assert here.page.get_by_role("radio", name="Focus").is_checked()
    here.page.get_by_text("your usual").wait_for()
    here.page.get_by_role("button", name="Just play").click()
    # The bar is 2 s on an idle machine, which make bench measures; here others work.
    assert here.until(PLAYING) < 10
    here.page.get_by_role("heading", name="Focus").wait_for()


def test_sound_goes_on_for_twenty_seconds_through_a_nudge(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    page = here.page
    here.go("/")
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    page.wait_for_timeout(3_000)
    page.get_by_role("button", name="Softer").click()
    here.until("document.getElementById('notice').textContent.includes('second')")
    seconds = int(page.locator("#notice").inner_text().split(" second")[0].split()[-1])
    assert seconds <= 15
    begun = here.position
    page.wait_for_timeout(20_000)
    assert here.position - begun == pytest.approx(20, abs=1.0)
    assert page.evaluate(SAMPLES) > SOFTEST_HEARD


def test_ending_gently_goes_on_sounding_and_asks_how_it_is(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    page = here.page
    here.go("/")
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    page.get_by_role("button", name="End gently").click()
    page.get_by_role("heading", name="How do you feel now?").wait_for()
    page.get_by_text("Ending gently").wait_for()
    assert page.evaluate("!document.getElementById('sound').paused")
    page.get_by_role("button", name="Better").click()
    thanks = page.get_by_text("Noted, thank you.")
    thanks.wait_for()
    # The page stays at the answer: the thanks are seen without scrolling for them.
    assert page.url.endswith("#after")
    assert page.evaluate("scrollY") > 0
    assert 0 < thanks.evaluate("one => one.getBoundingClientRect().top") < 300


@pytest.mark.slow
def test_a_composed_ending_plays_out_and_the_session_can_be_heard_again(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    page = here.page
    missing: list[str] = []
    page.on(
        "response", lambda got: missing.append(got.url) if got.status >= 400 else None
    )
    here.go("/")
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    page.get_by_role("button", name="End gently").click()
    here.until("document.getElementById('sound').ended", seconds=60)
    assert missing == []
    assert not page.get_by_role("button", name="Softer").is_visible()
    page.get_by_role("button", name="Play again").click()
    here.until("!document.getElementById('sound').ended")
    here.until(PLAYING)


def test_buttons_beside_each_other_stand_on_one_line(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    here.page.request.post(f"{here.base}/api/v1/sessions", data={"outcome": "calm"})
    here.go("/past")
    session = here.page.locator(".past-item").first
    session.locator("summary").click()
    names = [session.get_by_text(name, exact=True) for name in ("Favourite", "Share")]
    favourite, share = (
        name.evaluate("one => one.getBoundingClientRect().top") for name in names
    )
    assert favourite == share


def test_a_past_session_plays_again(visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.page
    here.go("/")
    page.get_by_role("radio", name="Sleep").check()
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    here.go("/past")
    page.get_by_role("link", name="Sleep").click()
    page.get_by_role("button", name="Play").click()
    here.until(PLAYING)
