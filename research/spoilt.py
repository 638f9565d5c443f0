"""Ways to spoil a clean clip, seeded: noise, room, telephone, gain control, mixing."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 16_000
Samples = NDArray[np.float32]


def coloured(n_samples: int, rng: np.random.Generator, slope: float) -> Samples:
    """Return noise of unit power whose spectrum falls by `slope` * 3 dB an octave."""
    spectrum = np.fft.rfft(rng.standard_normal(n_samples))
    frequency = np.maximum(np.fft.rfftfreq(n_samples, 1 / RATE), 20.0)
    found = np.fft.irfft(spectrum * frequency ** (-slope / 2.0), n_samples)
    return np.asarray(found / found.std(), np.float32)


def noisy(voice: Samples, noise: Samples, snr_db: float) -> Samples:
    """Return a voice with noise at a level under the clip's own."""
    noise = np.resize(noise, len(voice))
    gain = voice.std() / noise.std() * 10.0 ** (-snr_db / 20.0)
    return np.asarray(voice + gain * noise, np.float32)


def in_room(voice: Samples, rng: np.random.Generator, seconds: float = 0.3) -> Samples:
    """Return a voice in a room with this reverberation time, direct sound +6 dB."""
    time = np.arange(int(seconds * RATE)) / RATE
    tail = rng.standard_normal(len(time)) * 10.0 ** (-3.0 * time / seconds)
    tail *= 10.0 ** (-6.0 / 20.0) / np.sqrt(np.sum(tail**2))
    tail[0] += 1.0
    return np.asarray(signal.fftconvolve(voice, tail)[: len(voice)], np.float32)


def telephone(
    voice: Samples, low_hz: float = 300.0, high_hz: float = 3400.0
) -> Samples:
    """Return a voice through a band."""
    sections = signal.butter(8, [low_hz, high_hz], "band", fs=RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, voice), np.float32)


def levelled(voice: Samples, strength: float = 0.5, seconds: float = 0.3) -> Samples:
    """Return a voice through an automatic gain control with this time constant."""
    keep = np.exp(-1.0 / (seconds * RATE))
    power = signal.lfilter([1.0 - keep], [1.0, -keep], voice.astype(np.float64) ** 2)
    rms = np.sqrt(np.asarray(power) + 1e-9)
    found = voice * (rms / rms.max() + 0.03) ** -strength
    return np.asarray(0.5 * found / np.abs(found).max(), np.float32)


def gated(voice: Samples, rng: np.random.Generator) -> Samples:
    """Return a voice through a noise gate 22 to 32 dB below its loud parts."""
    blocks = voice[: len(voice) // 320 * 320].reshape(-1, 320)
    level = np.sqrt(np.mean(blocks.astype(np.float64) ** 2, axis=1))
    least = np.quantile(level, 0.9) * 10.0 ** (-rng.uniform(22.0, 32.0) / 20.0)
    # A gate stays open for a while: 60 ms.
    is_open = np.convolve(level > least, np.ones(4))[: len(level)] > 0.5
    opening = np.convolve(np.repeat(is_open, 320), np.ones(160) / 160.0, "same")
    return np.asarray(blocks.reshape(-1) * opening, np.float32)


def without_pauses(voice: Samples) -> Samples:
    """Return a voice with what is 25 dB below its loud parts cut out."""
    blocks = voice[: len(voice) // 320 * 320].reshape(-1, 320)
    level = np.sqrt(np.mean(blocks.astype(np.float64) ** 2, axis=1))
    kept = level > np.quantile(level, 0.9) * 10.0 ** (-25.0 / 20.0)
    return np.ascontiguousarray(blocks[kept]).reshape(-1)


def together(one: Samples, other: Samples, level_db: float = 0.0) -> Samples:
    """Return two voices at once, the second at this level."""
    length = min(len(one), len(other))
    one, other = one[:length], other[:length]
    gain = 10.0 ** (level_db / 20.0)
    mixed = one / one.std() + gain * other / other.std()
    return np.asarray(0.3 * mixed / np.abs(mixed).max(), np.float32)


SINGLE: dict[str, Callable[[Samples, np.random.Generator], Samples]] = {
    "clean": lambda voice, _: voice,
    "pink 12 dB": lambda voice, rng: noisy(voice, coloured(len(voice), rng, 1), 12),
    "white 15 dB": lambda voice, rng: noisy(voice, coloured(len(voice), rng, 0), 15),
    "brown 10 dB": lambda voice, rng: noisy(voice, coloured(len(voice), rng, 2), 10),
    "room": in_room,
    "larger room": lambda voice, rng: in_room(voice, rng, 0.5),
    "hall": lambda voice, rng: in_room(voice, rng, 0.8),
    "noise gate": gated,
    "room, noise gate": lambda voice, rng: gated(in_room(voice, rng, 0.5), rng),
    "pink 20 dB, noise gate": lambda voice, rng: gated(
        noisy(voice, coloured(len(voice), rng, 1), 20), rng
    ),
    "telephone": lambda voice, _: telephone(voice),
    "gain control": lambda voice, _: levelled(voice),
    "no pauses": lambda voice, _: without_pauses(voice),
}
"""What one voice may go through and still be one voice."""
