"""How loud a table is, so that every ingredient is made equally loud."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.sound.weighting import k_weight
from undersong.units import SAMPLE_RATE


def loudness_lufs(samples: NDArray[np.float32]) -> float:
    """Return the ungated loudness of stereo samples read in a circle.

    Parameters
    ----------
    samples : float32 array, shape (n, 2)
        At 48 kHz; not silent.

    Returns
    -------
    loudness : float
        LUFS after ITU-R BS.1770-5, annex 1, without gating.
    """
    return spectrum_lufs(fft.rfft(samples, axis=0), len(samples))


def spectrum_lufs(spectra: NDArray[np.complex64], n_samples: int) -> float:
    """Return the ungated loudness (LUFS) of an `rfft`, shape (n // 2 + 1, 2)."""
    power = np.square(spectra.real) + np.square(spectra.imag)
    weighted = float(np.dot(power[:, 0] + power[:, 1], _weights(n_samples)))
    # Parseval: each bin stands for itself and its mirror image.
    return -0.691 + 10 * math.log10(2 * weighted / n_samples**2)


@lru_cache(maxsize=4)
def _weights(n_samples: int) -> NDArray[np.float32]:
    return k_weight(fft.rfftfreq(n_samples, 1 / SAMPLE_RATE)).astype(np.float32)
