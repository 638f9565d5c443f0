"""Counts for /metrics: how often, never who, what or when."""

from collections import Counter
from threading import Lock

METRICS: tuple[tuple[str, str, str], ...] = (
    ("undersong_requests_total", "status", "Responses by class of status."),
    ("undersong_readings_total", "result", "Recordings by result of the read."),
    ("undersong_sessions_total", "outcome", "Sessions made, by outcome."),
    ("undersong_events_total", "kind", "Events while playing, by kind."),
    ("undersong_segments_total", "codec", "Segments sent."),
    ("undersong_streams_total", "format", "Continuous responses begun."),
)
"""Name, label and help of each counter, in the order they are shown."""


class Counts:
    """Counters since the app was made; safe to raise from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[str, Counter[str]] = {row[0]: Counter() for row in METRICS}

    def add(self, name: str, label: str) -> None:
        """Raise one counter by one; KeyError if the table has no such name."""
        with self._lock:
            self._values[name][label] += 1

    def to_text(self) -> str:
        """Return the counters in the Prometheus text format."""
        lines: list[str] = []
        with self._lock:
            for name, label, help_text in METRICS:
                lines += [f"# HELP {name} {help_text}", f"# TYPE {name} counter"]
                lines += [
                    f'{name}{{{label}="{key}"}} {count}'
                    for key, count in sorted(self._values[name].items())
                ]
        return "\n".join(lines) + "\n"
