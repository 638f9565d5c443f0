"""Music that is no one's: chords, drums and a sung melody, made from formulas, seeded.

Real songs may not be shared, so these are built to have what songs have: four chords in
turn, a bass, a drum beat, and a voice that holds notes with vibrato and changes vowels
between consonants. The program's own instruments are rendered from scores.
"""

from collections.abc import Iterator

import numpy as np
from scipy import signal

from research.sounds import SECONDS
from research.spoilt import RATE, Samples, noisy

BEAT_SECONDS = 0.5
CHORDS = ((48, 55, 64, 67), (45, 52, 60, 64), (41, 53, 57, 60), (43, 55, 59, 62))
"""C, A minor, F, G: two beats each."""

MELODY = (64, 67, 69, 67, 72, 71, 67, 64, 65, 69, 67, 62)
VOWELS_HZ = (
    (800.0, 1_200.0, 2_600.0), (400.0, 2_000.0, 2_600.0), (300.0, 870.0, 2_240.0),
    (500.0, 1_000.0, 2_500.0),
)  # fmt: skip
"""First three formants of a, e, u and o (Peterson and Barney 1952, rounded)."""

VIBRATO_HZ, VIBRATO_SEMITONES = 5.5, 0.5


def _length(seconds: float) -> int:
    return int(seconds * RATE)


def _hz(pitch: float | np.ndarray) -> np.ndarray:
    return 440.0 * 2.0 ** ((np.asarray(pitch) - 69.0) / 12.0)


def accompaniment(decay_per_second: float, seconds: float = SECONDS) -> Samples:
    """Return the chords, two beats each, of harmonics that fade at this rate."""
    samples = np.zeros(_length(seconds))
    length = _length(2.0 * BEAT_SECONDS)
    time = np.arange(length) / RATE
    envelope = np.minimum(1.0, time / 0.02) * np.exp(-decay_per_second * time)
    for number, begin in enumerate(range(0, len(samples) - length + 1, length)):
        for pitch in CHORDS[number % len(CHORDS)]:
            for h in range(1, 9):
                note = np.sin(2.0 * np.pi * h * _hz(pitch) * time) / h**1.2
                samples[begin : begin + length] += envelope * note
    return np.asarray(samples / np.abs(samples).max(), np.float32)


def drums(rng: np.random.Generator, seconds: float = SECONDS) -> Samples:
    """Return a beat: a kick and a snare in turn, and a hi-hat twice as often."""
    samples = np.zeros(_length(seconds))
    time = np.arange(_length(0.2)) / RATE
    kick = np.sin(2.0 * np.pi * 60.0 * time) * np.exp(-20.0 * time)
    beat = _length(BEAT_SECONDS)
    for number, begin in enumerate(range(0, len(samples) - 2 * len(time), beat // 2)):
        hiss = rng.standard_normal(len(time))
        hat = 0.15 * np.diff(hiss, prepend=0.0) * np.exp(-60.0 * time)
        snare = 0.4 * hiss * np.exp(-25.0 * time)
        hit = hat if number % 2 else hat + (kick if number % 4 == 0 else snare)
        samples[begin : begin + len(time)] += hit
    return np.asarray(samples / np.abs(samples).max(), np.float32)


def sung(
    rng: np.random.Generator, note_seconds: float = 0.5, seconds: float = SECONDS
) -> Samples:
    """Return a melody sung on vowels, a consonant of noise before each note."""
    samples = np.zeros(_length(seconds))
    length = _length(note_seconds)
    time = np.arange(length) / RATE
    for number, begin in enumerate(range(0, len(samples) - length + 1, length)):
        pitch = MELODY[number % len(MELODY)] - 12 * (number // len(MELODY) % 2)
        wave = VIBRATO_SEMITONES * np.sin(2.0 * np.pi * VIBRATO_HZ * time)
        phase = 2.0 * np.pi * np.cumsum(_hz(pitch + wave)) / RATE
        source = sum(np.cos(h * phase) / h for h in range(1, 25))
        note = np.asarray(source) + 0.02 * rng.standard_normal(length)
        for centre_hz in VOWELS_HZ[int(rng.integers(len(VOWELS_HZ)))]:
            radius = np.exp(-np.pi * 90.0 / RATE)
            angle = 2.0 * np.pi * centre_hz / RATE
            poles = [1.0, -2.0 * radius * np.cos(angle), radius**2]
            note = np.asarray(signal.lfilter([1.0], poles, note))
        note /= np.abs(note).max()
        note *= np.minimum(1.0, time / 0.06) * np.minimum(1.0, time[::-1] / 0.05)
        burst = 0.15 * rng.standard_normal(_length(0.05))
        note[: len(burst)] = note[: len(burst)] * 0.2 + burst
        samples[begin : begin + length] += note
    return np.asarray(samples, np.float32)


def songs(rng: np.random.Generator) -> Iterator[tuple[str, Samples]]:
    """Yield music by name: chords alone, with drums, with a voice, with both."""
    for kind, decay in (("organ", 0.0), ("piano", 2.5), ("plucked", 6.0)):
        chords = accompaniment(decay)
        yield f"{kind} chords", chords
        yield f"{kind} chords and drums", chords + 0.7 * drums(rng)
        yield f"{kind} chords and a sung voice", 0.6 * chords + sung(rng)
        yield (
            f"{kind} chords, drums and a sung voice",
            0.6 * chords + 0.5 * drums(rng) + sung(rng),
        )
    yield "drums", drums(rng)


def over_music(voice: Samples, ratio_db: float, rng: np.random.Generator) -> Samples:
    """Return a voice this far over a song with drums."""
    song = accompaniment(2.5, 20.0) + 0.7 * drums(rng, 20.0)
    return noisy(voice, song, ratio_db)
