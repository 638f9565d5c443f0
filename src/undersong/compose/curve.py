"""Curves over time: a few knots, a closed form between them.

A curve is part of the `Score`. It is a pure function of the sample index, so any
span can be asked for first. Before the first knot it holds the first value, after the
last knot the last value.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, RootModel, model_validator

LAST_INDEX = 2**53
"""The last whole number that a float64 counts to."""

Knot = tuple[Annotated[int, Field(ge=0, le=LAST_INDEX)], float]


class Curve(RootModel[Annotated[tuple[Knot, ...], Field(min_length=1)]]):
    """Knots ``(sample index, value)`` joined by a monotone cubic.

    Source: Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17:238, with Brodlie's
    harmonic-mean slopes: the curve never overshoots its knots.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _indices_rise(self) -> "Curve":
        indices = [index for index, _ in self.root]
        if any(a >= b for a, b in pairwise(indices)):
            raise ValueError("a curve's knots need rising sample indices")
        if not np.all(np.isfinite([value for _, value in self.root])):
            raise ValueError("a curve's values must be finite numbers")
        return self

    @classmethod
    def constant(cls, value: float) -> "Curve":
        """Return the curve that is `value` for all time."""
        return cls(((0, float(value)),))

    @classmethod
    def through(cls, *knots: Knot) -> "Curve":
        """Return the curve through the given ``(sample index, value)`` knots."""
        return cls(tuple((int(index), float(value)) for index, value in knots))

    @property
    def knots(self) -> tuple[Knot, ...]:
        """The knots in order."""
        return self.root

    @property
    def is_constant(self) -> bool:
        """Whether the curve has one value for all time."""
        return len({value for _, value in self.root}) == 1

    def at(self, indices: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the curve's values.

        Parameters
        ----------
        indices : int64 array, any shape
            Sample indices from the start of the session.

        Returns
        -------
        values : float64 array, same shape
            Within the range of the knots' values.
        """
        x, y, slope = _coefficients(self.root)
        if len(x) == 1:
            return np.full(np.shape(indices), y[0])
        t = np.clip(np.asarray(indices, np.float64), x[0], x[-1])
        left = np.clip(np.searchsorted(x, t, side="right") - 1, 0, len(x) - 2)
        width = x[left + 1] - x[left]
        s = (t - x[left]) / width
        # The four cubic Hermite basis functions.
        values: NDArray[np.float64] = (
            (1 + 2 * s) * (1 - s) ** 2 * y[left]
            + s * (1 - s) ** 2 * width * slope[left]
            + s**2 * (3 - 2 * s) * y[left + 1]
            + s**2 * (s - 1) * width * slope[left + 1]
        )
        return values

    def value(self, index: int) -> float:
        """Return the curve's value at one sample index."""
        return _value(self, int(index))


@lru_cache(maxsize=8192)
def _value(curve: Curve, index: int) -> float:
    return float(curve.at(np.array([index], np.int64))[0])


Floats = NDArray[np.float64]


@lru_cache(maxsize=4096)
def _coefficients(knots: tuple[Knot, ...]) -> tuple[Floats, Floats, Floats]:
    """Return knot positions, values and slopes, each float64 of shape (n_knots,)."""
    x = np.array([index for index, _ in knots], np.float64)
    y = np.array([value for _, value in knots], np.float64)
    slope = np.zeros_like(y)
    if len(x) > 2:
        secant = np.diff(y) / np.diff(x)
        product = secant[:-1] * secant[1:]
        same_way = product > 0
        total = np.where(same_way, secant[:-1] + secant[1:], 1.0)
        slope[1:-1] = np.where(same_way, 2 * product / total, 0.0)
    return x, y, slope
