"""How the blocks sound beside each other: their energy by octave band, measured.

From these and the shares of a mix follows roughly how the mix sounds, without
rendering it: enough to tell whether a session would sound like an earlier one.
`python -m benchmarks.novelty` compares the estimate with rendered sound.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCKS

Floats = NDArray[np.float64]


BAND_DB: Mapping[str, tuple[int, ...]] = {
    "rain": (-23, -15, -11, -9, -6, -6, -6, -14),
    "ocean": (-26, -14, -7, -5, -7, -9, -12, -19),
    "stream": (-35, -30, -17, -6, -3, -7, -12, -20),
    "cave_drops": (-33, -27, -25, -13, 0, -25, -41, -51),
    "wind": (-7, -3, -6, -13, -18, -25, -33, -41),
    "thunder": (-5, -5, -7, -8, -14, -23, -35, -47),
    "room_tone": (-3, -6, -10, -13, -17, -21, -24, -27),
    "hearth": (-8, -6, -8, -10, -9, -10, -13, -20),
    "birds": (-60, -60, -60, -60, -11, -2, -5, -34),
    "crickets": (-35, -34, -34, -34, -34, -26, 0, -24),
    "owl": (-60, -60, -60, 0, -22, -29, -60, -60),
    "brown_noise": (-4, -5, -8, -11, -14, -17, -20, -23),
    "pink_noise": (-10, -9, -9, -9, -9, -9, -9, -9),
    "green_noise": (-20, -10, -4, -4, -9, -19, -30, -34),
    "fan": (-10, -7, -6, -7, -9, -11, -14, -16),
    "warm_pad": (-7, -5, -4, -12, -20, -31, -47, -60),
    "glass_pad": (-60, -8, -4, -4, -14, -20, -35, -50),
    "drone": (-3, -5, -11, -19, -31, -47, -60, -60),
    "choir": (-9, -5, -4, -8, -15, -28, -43, -56),
    "strings": (-9, -6, -3, -11, -20, -26, -41, -56),
    "felt_piano": (-33, -21, -2, -5, -12, -35, -60, -60),
    "kalimba": (-46, -35, -5, -3, -10, -31, -36, -52),
    "harp": (-51, -22, -3, -4, -9, -25, -45, -60),
    "bowl": (-60, 0, -12, -16, -26, -40, -60, -60),
    "marimba": (-41, -4, -3, -28, -30, -47, -60, -60),
    "pulse": (0, -14, -31, -60, -60, -60, -60, -60),
    "modulation": (-2, -5, -17, -19, -23, -32, -48, -60),
    "breath": (-19, -7, -3, -7, -10, -18, -35, -60),
}
"""Each block's energy by octave at its default settings, dB of its whole energy."""

UNMEASURED_DB = (-9,) * 8
"""A block that is not in the table counts as even."""

QUIETEST_DB = -40.0
"""Bands so far below the loudest are masked; they count as equally silent."""

DB_A_UNIT = 10.0


def spectra_of(shares: Sequence[Mapping[str, float]]) -> Floats:
    """Return the estimated level of each octave band of several mixes.

    Parameters
    ----------
    shares : sequence of mapping
        For each mix, block name to its share by amplitude.

    Returns
    -------
    levels_db : float64 array, shape (n_mixes, n_bands)
        Relative to the loudest band, `QUIETEST_DB` to 0.
    """
    energies = {
        block.name: 10.0 ** (np.array(BAND_DB.get(block.name, UNMEASURED_DB)) / 10.0)
        for block in BLOCKS
    }
    silent = np.zeros(len(UNMEASURED_DB))
    mixes = np.stack(
        [
            sum((share**2 * energies[n] for n, share in mix.items()), start=silent)
            for mix in shares
        ]
    )
    loudest = mixes.max(axis=1, keepdims=True)
    least = 10.0 ** (QUIETEST_DB / 10.0)
    levels: Floats = 10.0 * np.log10(np.maximum(mixes / loudest, least))
    return levels


def sound_distances(
    left: Sequence[Mapping[str, float]], right: Sequence[Mapping[str, float]]
) -> Floats:
    """Return how differently mixes would sound, in units of 10 dB a band.

    Parameters
    ----------
    left, right : sequence of mapping
        For each mix, block name to its share by amplitude.

    Returns
    -------
    distances : float64 array, shape (n_left, n_right)
        Mean difference of the octave bands' levels.
    """
    a, b = spectra_of(left), spectra_of(right)
    apart: Floats = np.abs(a[:, None] - b[None]).mean(axis=2) / DB_A_UNIT
    return apart
