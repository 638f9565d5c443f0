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
    z = np.exp(-2j * np.pi * np.asarray(frequency_hz, np.float64) / SAMPLE_RATE)
    power = np.ones(np.shape(z))
    for above, below in STAGES:
        over = above[0] + above[1] * z + above[2] * z**2
        under = below[0] + below[1] * z + below[2] * z**2
        power = power * np.abs(over / under) ** 2
    return power
