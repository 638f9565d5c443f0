"""The system's Chromium over a real server, with a real voice as its microphone."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Playwright, sync_playwright
from server import Server
from visits import PHONE, Visit

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC_CHROMIUM = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")

SPEAKER = "2033"
SPOKEN_SECONDS = 26.0


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None and MAC_CHROMIUM.exists():
        found = str(MAC_CHROMIUM)
    if found is None:
        message = "no Chromium was found; `make setup-system` installs one"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def voice(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a WAV file of one person reading for longer than is recorded."""
    clips = sorted((shared / "data/voice/librispeech_mini").glob(f"{SPEAKER}-*.flac"))
    read = [soundfile.read(clip, dtype="float32") for clip in clips]
    sample_rate = read[0][1]
    samples = np.concatenate([samples for samples, _ in read])
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    whole = samples[: int(SPOKEN_SECONDS * sample_rate)]
    soundfile.write(path, whole, sample_rate, subtype="PCM_16")
    return path


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for sound tables that all servers share."""
    return tmp_path_factory.mktemp("tables")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, tables: Path) -> Iterator[Server]:
    """Yield a server that all tests of a worker share."""
    with Server(tmp_path_factory.mktemp("data"), tables) as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str, voice: Path) -> Iterator[Browser]:
    """Yield a Chromium whose microphone hears the voice, once per recording."""
    launched = playwright.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-audio-capture={voice}%noloop",
        ],
    )
    yield launched
    launched.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Yield a maker of visits; at the end none of them may have complained."""
    made: list[Visit] = []

    def make(**options: Any) -> Visit:
        options.setdefault("viewport", PHONE)
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        made.append(Visit(context.new_page(), server.base))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
        assert one.complaints == []
