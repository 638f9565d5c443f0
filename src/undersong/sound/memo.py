"""Results of pure work, kept so that the next span need not do it again.

A listener asks for two seconds at a time, and curves are worked out much sooner for
a minute at once than thirty times for two seconds.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from undersong.sound.reads import heard_from

T = TypeVar("T")
Of = TypeVar("Of")

STRETCH = 512
"""Grid points for which curves are worked out and reads gathered at a time, 87 s."""

EACH = 3
"""Stretches kept of each curve, the last ones: as many as a minute may touch."""

MOST_OWNERS = 256
"""Things that have something kept of them, the last used ones: more than there are
listeners at a time."""


class Memo:
    """What was worked out for stretches of time.

    Threads may share it; work may then be done twice, never wrongly.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[int, Any], ...]] = {}

    def get(self, name: Hashable, number: int, work: Callable[[], T]) -> T:
        """Return what `work` returned for a stretch, or do it.

        Parameters
        ----------
        name : hashable
            What is worked out; there are few names.
        number : int
            Of the stretch.
        work : function without arguments
            Pure; always the same for one name and number. Nobody may change what it
            returns.
        """
        kept = self._kept.get(name, ())
        for known, found in kept:
            if known == number:
                result: T = found
                return result
        made = work()
        self._kept[name] = (*kept, (number, made))[-EACH:]
        return made


def on_grid(
    memo: Memo,
    name: Hashable,
    curve: Callable[[NDArray[np.int64]], NDArray[np.float64]],
    first: int,
    last: int,
) -> NDArray[np.float64]:
    """Return a curve at grid points, worked out for whole stretches and kept.

    Parameters
    ----------
    memo : Memo
    name : hashable
        Which curve of this memo it is.
    curve : function of sample indices, int64 (n,), to values, float64 (..., n)
        Called with what each point may know of, see `heard_from`.
    first, last : int
        Numbers of the first grid point and of the one after the last.

    Returns
    -------
    values : float64 array, shape (..., last - first)
    """
    numbers = range(first // STRETCH, (last - 1) // STRETCH + 1)

    def stretch(number: int) -> NDArray[np.float64]:
        points = np.arange(number * STRETCH, (number + 1) * STRETCH)
        return memo.get(name, number, lambda: curve(heard_from(points)))

    values = np.concatenate([stretch(number) for number in numbers], axis=-1)
    begin = numbers[0] * STRETCH
    return values[..., first - begin : last - begin]


class _Same(Generic[Of]):
    """A value that equals only itself: to compare whole scores would take too long."""

    def __init__(self, value: Of) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def by_identity(work: Callable[[Of], T]) -> Callable[[Of], T]:
    """Keep what a pure function returns for each of the last values given to it."""

    @lru_cache(maxsize=MOST_OWNERS)
    def kept(same: _Same[Of]) -> T:
        return work(same.value)

    return lambda value: kept(_Same(value))
