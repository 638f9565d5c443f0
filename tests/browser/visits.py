"""A visit to a running server with a browser, and the two sizes of screen."""

import time

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


class Visit:
    """A page over a server; what the browser complained about is remembered."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        text = getattr(message, "text", "")
        if getattr(message, "type", "") == "error" and "Failed to load" not in text:
            self.complaints.append(text)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def go_and_keep(self, path: str) -> None:
        """Open a page and wait until it can be opened without the server."""
        self.go(path)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def until(self, script: str, *, seconds: float = 20.0) -> float:
        """Wait until a script is true and return how long that took."""
        # The page's own policy forbids the evaluation that wait_for_function uses.
        begun = time.monotonic()
        while not self.page.evaluate(script):
            assert time.monotonic() - begun < seconds, f"still not: {script}"
            self.page.wait_for_timeout(20)
        return time.monotonic() - begun

    @property
    def position(self) -> float:
        """Seconds heard so far."""
        return float(self.page.evaluate("document.getElementById('sound').currentTime"))
