"""What is usual for each marker: people's, or a person's own as clips come in.

With kappa = (within / between)^2 clips' worth of prior, the mean is shrunk to people's
and the spread narrows from between and within people to within one person: the
posterior of a normal mean with known variances.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undersong.hear.priors import PRIORS, Prior

LIMIT = 3.0
"""A distance counts for no more standard deviations than this; it nears it softly, so
that an extreme voice still differs from a more extreme one."""


HOUR_RIDGE = 4.0
HOURS_FROM = 12
"""Clips with a known hour before the time of day counts."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Usual:
    """Where a marker usually lies."""

    centre: float
    spread: float

    def z(self, value: float) -> float:
        """Return the distance from usual in standard deviations, within -3..3."""
        return float(LIMIT * np.tanh((value - self.centre) / (LIMIT * self.spread)))


def people(markers: Mapping[str, float]) -> dict[str, Usual]:
    """Return what is usual among people with a voice as high or low as this one.

    Parameters
    ----------
    markers : mapping of str to float
        Of the clip; only `f0_mean` is looked at.

    Returns
    -------
    dict of str to Usual
        Between the values for lower and higher voices, by how likely each is.
    """
    share = _share_of_higher(markers.get("f0_mean"))
    return {prior.name: _mixed(prior, share) for prior in PRIORS}


def _share_of_higher(f0_mean: float | None) -> float:
    if f0_mean is None:
        return 0.5
    prior = PRIORS[0]
    distance = [
        0.5 * ((f0_mean - centre) / prior.lower_spread) ** 2
        for centre in (prior.lower, prior.higher)
    ]
    return float(1.0 / (1.0 + np.exp(np.clip(distance[1] - distance[0], -50, 50))))


def _mixed(prior: Prior, share: float) -> Usual:
    centre = prior.lower + share * (prior.higher - prior.lower)
    spread = prior.lower_spread + share * (prior.higher_spread - prior.lower_spread)
    return Usual(centre, spread)


def hour_shift(values: Floats, weights: Floats, hours: Floats, hour: float) -> float:
    """Return how far a marker usually lies from its centre at this time of day.

    A weighted ridge regression of the distances on the cosine and sine of the hour;
    the ridge of four clips keeps a few clips from inventing a rhythm.

    Parameters
    ----------
    values : ndarray, shape (n_clips,), float64
        Less their centre.
    weights : ndarray, shape (n_clips,), float64
        0..1.
    hours : ndarray, shape (n_clips,), float64
        0..24, local time.
    hour : float
        Of the clip to be scored.
    """
    rows = _on_clock(hours)
    square = (rows * weights[:, None]).T @ rows + HOUR_RIDGE * np.eye(2)
    found = np.linalg.solve(square, rows.T @ (weights * values))
    return float(_on_clock(np.array([hour]))[0] @ found)


def _on_clock(hours: Floats) -> Floats:
    angle = 2.0 * np.pi * hours / 24.0
    return np.column_stack((np.cos(angle), np.sin(angle)))
