"""Rooms for the tones: synthetic impulse responses, and strikes placed in them.

Reverberation is linear, so each struck sound is given its room once, when it is made;
nothing recursive runs over the stream.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.sound.chance import generator
from undersong.sound.noise import Spectra, spread
from undersong.units import SAMPLE_RATE, db_to_gain

Samples = NDArray[np.float32]

BAND_CENTRES_HZ = (125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0)

WIDTH = 0.8
"""How far the two sides of the tail differ, see `noise.spread`."""

SIXTY_DB = float(np.log(1_000.0))
"""An amplitude that decays by this many nepers has fallen by 60 dB."""


@dataclass(frozen=True, slots=True)
class Space:
    """One room: how long each octave rings, and how much of it is heard."""

    name: str
    rt60_seconds: tuple[float, ...]
    """Reverberation time per octave of `BAND_CENTRES_HZ`."""
    reverberant_db: float
    """Energy of the room against the direct sound."""
    early_milliseconds: float
    """When the last of the separate early reflections arrives."""
    early_taps: int = 8


# Reverberation times of the kinds of room named, longer below and shorter above 1 kHz
# as air and soft surfaces make it (Kuttruff 2016, Room Acoustics, ch. 7 and 9).
SPACES: Mapping[str, Space] = {
    row.name: row
    for row in (
        Space("room", (0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3), -12.0, 25.0),
        Space("hall", (2.4, 2.3, 2.1, 1.9, 1.5, 1.0, 0.6), -10.0, 45.0),
        Space("chapel", (3.4, 3.3, 3.0, 2.5, 1.8, 1.1, 0.6), -14.0, 60.0),
    )
}


@dataclass(frozen=True, eq=False)
class Response:
    """How a room answers; what its sounds have in common is worked out once."""

    samples: Samples
    """From `impulse_response`, shape (n, 2)."""
    _spectra: dict[int, Spectra] = field(default_factory=dict)

    def size(self, length: int) -> int:
        """Return how many samples are transformed to place a sound of some length."""
        whole = length + len(self.samples) - 1
        step = max(1 << whole.bit_length() >> 3, 1)
        return -(-whole // step) * step

    def spectra(self, size: int) -> Spectra:
        """Return the spectrum of each side, shape (2, size // 2 + 1)."""
        if size not in self._spectra:
            sides = np.ascontiguousarray(self.samples.T, np.float32)
            self._spectra[size] = np.asarray(fft.rfft(sides, size), np.complex64)
        return self._spectra[size]


def impulse_response(space: Space, seed: int) -> Samples:
    """Return a room's response to a unit impulse, the direct sound included.

    Parameters
    ----------
    space : Space
        The room.
    seed : int
        Of the taps and the noise.

    Returns
    -------
    response : float32 array, shape (n, 2)
        Direct sound 1.0 at sample 0 on both sides, then the early taps and the tail.
        It ends where the longest octave has decayed by 60 dB.

    Notes
    -----
    The tail is Gaussian noise with an exponential envelope per octave band: Moorer
    1979, Computer Music Journal 3(2):13; Polack 1988. The two sides share much of it
    below 120 Hz and little above, as in a diffuse field.
    """
    tail = _tail(space, seed)
    taps = _early(space, seed)
    # Early reflections bring about as much energy as all that follows them.
    tail /= np.sqrt(np.sum(tail**2))
    tail[: len(taps)] += taps / np.sqrt(np.sum(taps**2))
    # Summed over both sides, the direct sound has energy 2.
    tail *= db_to_gain(space.reverberant_db) * np.sqrt(2 / np.sum(tail**2))
    tail[0] = 1.0
    return np.ascontiguousarray(tail, np.float32)


def _tail(space: Space, seed: int) -> Samples:
    n = fft.next_fast_len(round(max(space.rt60_seconds) * SAMPLE_RATE), real=True)
    frequency_hz = fft.rfftfreq(n, 1 / SAMPLE_RATE)
    white = generator(seed).standard_normal((n // 2 + 1, 4), np.float32)
    pair = spread(white.view(np.complex64), frequency_hz, WIDTH)
    seconds = np.arange(n, dtype=np.float32) / SAMPLE_RATE
    tail = np.zeros((n, 2), np.float32)
    masks = np.stack(octave_masks(frequency_hz))
    rt60s = np.array(space.rt60_seconds)
    # Octaves that decay alike are made together.
    for rt60 in dict.fromkeys(space.rt60_seconds):
        mask = masks[rt60s == rt60].sum(axis=0)
        band = fft.irfft(pair * mask[:, None], n, axis=0)
        tail += band * np.exp(-SIXTY_DB / rt60 * seconds)[:, None]
    # The tail builds up while the early reflections arrive.
    rise = round(space.early_milliseconds / 1_000 * SAMPLE_RATE)
    tail[:rise] *= np.linspace(0.0, 1.0, rise, dtype=np.float32)[:, None]
    return np.asarray(tail, np.float32)


def octave_masks(frequency_hz: NDArray[np.float64]) -> list[NDArray[np.float32]]:
    """Return one weight per octave band; at every frequency from 90 Hz they add to 1.

    Raised cosines over the logarithm of frequency; the top band stays open, and below
    the lowest the room fades out, so that no rumble gathers.
    """
    octave = np.log2(np.maximum(frequency_hz, 1.0) / BAND_CENTRES_HZ[0])
    masks = []
    last = len(BAND_CENTRES_HZ) - 1
    for number in range(last + 1):
        distance = octave - number
        if number == last:
            distance = np.minimum(distance, 0.0)
        near = np.clip(np.abs(distance), 0.0, 1.0)
        masks.append((0.5 + 0.5 * np.cos(np.pi * near)).astype(np.float32))
    return masks


def _early(space: Space, seed: int) -> Samples:
    """Return a few single reflections, each at its own moment left and right."""
    n = round(space.early_milliseconds / 1_000 * SAMPLE_RATE)
    chance = generator(seed, 1)
    first = n // 6
    taps = np.zeros((n + 1, 2), np.float32)
    for side in (0, 1):
        at = first + np.sort(chance.integers(0, n - first, space.early_taps))
        sign = chance.choice([-1.0, 1.0], space.early_taps)
        # Two taps side by side pass the lows: each wall has taken some highs.
        np.add.at(taps[:, side], at, 0.6 * sign * first / at)
        np.add.at(taps[:, side], at + 1, 0.4 * sign * first / at)
    return taps


def placed(dry: Samples, response: Response) -> Samples:
    """Return a mono sound in its room.

    Parameters
    ----------
    dry : float32 array, shape (n,)
        The sound alone.
    response : Response
        Of m samples.

    Returns
    -------
    wet : float32 array, shape (n + m - 1, 2)
        The linear convolution.
    """
    whole = len(dry) + len(response.samples) - 1
    size = response.size(len(dry))
    wet = fft.irfft(fft.rfft(dry, size) * response.spectra(size), size)
    return np.ascontiguousarray(wet[:, :whole].T)
