"""Linear prediction: filters that take the vocal tract's resonances out of a voice.

Makhoul, "Linear prediction: a tutorial review", Proceedings of the IEEE 63 (1975): the
autocorrelation method, here from power spectra that are at hand, solved for many frames
at once by Levinson and Durbin's recursion.
"""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import FFT_LENGTH, Floats
from undersong.hear.mono import ANALYSIS_RATE

ORDER = 12
"""Five resonances below 8 kHz and the slope of the voice source."""

LAG_WINDOW_HZ = 40.0
"""Resonances are taken for no sharper than this (Tohkura and others 1978): harmonics
would be, in high voices."""

NOISE_FLOOR = 1e-3
"""Of the power: what is added at every frequency, so that the filters stay tame."""

_LAGS = np.arange(ORDER + 1)
_WIDENED = np.exp(-0.5 * np.square(2.0 * np.pi * LAG_WINDOW_HZ * _LAGS / ANALYSIS_RATE))
_WIDENED[0] += NOISE_FLOOR


def _cosines() -> NDArray[np.float64]:
    """Return what turns power spectra into autocorrelations, (513, 13)."""
    places = np.arange(FFT_LENGTH // 2 + 1)
    twice = np.where((places == 0) | (places == FFT_LENGTH // 2), 1.0, 2.0)
    angles = 2.0 * np.pi * np.outer(places, _LAGS) / FFT_LENGTH
    return np.asarray(twice[:, None] * np.cos(angles) * _WIDENED)


_COSINES: Floats = _cosines().astype(np.float32)


def inverse_filters(power: Floats) -> Floats:
    """Return the filter of each frame that flattens its spectrum.

    Parameters
    ----------
    power : ndarray, shape (n_frames, 513), float32

    Returns
    -------
    ndarray, shape (n_frames, 13), float32
        Taps, the first of them 1: what is left of a sample when it has been predicted
        from the twelve before.
    """
    r = np.asarray(power @ _COSINES, np.float64)
    left = r[:, 0] + 1e-20
    taps = np.zeros_like(r)
    taps[:, 0] = 1.0
    for order in range(1, ORDER + 1):
        reflection = -np.sum(taps[:, :order] * r[:, order:0:-1], axis=1) / left
        taps[:, 1 : order + 1] += (
            reflection[:, None] * taps[:, order - 1 :: -1][:, :order]
        )
        left *= 1.0 - np.square(reflection)
    return np.asarray(taps, np.float32)
