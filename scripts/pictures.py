"""Screenshots of every page into docs/pictures, from a real app in a real Chromium.

What is shown is seeded: the same sessions and one voice from ../shared each time.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
VOICES = ROOT.parent / "shared/data/voice/librispeech_mini"
SPEAKER = "2033-*.flac"
PORT = 8791
BASE = f"http://127.0.0.1:{PORT}"

SIZES = {"phone": (390, 844), "desk": (1280, 800)}
COLOURS = 96
SCHEMES = ("light", "dark")
SEEDED = (("sleep", 40), ("focus", 45), ("calm", 10), ("sleep", 480), ("calm", 20))

PAGES = {
    "speak": "/speak",
    "scenes": "/scenes",
    "past": "/past",
    "patterns": "/patterns",
    "trial": "/trial",
    "settings": "/settings",
    "offline": "/offline",
    "guide": "/guide/what",
    "help": "/help",
}


@contextmanager
def running() -> Iterator[None]:
    """Run the app over an empty folder."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "undersong", "listen", "--no-open"]
        app = subprocess.Popen([*command, "--port", str(PORT), "--data", data])
        try:
            time.sleep(8)
            yield
        finally:
            app.terminate()
            app.wait(20)


def seed(page: Page) -> tuple[str, str]:
    """Make sessions and a reading; return the paths of a session and what was heard."""
    made = [
        page.request.post(
            f"{BASE}/api/v1/sessions",
            data={"outcome": outcome, "minutes": minutes, "seed": number},
        ).json()["id"]
        for number, (outcome, minutes) in enumerate(SEEDED)
    ]
    for session in made[:3]:
        page.request.post(
            f"{BASE}/api/v1/sessions/{session}/answers", data={"liked": 0.5}
        )
    with tempfile.NamedTemporaryFile(suffix=".wav") as voice:
        clips = [soundfile.read(clip) for clip in sorted(VOICES.glob(SPEAKER))]
        soundfile.write(
            voice.name, np.concatenate([samples for samples, _ in clips]), clips[0][1]
        )
        reading = page.request.post(
            f"{BASE}/api/v1/readings",
            multipart={
                "audio": {
                    "name": "voice.wav",
                    "mimeType": "audio/wav",
                    "buffer": Path(voice.name).read_bytes(),
                }
            },
        ).json()["id"]
    return f"/sessions/{made[-1]}", f"/heard/{reading}?outcome=calm&minutes=20"


def shoot(page: Page, name: str) -> None:
    """Save what is shown, the whole page and not only what fits."""
    page.wait_for_timeout(250)
    # The veil of the night page covers the window, not what lies below it.
    whole = not page.locator(".night").count()
    path = PICTURES / f"{name}.png"
    size = page.viewport_size
    assert size is not None
    if whole:
        # A window as tall as the page: what sticks to its foot then covers nothing.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**size, "height": max(size["height"], tall)})
    page.screenshot(path=path)
    page.set_viewport_size(size)
    # Few colours are used: a palette keeps the repository small.
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def shoot_all(browser: Browser, size: str, scheme: str, paths: dict[str, str]) -> None:
    """Save every page at one size, in one light."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for name, path in paths.items():
        page.goto(f"{BASE}{path}")
        shoot(page, f"{name}-{size}-{scheme}")
    page.goto(f"{BASE}{paths['session']}")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(9_000)
    page.get_by_text("What is playing").click()
    shoot(page, f"playing-{size}-{scheme}")
    page.get_by_role("button", name="Night").click()
    shoot(page, f"night-{size}-{scheme}")
    context.close()


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with running(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(BASE)
        shoot(page, "first-phone-light")
        session, heard = seed(page)
        paths = {"home": "/", **PAGES, "session": session, "heard": heard}
        for size in SIZES:
            for scheme in SCHEMES:
                shoot_all(browser, size, scheme, paths)
        browser.close()


if __name__ == "__main__":
    main()
