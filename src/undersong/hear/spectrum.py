"""Markers of the voice's spectrum, all below 4 to 5 kHz and freed of the background.

Any microphone passes this band, so the markers mean the same at every sample rate.
"""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import (
    BIN_HZ,
    FREQUENCIES_HZ,
    Floats,
    Frames,
    band_sums,
    bin_of,
)

Spectrum = NDArray[np.float64]

LEAST_LEFT = 0.1
"""Share of the power that stays however strong the background is."""

_LOW_AND_HIGH = band_sums((50.0, 1_000.0), (1_000.0, 4_000.0))

FEWEST_PAUSE_FRAMES = 20

N_BANDS = 20
BANDS_HZ = (60.0, 4_000.0)
DEPTH_DB = 25.0
"""Chosen so that 20 dB of pink noise moves tilt and flux by under 0.1 of the spread
within people, on LibriSpeech."""


def _mel_bank() -> Floats:
    """Triangles equally spaced in mel (O'Shaughnessy 1987), shape (n_bins, 20)."""
    ends = 1_127.0 * np.log1p(np.array(BANDS_HZ) / 700.0)
    edges = np.linspace(ends[0], ends[1], N_BANDS + 2)
    mel = 1_127.0 * np.log1p(FREQUENCIES_HZ[: bin_of(BANDS_HZ[1]) + 1, None] / 700.0)
    rising = (mel - edges[:-2]) / (edges[1] - edges[0])
    falling = (edges[2:] - mel) / (edges[1] - edges[0])
    return np.asarray(np.clip(np.minimum(rising, falling), 0.0, 1.0), np.float32)


MEL_BANK: Floats = _mel_bank()
_MEL_TOP = len(MEL_BANK)


def voice_spectrum(
    frames: Frames, voiced: NDArray[np.bool_], background: Spectrum
) -> Spectrum:
    """Return the mean power spectrum of voiced frames less the background's.

    Parameters
    ----------
    frames : Frames
    voiced : ndarray of bool, shape (n_frames,)
        At least one.
    background : ndarray, shape (513,), float64

    Returns
    -------
    ndarray, shape (513,), float64
        At least a tenth of what was measured, so that logarithms stay finite.
    """
    heard = _mean_power(frames, voiced)
    return np.asarray(np.maximum(heard - background, LEAST_LEFT * heard + 1e-20))


def background_spectrum(frames: Frames, pauses: NDArray[np.bool_]) -> Spectrum:
    """Return the mean power spectrum of pauses; zero with fewer than 200 ms of them."""
    if np.count_nonzero(pauses) < FEWEST_PAUSE_FRAMES:
        return np.zeros(frames.power.shape[1])
    return _mean_power(frames, pauses)


def _mean_power(frames: Frames, chosen: NDArray[np.bool_]) -> Spectrum:
    shares = chosen.astype(np.float32) / np.float32(np.count_nonzero(chosen))
    return np.asarray(shares @ frames.power, np.float64)


def band_levels_db(frames: Frames, speech: NDArray[np.bool_]) -> Floats:
    """Return levels in 20 mel bands from 60 Hz to 4 kHz, quiet ones raised.

    Parameters
    ----------
    frames : Frames
    speech : ndarray of bool, shape (n_frames,)

    Returns
    -------
    ndarray, shape (n_frames, 20), float32
        dB over the strongest band of loud speech, at least -25: what lies lower is
        often the room, and would make the markers below differ from room to room.
    """
    power = frames.power[:, :_MEL_TOP] @ MEL_BANK
    level_db = 10.0 * np.log10(np.maximum(power, 1e-12))
    heard = level_db[speech] if speech.any() else level_db
    loud = np.quantile(heard.max(axis=1), 0.95)
    return np.asarray(np.maximum(level_db - loud, -DEPTH_DB), np.float32)


def tilt_db(levels_db: Floats, voiced: NDArray[np.bool_]) -> float:
    """Return how far low bands lie over high ones, in dB.

    The first cosine coefficient of the band levels (MFCC 1), over the number of bands.
    """
    shape = np.cos(np.pi * (np.arange(N_BANDS) + 0.5) / N_BANDS)
    return float((levels_db[voiced] @ shape).mean() / N_BANDS)


def flux_db(levels_db: Floats, voiced: NDArray[np.bool_]) -> float | None:
    """Return the mean change of the band levels from one voiced frame to the next."""
    both = voiced[1:] & voiced[:-1]
    if np.count_nonzero(both) < 20:
        return None
    change = np.abs(levels_db[1:][both] - levels_db[:-1][both])
    return float(change.mean())


def alpha_ratio_db(
    frames: Frames, voiced: NDArray[np.bool_], background: Spectrum
) -> float:
    """Return the level of 1-4 kHz over that of 50-1000 Hz, mean over frames, in dB."""
    heard = (frames.power @ _LOW_AND_HIGH)[voiced]
    left = heard - (background @ _LOW_AND_HIGH).astype(np.float32)
    low, high = np.maximum(left, LEAST_LEFT * heard + 1e-12).T
    return float(np.mean(10.0 * np.log10(high / low)))


def slope_db_per_khz(spectrum: Spectrum) -> float:
    """Return the slope of a straight line through 500-1500 Hz, in dB per kHz."""
    low, high = bin_of(500.0), bin_of(1_500.0)
    level_db = 10.0 * np.log10(spectrum[low:high])
    khz = np.arange(high - low) * BIN_HZ / 1_000.0
    centred = khz - khz.mean()
    return float(centred @ level_db / (centred @ centred))
