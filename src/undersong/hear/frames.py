"""Short-time power spectra that every later step shares: 40 ms Hann, every 10 ms."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import fft

from undersong.hear.mono import ANALYSIS_RATE

FRAME_LENGTH = 640
"""Samples: 40 ms, three periods at 75 Hz."""

HOP_LENGTH = 160
"""Samples: 10 ms."""

FFT_LENGTH = 1_024
BIN_HZ = ANALYSIS_RATE / FFT_LENGTH
HOP_SECONDS = HOP_LENGTH / ANALYSIS_RATE

BLOCK_FRAMES = 48
"""Transformed at a time: what lies between stays in the core's cache."""

LEVEL_HZ = (100.0, 4_000.0)

SILENCE_POWER = 1e-12
"""Relative to the loudest frame; keeps logarithms finite at -120 dB."""

Floats = NDArray[np.float32]
WINDOW: Floats = np.hanning(FRAME_LENGTH + 2)[1:-1].astype(np.float32)
FREQUENCIES_HZ: Floats = (np.arange(FFT_LENGTH // 2 + 1) * BIN_HZ).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Frames:
    """A clip's frames; level 0 dB is its loudest frame."""

    samples: Floats
    """Shape (n_samples,), 16 kHz, peak 1."""
    power: Floats
    """Shape (n_frames, 513)."""
    level_db: Floats
    """Shape (n_frames,), 100 Hz to 4 kHz: without rumble, the same for any input."""

    def __len__(self) -> int:
        return len(self.level_db)


def frames_of(samples: Floats) -> Frames:
    """Return the power spectra of a clip at 16 kHz.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,), float32
        At least 640 samples, not all zero.

    Returns
    -------
    Frames
        With n_frames = (n_samples - 640) // 160 + 1.
    """
    scaled = samples / np.abs(samples).max()
    power = _power(sliding_window_view(scaled, FRAME_LENGTH)[::HOP_LENGTH])
    band = power @ band_sums(LEVEL_HZ)[:, 0]
    top = max(float(band.max()), 1e-30)
    level_db = 10.0 * np.log10(np.maximum(band / top, SILENCE_POWER))
    return Frames(scaled, power, level_db.astype(np.float32))


def _power(windows: Floats) -> Floats:
    """Power spectra, a block of frames at a time so that they stay in the cache."""
    power = np.empty((len(windows), FFT_LENGTH // 2 + 1), np.float32)
    padded = np.zeros((BLOCK_FRAMES, FFT_LENGTH), np.float32)
    for begin in range(0, len(windows), BLOCK_FRAMES):
        block = windows[begin : begin + BLOCK_FRAMES]
        np.multiply(block, WINDOW, out=padded[: len(block), :FRAME_LENGTH])
        spectrum = fft.rfft(padded[: len(block)], axis=1)
        # Real and imaginary parts in turn: one pass over memory squares both.
        squared = np.square(spectrum.view(np.float32))
        np.add(
            squared[:, ::2], squared[:, 1::2], out=power[begin : begin + BLOCK_FRAMES]
        )
    return power


def band_sums(*bands_hz: tuple[float, float]) -> Floats:
    """Return the matrix that sums power spectra over bands, shape (513, n_bands).

    A matrix product is several times quicker than sums over parts of rows.
    """
    sums = np.zeros((FFT_LENGTH // 2 + 1, len(bands_hz)), np.float32)
    for band, (low_hz, high_hz) in enumerate(bands_hz):
        sums[bin_of(low_hz) : bin_of(high_hz), band] = 1.0
    return sums


def bin_of(frequency_hz: float) -> int:
    """Return the index of the FFT bin nearest to a frequency."""
    return round(frequency_hz / BIN_HZ)
