"""How soon the pages show and play, and what Lighthouse says of them.

A real server, the system's Chromium, and Lighthouse as scripts/lighthouse pins it (npm
installs it when it is missing). Times are the best of several runs.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/browser")]

from server import Server  # noqa: E402 - it lives beside the tests
from visits import PHONE, Visit  # noqa: E402

LIGHTHOUSE = ROOT / "scripts/lighthouse"
RUNS = 3
PLAYING = "document.getElementById('sound').currentTime > 0.05"
PAINTED = (
    """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""
)
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
"""The bars, of 100 each."""


def main() -> int:
    """Print the figures and return 1 if Lighthouse finds less than the bars."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium is not None, "no Chromium was found; make setup-system installs one"
    failed = False
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data, tables = Path(folder) / "data", Path(folder) / "tables"
        with Server(data, tables) as server:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox"]
            )
            times(browser, server.base)
            session = made(browser, server.base)
            browser.close()
            for name, path in (("home", "/"), ("player", session)):
                found = audited(f"{server.base}{path}", chromium)
                print(f"Lighthouse, {name}: {found}")
                failed |= any(found[one] < least for one, least in LEAST.items())
    return int(failed)


def times(browser: Browser, base: str) -> None:
    """Print when home is painted and how long a tap on Play takes to sound."""
    paints, sounds = [], []
    for _ in range(RUNS):
        # A browser that knows nothing yet, each time.
        page = browser.new_context(viewport=PHONE).new_page()
        here = Visit(page, base)
        here.go("/")
        page.wait_for_load_state("networkidle")
        paints.append(painted(page))
        page.get_by_role("button", name="Just play").click()
        sounds.append(here.until(PLAYING))
        page.context.close()
    print(f"home, first contentful paint: {min(paints):.2f} s")
    print(f"a second session, tap to sound: {min(sounds):.2f} s")


def painted(page: Page) -> float:
    """Return when the page was first painted, in seconds."""
    return float(page.evaluate(PAINTED)) / 1000


def made(browser: Browser, base: str) -> str:
    """Return the path of a session's page."""
    page = browser.new_page()
    wish = {"outcome": "calm", "minutes": 20, "seed": 1}
    session = page.request.post(f"{base}/api/v1/sessions", data=wish).json()["id"]
    page.close()
    return f"/sessions/{session}"


def audited(address: str, chromium: str) -> dict[str, int]:
    """Return Lighthouse's scores of an address, of 100."""
    if not (LIGHTHOUSE / "node_modules").exists():
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=LIGHTHOUSE, check=True, stdout=subprocess.DEVNULL)
    asked = [
        *("node_modules/.bin/lighthouse", address, "--output=json", "--quiet"),
        "--chrome-flags=--headless=new --no-sandbox",
        f"--only-categories={','.join(LEAST)}",
    ]
    done = subprocess.run(
        asked,
        cwd=LIGHTHOUSE,
        env={
            "CHROME_PATH": chromium,
            "PATH": str(Path(shutil.which("node") or "").parent),
        },
        check=True,
        stdout=subprocess.PIPE,
    )
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and WORDY in sys.argv:
            print(" ", audit["id"], audit["score"], audit.get("displayValue", ""))
    return {name: round(100 * report["categories"][name]["score"]) for name in LEAST}


WORDY = "--audits"
"""Asks for every audit that is less than perfect, too."""

if __name__ == "__main__":
    sys.exit(main())
