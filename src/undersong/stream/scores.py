"""Scores that were parsed lately, so that a segment need not parse its score again."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from undersong.compose.score import Score

LIMIT = 64
"""Scores held; one is about 50 kB."""


class ScoreCache:
    """The most recently used scores, by session and number of events."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._scores: OrderedDict[tuple[str, int], Score] = OrderedDict()

    def get(self, name: str, events: int, load: Callable[[], Score]) -> Score:
        """Return the score of a session with so many events, loaded when missing.

        What `load` gives may have more events by then; it is kept under its own count.
        """
        with self._lock:
            found = self._scores.get((name, events))
            if found is not None:
                self._scores.move_to_end((name, events))
                return found
        score = load()
        with self._lock:
            self._scores[name, len(score.events)] = score
            while len(self._scores) > self._limit:
                self._scores.popitem(last=False)
        return score

    def clear(self) -> None:
        """Forget every score."""
        with self._lock:
            self._scores.clear()
