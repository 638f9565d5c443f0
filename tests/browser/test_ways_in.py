"""Other ways through: keys alone, no script, no microphone, a server that restarts."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright
from server import Server
from visits import DESK, Visit

pytestmark = pytest.mark.browser

PLAYING = "document.getElementById('sound').currentTime > 0.05"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element of that accessible text has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        text = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
        )
        if name in (text or ""):
            return
    raise AssertionError(f"no Tab leads to {name!r}")


def test_the_main_job_works_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    here = visit(viewport=DESK)
    page = here.page
    here.go("/")
    tab_to(page, "Calm")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Just play")
    page.keyboard.press("Enter")
    here.until(PLAYING)
    tab_to(page, "Pause")
    page.keyboard.press("Space")
    here.until("document.getElementById('sound').paused")
    page.keyboard.press("Space")
    here.until("!document.getElementById('sound').paused")
    tab_to(page, "Darker")
    page.keyboard.press("Enter")
    here.until("document.getElementById('notice').textContent.includes('Darker')")


def test_without_script_a_recording_is_read_and_leads_to_a_play_link(
    visit: Callable[..., Visit], voice: Path
) -> None:
    here = visit(java_script_enabled=False)
    page = here.page
    here.go("/")
    page.get_by_role("radio", name="Calm").check()
    page.get_by_role("button", name="Speak first").click()
    page.get_by_label("Or choose a recording").set_input_files(voice)
    # "Agree and …" until someone on this server has agreed.
    page.get_by_role("button", name=re.compile("read this recording", re.I)).click()
    assert "Your voice sounded" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Use what I set here").check()
    page.get_by_role("button", name="Play calm").click()
    link = page.get_by_role("link", name="Play link").get_attribute("href")
    with urlopen(f"{here.base}{link}", timeout=20) as stream:
        assert stream.read(4) == b"fLaC"


def test_a_refused_microphone_leaves_a_way_on(
    playwright: Playwright, chromium: str, server: Server
) -> None:
    with playwright.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--use-fake-device-for-media-stream",
            "--deny-permission-prompts",
        ],
    ) as browser:
        page = browser.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{server.base}/speak")
        page.get_by_role("button", name="speak").click()
        page.get_by_text("The microphone was not allowed").wait_for()
        assert page.get_by_role("button", name="Skip the voice and play").is_enabled()


def test_a_restarted_server_is_found_again_and_nothing_is_missed(
    browser: Browser, tmp_path: Path, tables: Path
) -> None:
    with Server(tmp_path / "data", tables) as server:
        here = Visit(browser.new_page(), server.base)
        here.go("/")
        here.page.get_by_role("button", name="Just play").click()
        here.until(PLAYING)
        server.kill()
        here.until(
            "document.getElementById('state').textContent.includes('reach')",
            seconds=15,
        )
        server.start()
        held = here.position
        here.until(
            f"document.getElementById('sound').currentTime > {held + 9}", seconds=40
        )
        here.page.close()


def test_what_a_person_says_by_hand_counts(visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.page
    here.go("/")
    page.get_by_text("Say how you feel").click()
    page.get_by_label("Tension").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_text("more than usual", exact=True).last.wait_for()
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    session = page.url.rsplit("/", 1)[1]
    with urlopen(f"{here.base}/api/v1/sessions/{session}", timeout=20) as answer:
        assert json.load(answer)["said"] == {
            "stress": 7,
            "fatigue": None,
            "energy": None,
        }


def test_sound_goes_on_while_other_pages_are_read(visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.page
    here.go("/")
    page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("heading", name="Settings").wait_for()
    page.get_by_role("link", name="playing").wait_for()
    held = here.position
    page.go_back()
    page.get_by_role("button", name="Pause").first.wait_for()
    here.until(f"document.getElementById('sound').currentTime > {held + 2}")


def test_a_second_tab_stills_the_first(visit: Callable[..., Visit]) -> None:
    first = visit()
    first.go("/")
    first.page.get_by_role("button", name="Just play").click()
    first.until(PLAYING)
    second = Visit(first.page.context.new_page(), first.base)
    second.go("/scenes")
    second.page.get_by_role("button", name="Play By the sea").click()
    second.until(PLAYING)
    first.until("document.getElementById('sound').paused")
    assert second.complaints == []


def test_a_clear_page_is_shown_while_the_server_is_away(
    browser: Browser, tmp_path: Path, tables: Path
) -> None:
    with Server(tmp_path / "data", tables) as server:
        here = Visit(browser.new_page(), server.base)
        here.go_and_keep("/")
        server.kill()
        here.go("/past")
        here.page.get_by_role("heading", name="Undersong does not answer").wait_for()
        server.start()
        here.page.get_by_role("link", name="Try again").click()
        here.page.get_by_role("heading", name="What would help now?").wait_for()
        here.page.close()


def test_night_shows_nothing_bright_and_any_key_ends_it(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    here.go("/")
    here.page.get_by_role("button", name="Just play").click()
    here.until(PLAYING)
    here.page.get_by_role("button", name="Night").click()
    here.page.wait_for_timeout(300)
    shown = np.array(Image.open(io.BytesIO(here.page.screenshot())).convert("RGB"))
    linear = (shown / 255.0) ** 2.2
    assert (linear @ [0.2126, 0.7152, 0.0722]).max() <= 0.08
    here.page.keyboard.press("Space")
    assert here.page.locator(".night").count() == 0
    here.until("!document.getElementById('sound').paused")


def test_a_browser_without_media_source_plays_the_list(
    visit: Callable[..., Visit],
) -> None:
    here = visit()
    here.page.add_init_script("delete window.MediaSource")
    here.go("/")
    here.page.get_by_role("button", name="Just play").click()
    here.until("document.getElementById('sound').currentTime > 2")
    assert "main.m3u8" in here.page.evaluate(
        "document.getElementById('sound').currentSrc"
    )
