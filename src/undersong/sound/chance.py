"""Chance by address: every random value is a function of a seed and a number.

Nothing is drawn in sequence, so any span can be asked for first. The values come from
a 64-bit mixing hash (SplitMix64: Steele, Lea & Flood 2014, OOPSLA, figure 15).
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

_STEP = 0x9E3779B97F4A7C15
_SEED_STEP = 0xD1342543DE82EF95
# Twice through, so that seeds and numbers that differ in one bit part fully.
_ROUNDS = 2 * ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST_SHIFT = 31
_MASK = 0xFFFFFFFFFFFFFFFF

_ARRAY_ROUNDS = tuple((np.uint64(a), np.uint64(b)) for a, b in _ROUNDS)


@lru_cache(maxsize=2**16)
def address(seed: int, *numbers: int) -> int:
    """Return a 64-bit seed for one use of a seed, such as one layer's onsets.

    Parameters
    ----------
    seed, numbers : int
        Any whole numbers; the order counts.

    Returns
    -------
    address : int
        From 0 to 2**64 - 1.
    """
    mixed = seed & _MASK
    for number in numbers:
        mixed = word(mixed, number)
    return mixed


def word(seed: int, number: int) -> int:
    """Return what `bits` returns, for one number."""
    z = (number * _STEP + seed * _SEED_STEP + 1) & _MASK
    for shift, factor in _ROUNDS:
        z = ((z ^ (z >> shift)) * factor) & _MASK
    return z ^ (z >> _LAST_SHIFT)


def bits(seed: int, numbers: ArrayLike) -> NDArray[np.uint64]:
    """Return 64 evenly distributed bits for each number.

    Parameters
    ----------
    seed : int
        Any whole number.
    numbers : int64 array, any shape
        Addresses, negative ones too.

    Returns
    -------
    bits : uint64 array, same shape
    """
    # Modular arithmetic is meant: products and sums of arrays wrap at 2**64.
    z = np.array(numbers, np.int64, ndmin=1).view(np.uint64)
    z *= np.uint64(_STEP)
    z += np.uint64((seed * _SEED_STEP + 1) & _MASK)
    shifted = np.empty_like(z)
    for shift, factor in _ARRAY_ROUNDS:
        z ^= np.right_shift(z, shift, out=shifted)
        z *= factor
    z ^= np.right_shift(z, np.uint64(_LAST_SHIFT), out=shifted)
    return z.reshape(np.shape(numbers))


def uniform(seed: int, numbers: ArrayLike) -> NDArray[np.float64]:
    """Return a value in [0, 1) for each number; parameters as in `bits`."""
    return (bits(seed, numbers) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def normal(seed: int, numbers: ArrayLike) -> NDArray[np.float64]:
    """Return a standard normal value for each number (Box & Muller 1958)."""
    radius = np.sqrt(-2.0 * np.log(1.0 - uniform(seed, numbers)))
    angle = 2.0 * np.pi * uniform(address(seed, 1), numbers)
    return np.asarray(radius * np.cos(angle))


def generator(*numbers: int) -> np.random.Generator:
    """Return a generator for making one table; the same numbers, the same table."""
    return np.random.Generator(np.random.Philox(address(*numbers)))


def smooth(seed: int, indices: NDArray[np.int64], period: int) -> NDArray[np.float64]:
    """Return noise that wanders smoothly, as a closed form of the sample index.

    Values addressed at every multiple of `period` are joined by cubic B-splines, so
    the curve has continuous curvature and never leaves the values' range.

    Parameters
    ----------
    seed : int
        Any whole number.
    indices : int64 array, shape (n,)
        Sample indices.
    period : int
        Samples between independent values, at least 1.

    Returns
    -------
    values : float64 array, shape (n,)
        From -1 to 1, mean 0, standard deviation about 0.4.
    """
    cell = indices // period
    first = int(cell.min()) - 1
    cubics = _cubics(seed, first, int(cell.max()) + 1 - first)
    a, b, c, d = cubics[:, cell - first]
    u = (indices - cell * period) / period
    return np.asarray(a + u * (b + u * (c + u * d)))


@lru_cache(maxsize=2048)
def _cubics(seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Return the polynomials of B-spline pieces, float64 (4, count)."""
    values = 2.0 * uniform(seed, np.arange(first - 1, first + count + 2)) - 1.0
    before, here, after, later = (values[k : k + count] for k in range(4))
    return np.stack(
        [
            (before + 4 * here + after) / 6,
            (after - before) / 2,
            (before - 2 * here + after) / 2,
            (later - 3 * after + 3 * here - before) / 6,
        ]
    )
