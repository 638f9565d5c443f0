"""What goes wrong leaves a clear state and loses nothing."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from server import Server
from visits import Visit

pytestmark = pytest.mark.browser

PLAYING = "document.getElementById('sound').currentTime > 0.05"
Visits = Callable[..., Visit]

HOLD_MICROPHONE = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  window.held = await ask(wish);
  return window.held;
};
"""
UNPLUG = """for (const track of window.held.getAudioTracks()) {
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""


def just_play(here: Visit) -> Page:
    here.go("/")
    here.page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    return here.page


def test_a_microphone_pulled_out_is_told_and_can_be_tried_again(visit: Visits) -> None:
    here = visit()
    here.page.add_init_script(HOLD_MICROPHONE)
    here.go("/speak")
    here.page.locator("#record").click()
    here.until("document.getElementById('record-word').textContent === '18'")
    here.page.evaluate(UNPLUG)
    here.page.get_by_text("The microphone went away.").wait_for()
    here.page.get_by_role("button", name="Speak", exact=True).wait_for()
    assert here.page.get_by_role("button", name="Skip the voice and play").is_enabled()


def test_an_upload_that_is_cut_is_sent_again_with_one_tap(
    visit: Visits, voice: Path
) -> None:
    here = visit()
    here.go("/speak")
    here.page.route("**/api/v1/readings", lambda route: route.abort())
    here.page.get_by_label("Or choose a recording").set_input_files(voice)
    here.page.locator(".file button").click()
    here.page.locator("#file-said", has_text="does not answer").wait_for()
    here.page.unroute("**/api/v1/readings")
    here.page.get_by_role("button", name="Send again").click()
    here.page.wait_for_url("**/heard/**")


def test_a_page_loaded_anew_plays_on_from_where_it_was(visit: Visits) -> None:
    here = visit()
    page = just_play(here)
    here.until("document.getElementById('sound').currentTime > 2.5")
    page.reload()
    page.get_by_role("button", name="Play", exact=True).click()
    here.until("document.getElementById('sound').currentTime > 2.6")
    page.get_by_role("button", name="Pause", exact=True).wait_for()


@contextmanager
def disk_full(server: Server) -> Iterator[None]:
    """Let a server write to no file, as a full disk would."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux can take a running program's disk away")
    kept = resource.prlimit(server.process_id, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, (0, kept[1]))
    try:
        yield
    finally:
        resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, kept)


def test_a_full_disk_is_told_and_what_was_kept_stays(
    visit: Visits, server: Server
) -> None:
    here = visit()
    page = just_play(here)
    session = page.url
    with disk_full(server):
        page.get_by_role("button", name="Softer").click()
        here.until(
            "document.getElementById('notice').textContent.includes('free some')"
        )
        here.until("document.getElementById('state').textContent.includes('reach')")
    held = here.position
    here.until(f"document.getElementById('sound').currentTime > {held + 3}")
    page.get_by_role("button", name="Softer").click()
    page.get_by_text("Softer, in about").wait_for()
    here.go("/past")
    assert page.locator(f"a[href='{session.removeprefix(here.base)}']").count() == 1


def test_a_clock_that_jumps_changes_nothing_that_plays(visit: Visits) -> None:
    here = visit()
    page = just_play(here)
    before = seconds_left(page)
    for time in ("2001-01-01T00:00:00", "2040-01-01T00:00:00"):
        page.clock.set_system_time(time)
        held = here.position
        here.until(f"document.getElementById('sound').currentTime > {held + 1}")
    assert 0 < before - seconds_left(page) < 60


def seconds_left(page: Page) -> int:
    minutes, seconds = page.locator("#left").inner_text().split(" ")[0].split(":")
    return 60 * int(minutes) + int(seconds)


def test_going_back_and_forth_loses_neither_sound_nor_page(visit: Visits) -> None:
    here = visit()
    page = just_play(here)
    session = page.url
    page.go_back()
    page.get_by_role("heading", name="What would help now?").wait_for()
    page.get_by_role("link", name="playing").wait_for()
    page.go_forward()
    page.wait_for_url(session)
    page.get_by_role("button", name="Pause").first.wait_for()
    assert page.evaluate("!document.getElementById('sound').paused")


FORGOTTEN = "caches.has('undersong-last').then((has) => !has)"


def test_last_minutes_are_heard_without_the_program_until_they_are_forgotten(
    browser: Browser, tmp_path: Path, tables: Path
) -> None:
    with Server(tmp_path / "data", tables) as server:
        here = Visit(browser.new_page(), server.base)
        here.go_and_keep("/")
        page = just_play(here)
        here.until("document.getElementById('sound').currentTime > 1")
        server.kill()
        here.go("/past")
        page.get_by_role("heading", name="What you heard last").wait_for()
        page.get_by_role("button", name="Play", exact=True).click()
        here.until("document.getElementById('sound').currentTime > 1")
        server.start()
        here.go("/past")
        page.get_by_text("Name, share, save, forget").click()
        page.get_by_role("button", name="Forget").click()
        page.get_by_text("Nothing yet.").wait_for()
        here.until(FORGOTTEN)
        page.evaluate("caches.open('undersong-last').then(() => true)")
        page.evaluate("localStorage.setItem('volume', '0.5')")
        here.go("/settings")
        page.get_by_text("Erase everything").first.click()
        page.get_by_label("Type").fill("erase")
        page.get_by_role("button", name="Erase everything").click()
        page.get_by_text("has been erased").wait_for()
        here.until(FORGOTTEN)
        assert page.evaluate("localStorage.length") == 0
        page.close()


def test_a_file_is_saved_and_its_progress_shown(visit: Visits) -> None:
    here = visit()
    page = here.page
    wish = {"outcome": "calm", "minutes": 1, "seed": 5}
    page.request.post(f"{here.base}/api/v1/sessions", data=wish)
    here.go("/past")
    item = page.locator(".past-item").first
    item.get_by_text("Name, share, save, forget").click()
    with page.expect_download() as saved:
        item.get_by_role("link", name="MP3").click()
        item.locator("progress").wait_for()
    assert Path(saved.value.path()).stat().st_size > 300_000
    page.get_by_text("The file is made").wait_for()
