"""How strongly each frequency counts towards loudness: the K-weighting of BS.1770."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from undersong.units import SAMPLE_RATE

# ITU-R BS.1770-5, Annex 1, tables 1 and 2, at 48 kHz: head shelf, then high-pass.
STAGES: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)


def k_weight(frequency_hz: ArrayLike) -> NDArray[np.float64]:
    """Return the power by which K-weighting multiplies a tone.

    Parameters
    ----------
    frequency_hz : float array, any shape
        From 0 to the Nyquist frequency.

    Returns
    -------
    power : float64 array, same shape
        About 1.17 at 1 kHz (0.69 dB), 2.5 above 4 kHz, falling to 0 below 60 Hz.

    Notes
    -----
    ITU-R BS.1770-5, Annex 1: the squared magnitude of the two filters in series.
    """
    s = np.sin(np.pi / SAMPLE_RATE * np.asarray(frequency_hz, np.float64)) ** 2
    power = np.ones(np.shape(s))
    for above, below in STAGES:
        power = power * (_squared(above, s) / _squared(below, s))
    return power


def _squared(row: tuple[float, ...], s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``|a + b / z + c / z**2|**2`` on the unit circle, `s` = sin(angle / 2)^2.

    Written in `s` it keeps its precision near 0 Hz, and needs no complex numbers.
    """
    a, b, c = row
    return (a + b + c) ** 2 - 4 * s * (b * (a + c) + 4 * a * c) + 16 * a * c * s**2
