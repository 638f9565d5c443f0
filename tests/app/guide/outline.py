"""What stands on a page, and the day on which it is asked for."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from clocks import Clock


class Outline(HTMLParser):
    """Headings, ids, links, scripts and labels of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def on(clock: Clock, day: str) -> None:
    clock.seconds = (
        datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp()
    )
