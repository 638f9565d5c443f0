"""Places for the single sounds of nature: a wood, open land, a cave."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from undersong.sound.space import Response, Space, impulse_response, placed

# Woods scatter sound between trunks: about a second, little below 500 Hz (Wiens et
# al. 2008, J. Acoust. Soc. Am. 124:1784). Caves ring long and dark.
WOOD = Space("wood", (0.3, 0.4, 0.7, 0.9, 0.9, 0.7, 0.4), -9.0, 60.0)
FAR_WOOD = Space("far wood", (0.5, 0.8, 1.4, 1.7, 1.4, 0.8, 0.3), 3.0, 110.0)
CAVE = Space("cave", (1.6, 1.9, 2.0, 1.9, 1.6, 1.1, 0.6), -2.0, 70.0)
WIDE_CAVE = Space("wide cave", (3.6, 4.2, 4.2, 3.8, 3.0, 1.8, 0.9), 1.0, 120.0)

Samples = NDArray[np.float32]

TAIL_FADE = 2400
"""Samples over which a cut tail is brought to zero."""


@lru_cache(maxsize=4)
def response(space: Space, seed: int) -> Response:
    """Return how a place answers."""
    return Response(impulse_response(space, seed))


def set_in(space: Space, dry: Samples, seed: int, pan: float, length: int) -> Samples:
    """Return a mono sound at some place to the left or right.

    Parameters
    ----------
    space : Space
    dry : float32 array, shape (n,)
    seed : int
        Which place of the space.
    pan : float
        -1 left to 1 right; even then a third of it is heard on the other side.
    length : int
        Samples to keep; the end fades out.

    Returns
    -------
    wet : float32 array, shape (length, 2)
    """
    wet = placed(dry.astype(np.float32), response(space, seed))[:length]
    out = np.zeros((length, 2), np.float32)
    out[: len(wet)] = wet * sides(pan)
    out[-TAIL_FADE:] *= np.linspace(1, 0, TAIL_FADE, dtype=np.float32)[:, None]
    return out


def sides(pan: float) -> Samples:
    """Return the gains left and right, float32 (2,), of a pan as for `set_in`."""
    angle = 0.25 * np.pi * (1 + 0.6 * pan)
    return np.asarray(np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)]), np.float32)


def evened(table: Samples) -> Samples:
    """Return sounds of shape (k, n, 2) scaled so that each has the same energy, 50.

    About -24 LUFS for a sound of a tenth of a second in the middle of hearing.
    """
    energy = np.array([np.vdot(sound, sound) for sound in table])
    return np.asarray(table * np.sqrt(50 / energy)[:, None, None], np.float32)
