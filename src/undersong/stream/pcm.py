"""Float samples to 16-bit and back to what a decoder gives."""

import numpy as np
from numpy.typing import NDArray

STEPS = 32_768
"""16-bit steps from 0 to full scale."""


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return the nearest 16-bit samples, without dither.

    Parameters
    ----------
    samples : float32 array, shape (n_samples, n_channels)
        Nominal -1..1; what lies beyond is held at the ends.

    Returns
    -------
    samples : int16 array, same shape
        Within half a step of the input; the same input gives the same output on any
        node, which dither with a random source would not.
    """
    steps = np.rint(samples * np.float32(STEPS))
    held: NDArray[np.float32] = np.clip(steps, -STEPS, STEPS - 1)
    return held.astype(np.int16)
