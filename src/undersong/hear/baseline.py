"""What is usual for one person: earlier clips' markers, never audio.

Time comes in as days since any fixed day; a clip is scored before it is added. Clips
within a few hours count together, as one occasion.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from undersong.hear.markers import MARKER
from undersong.hear.occasions import mean_of_each, occasions_of
from undersong.hear.priors import PRIOR
from undersong.hear.reading import Reading
from undersong.hear.usual import HOURS_FROM, Usual, hour_shift, people
from undersong.values import Value

MOST_CLIPS = 120
"""Older clips than these weigh next to nothing and are let go."""

HALF_LIFE_DAYS = 30.0
USUAL_FROM = 2
"""Occasions from which on there is a usual: one may have been an odd one."""

ROBUST_FROM = 8
"""Occasions from which on the median and its deviation are used."""

LEAST_SPREAD = 0.6
"""Of the spread within people: a few alike clips must not make it tiny."""

LEAST_BETWEEN = 0.5
"""People differ at least by this share of the spread within one of them."""

MAD_TO_SD = 1.4826
"""Of a normal distribution."""


class BaselineClip(Value):
    """One earlier clip: when, on what, and its markers."""

    day: float
    hour: float | None = Field(default=None, ge=0, le=24)
    device: str
    markers: Mapping[str, float]


class Baseline(Value):
    """A person's earlier clips, as marker values only."""

    version: int = 1
    clips: tuple[BaselineClip, ...] = ()

    def with_reading(
        self, reading: Reading, *, day: float, hour: float | None, device: str
    ) -> "Baseline":
        """Return the baseline with one more clip; a refused one changes nothing.

        Parameters
        ----------
        reading : Reading
            Scored against the baseline as it was before.
        day : float
            Days since any fixed day, such as 1970-01-01.
        hour : float or None
            Local time of day, 0..24.
        device : str
            Any name of the microphone, the same for the same one.
        """
        if not reading.ok:
            return self
        clip = BaselineClip(
            day=day, hour=hour, device=device, markers=dict(reading.markers)
        )
        clips = sorted((*self.clips, clip), key=lambda each: each.day)
        return self.model_copy(update={"clips": tuple(clips[-MOST_CLIPS:])})

    def without(self, device: str) -> "Baseline":
        """Return the baseline without the clips of one device."""
        kept = tuple(clip for clip in self.clips if clip.device != device)
        return self.model_copy(update={"clips": kept})

    def count(self, device: str | None = None) -> int:
        """Return how many clips there are, of one device or of all."""
        return sum(device in (None, clip.device) for clip in self.clips)

    def occasions(self) -> int:
        """Return on how many separate occasions the clips were recorded.

        Fewer than two make no usual yet: they count as none.
        """
        if not self.clips:
            return 0
        found = int(occasions_of(_days(self.clips))[-1]) + 1
        return found if found >= USUAL_FROM else 0

    def to_json(self) -> str:
        """Return the baseline as JSON text; `from_json` gives back an equal one."""
        return self.model_dump_json(indent=2)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Baseline":
        """Return the baseline that `to_json` wrote.

        Raises
        ------
        pydantic.ValidationError
            If the text is not a baseline.
        """
        return cls.model_validate_json(text)

    def usual(
        self,
        markers: Mapping[str, float],
        device: str | None = None,
        hour: float | None = None,
    ) -> dict[str, Usual]:
        """Return what is usual for each marker, shrunk to what is among people.

        Parameters
        ----------
        markers : mapping of str to float
            Of the clip that is to be scored.
        device : str or None
            The microphone; None is that of the latest clip. Markers that another
            microphone would change are taken from clips of the same one only.
        hour : float or None
            Local time of day of the clip, 0..24; counts from twelve earlier occasions
            on.
        """
        if self.occasions() == 0:
            return people(markers)
        device = self.clips[-1].device if device is None else device
        pitches = [c.markers["f0_mean"] for c in self.clips if "f0_mean" in c.markers]
        among = people({"f0_mean": float(np.median(pitches))} if pitches else markers)
        return {
            name: self._one(
                name, among[name], None if row.carries_over else device, hour
            )
            for name, row in MARKER.items()
        }

    def _one(
        self, name: str, among: Usual, device: str | None, hour: float | None
    ) -> Usual:
        clips = tuple(
            clip
            for clip in self.clips
            if name in clip.markers and device in (None, clip.device)
        )
        if not clips:
            return among
        values, weights = self._by_occasion(name, clips)
        found = _shrunk(among, PRIOR[name].within, values, weights)
        timed = tuple(clip for clip in clips if clip.hour is not None)
        if hour is None or not timed:
            return found
        values, weights = self._by_occasion(name, timed)
        if len(values) < HOURS_FROM:
            return found
        # An occasion is short: its first clip's hour stands for it.
        _, firsts = np.unique(occasions_of(_days(timed)), return_index=True)
        hours = np.array([timed[first].hour for first in firsts], np.float64)
        shift = hour_shift(values - found.centre, weights, hours, hour)
        return Usual(found.centre + shift, found.spread)

    def _by_occasion(
        self, name: str, clips: tuple[BaselineClip, ...]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values and weights by age of a marker, one for each occasion."""
        days = _days(clips)
        occasions = occasions_of(days)
        values = np.array([clip.markers[name] for clip in clips], np.float64)
        ages = self.clips[-1].day - mean_of_each(days, occasions)
        return mean_of_each(values, occasions), 0.5 ** (ages / HALF_LIFE_DAYS)


def _days(clips: tuple[BaselineClip, ...]) -> NDArray[np.float64]:
    return np.array([clip.day for clip in clips], np.float64)


def _shrunk(
    among: Usual,
    within: float,
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Usual:
    between = max(among.spread**2 - within**2, (LEAST_BETWEEN * within) ** 2)
    kappa = within**2 / between
    amount = float(weights.sum())
    own, spread = float(values @ weights / amount), within
    if len(values) >= ROBUST_FROM:
        own = weighted_median(values, weights)
        deviation = weighted_median(np.abs(values - own), weights)
        spread = max(MAD_TO_SD * deviation, LEAST_SPREAD * within)
    centre = (kappa * among.centre + amount * own) / (kappa + amount)
    return Usual(centre, spread * float(np.sqrt(1.0 + 1.0 / (kappa + amount))))


def weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the value at half the weight; values and weights of shape (n,), n > 0.

    >>> weighted_median(np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 1.0]))
    2.0
    """
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, 0.5 * total[-1])])
