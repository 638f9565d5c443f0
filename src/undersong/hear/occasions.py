"""Clips that were recorded close together count as one occasion.

A usual is how a voice sounds from one day to another: the same words three times in
five minutes tell no more of it than once.
"""

import numpy as np
from numpy.typing import NDArray

OCCASION_DAYS = 4.0 / 24.0
"""From its first clip on, an occasion lasts four hours: morning and evening differ."""

Floats = NDArray[np.float64]


def occasions_of(days: Floats) -> NDArray[np.intp]:
    """Return the number of each clip's occasion, counted from 0.

    Parameters
    ----------
    days : ndarray, shape (n_clips,), float64
        In order of time.

    Returns
    -------
    ndarray of int, shape (n_clips,)

    Examples
    --------
    >>> occasions_of(np.array([1.0, 1.01, 1.3, 2.0, 2.1])).tolist()
    [0, 0, 1, 2, 2]
    """
    numbers = np.zeros(len(days), np.intp)
    begin = 0
    for place in range(1, len(days)):
        is_new = days[place] - days[begin] >= OCCASION_DAYS
        numbers[place] = numbers[place - 1] + is_new
        begin = place if is_new else begin
    return numbers


def mean_of_each(values: Floats, occasions: NDArray[np.intp]) -> Floats:
    """Return the mean of each occasion's values, shape (n_occasions,), float64.

    >>> mean_of_each(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 1])).tolist()
    [2.0, 5.0]
    """
    return np.asarray(np.bincount(occasions, values) / np.bincount(occasions))
