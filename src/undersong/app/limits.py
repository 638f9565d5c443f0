"""How often each kind of request may come: token buckets, one a row.

The app answers one machine, so a bucket is shared by all its clients: the limits stop
a runaway script, not a person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock

from undersong.app.problems import HttpProblem
from undersong.phrases import phrase


@dataclass(frozen=True, slots=True)
class Rate:
    """One row: which requests, how many at once, how many a second for long."""

    method: str
    path: str
    """A regular expression for the whole path."""
    burst: int
    per_second: float


RATES: tuple[Rate, ...] = (
    Rate("POST", "/api/v1/readings|/speak", burst=30, per_second=1.0),
    Rate("POST", "/api/v1/sessions|/play", burst=60, per_second=4.0),
    Rate("POST|PATCH|PUT|DELETE", "/.*", burst=240, per_second=30.0),
    # Segments are not limited: a player may fetch a whole night at once.
)
"""The first row that fits counts."""


class RateLimits:
    """The buckets of one app."""

    def __init__(
        self, now: Callable[[], float], rates: tuple[Rate, ...] = RATES
    ) -> None:
        self._now = now
        self._rates = rates
        self._lock = Lock()
        self._tokens = [float(rate.burst) for rate in rates]
        self._filled_at = now()

    def check(self, method: str, path: str) -> None:
        """Take one token; HttpProblem 429 with Retry-After if there is none."""
        for place, rate in enumerate(self._rates):
            if re.fullmatch(rate.method, method) and re.fullmatch(rate.path, path):
                self._take(place, rate)
                return

    def _take(self, place: int, rate: Rate) -> None:
        with self._lock:
            self._fill()
            missing = 1 - self._tokens[place]
            if missing <= 0:
                self._tokens[place] -= 1
                return
        seconds = ceil(missing / rate.per_second)
        raise HttpProblem(
            429,
            phrase(
                "too many of these at once; try again in {seconds} s", seconds=seconds
            ),
            {"Retry-After": str(seconds)},
        )

    def _fill(self) -> None:
        # A clock that is set back must not empty the buckets.
        elapsed = max(self._now() - self._filled_at, 0.0)
        self._filled_at = self._now()
        self._tokens = [
            min(tokens + elapsed * rate.per_second, float(rate.burst))
            for tokens, rate in zip(self._tokens, self._rates, strict=True)
        ]
