"""What is not one clear voice: tones, noises, chords, whispers, overdriven voices."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from scipy import signal

from research.spoilt import RATE, Samples, coloured

SECONDS = 12.0
NATURE = Path(__file__).parent.parent.parent / "shared" / "data" / "nature"


def _time() -> np.ndarray:
    return np.arange(int(SECONDS * RATE)) / RATE


def tones() -> Iterator[Samples]:
    """Yield sines, a buzz of many harmonics, and a tone that swells four times a s."""
    time = _time()
    for frequency_hz in (100.0, 220.0, 440.0, 1_000.0, 3_000.0):
        yield np.asarray(0.3 * np.sin(2 * np.pi * frequency_hz * time), np.float32)
    for f0_hz in (90.0, 150.0, 250.0):
        buzz = sum(np.sin(2 * np.pi * f0_hz * h * time) / h for h in range(1, 20))
        yield np.asarray(0.1 * buzz, np.float32)
    swell = 0.5 + 0.5 * np.sin(2 * np.pi * 4.0 * time)
    yield np.asarray(0.3 * swell * np.sin(2 * np.pi * 200.0 * time), np.float32)


def noises(rng: np.random.Generator) -> Iterator[Samples]:
    """Yield blue, white, pink and brown noise, and a band of noise."""
    for slope in (-1.0, 0.0, 1.0, 2.0):
        yield 0.1 * coloured(len(_time()), rng, slope)
    band = signal.butter(2, [500, 900], "band", fs=RATE, output="sos")
    found = signal.sosfilt(band, coloured(len(_time()), rng, 0.0))
    yield np.asarray(found, np.float32)


def music(rng: np.random.Generator, note_seconds: float, n_notes: int) -> Samples:
    """Return chords (or a tune, with one note) of decaying harmonics."""
    samples = np.zeros(len(_time()))
    length = int(note_seconds * RATE)
    for begin in range(0, len(samples) - length + 1, length):
        time = np.arange(length) / RATE
        envelope = np.minimum(1.0, time / 0.02) * np.exp(-1.5 * time)
        for pitch in rng.integers(48, 76, n_notes):
            f0_hz = 440.0 * 2.0 ** ((pitch - 69) / 12)
            for h in range(1, 8):
                note = np.sin(2 * np.pi * h * f0_hz * time) / h**1.3
                samples[begin : begin + length] += envelope * note
    return np.asarray(0.5 * samples / np.abs(samples).max(), np.float32)


def kinds() -> list[Path]:
    """Return the folders of field recordings; none where they are not at hand."""
    return [path for path in NATURE.glob("*") if path.is_dir()]


def nature(kind: str, most: int) -> Iterator[Samples]:
    """Yield field recordings of a kind at 16 kHz, repeated to 12 s."""
    for path in sorted((NATURE / kind).iterdir())[:most]:
        found, sample_rate = soundfile.read(path, dtype="float32", always_2d=True)
        mono = signal.resample_poly(found.mean(axis=1), RATE, sample_rate)
        yield np.resize(np.asarray(mono, np.float32), len(_time()))


def whispered(voice: Samples, rng: np.random.Generator, order: int = 18) -> Samples:
    """Return a voice with its vocal folds exchanged for noise, by linear prediction."""
    length, hop = 512, 160
    window = np.hanning(length)
    out = np.zeros(len(voice) + length)
    for begin in range(0, len(voice) - length, hop):
        frame = voice[begin : begin + length] * window
        r = np.correlate(frame, frame, "full")[length - 1 : length + order]
        r[0] = r[0] * 1.0001 + 1e-9
        lags = np.abs(np.subtract.outer(np.arange(order), np.arange(order)))
        filter_out = np.append(1.0, -np.linalg.solve(r[:-1][lags], r[1:]))
        rest = signal.lfilter(filter_out, [1.0], frame)
        noise = rng.standard_normal(length) * rest.std()
        out[begin : begin + length] += signal.lfilter([1.0], filter_out, noise) * window
    # A whisper lacks the fall of the voice source.
    found = signal.lfilter([1.0, -0.9], [1.0], out[: len(voice)])
    return np.asarray(0.5 * found / np.abs(found).max(), np.float32)


def overdriven(voice: Samples, share: float) -> Samples:
    """Return a voice with this share of its samples cut off."""
    limit = np.quantile(np.abs(voice), 1.0 - share)
    return np.asarray(np.clip(voice, -limit, limit), np.float32)


def low_passed(voice: Samples, top_hz: float) -> Samples:
    """Return a voice through an 8th-order low-pass."""
    sections = signal.butter(8, top_hz, fs=RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, voice), np.float32)
