"""What codecs, gain, noise and lines change; how two clips of a person differ."""

import io
from collections.abc import Callable, Iterator

import av
import numpy as np
from research.ranges import pairs, readings
from research.songs import over_music
from research.spoilt import Samples, coloured, noisy, telephone

from benchmarks.hear.clips import RATE, book_clips
from benchmarks.hear.figure import Figure, figure
from undersong.hear.read import read
from undersong.hear.reading import SIGNAL_NAMES
from undersong.stream.recording import decode


def coded(samples: Samples, container: str, codec: str, bit_rate: int) -> Samples:
    """Encode, decode with our own decoder, and return 16 kHz or the codec's rate."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=48_000, layout="mono")
        stream.bit_rate = bit_rate
        resampler = av.AudioResampler(stream.format, "mono", 48_000)
        frame = av.AudioFrame.from_ndarray(samples[None, :], "fltp", "mono")
        frame.sample_rate = RATE
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return decode(file.getvalue()).samples


def invariance() -> Iterator[Figure]:
    rng = np.random.default_rng(2)
    ways: tuple[tuple[str, str, Callable[[Samples], tuple[Samples, int]]], ...] = (
        ("gain -20 dB", "<= .02", lambda s: (s * np.float32(0.1), RATE)),
        ("gain +20 dB", "<= .02", lambda s: (s * np.float32(10.0), RATE)),
        ("polarity", "0", lambda s: (-s, RATE)),
        ("Opus 32 kb/s", "<= .05",
         lambda s: (coded(s, "ogg", "libopus", 32_000), 48_000)),
        ("MP3 64 kb/s", "<= .05",
         lambda s: (coded(s, "mp3", "libmp3lame", 64_000), 48_000)),
        ("pink noise at 20 dB", "<= .10 or wider",
         lambda s: (noisy(s, coloured(len(s), rng, 1.0), 20.0), RATE)),
        ("music at 20 dB", "", lambda s: (over_music(s, 20.0, rng), RATE)),
        ("telephone, 300-3400 Hz", "read, wider", lambda s: (telephone(s), RATE)),
    )  # fmt: skip
    clips = [samples for _, samples in book_clips()[:24]]
    plain = [read(samples, RATE) for samples in clips]
    for name, bar, way in ways:
        moved, wider, refused = [], [], 0
        for samples, before in zip(clips, plain, strict=True):
            after = read(*way(samples))
            refused += before.ok and not after.ok
            if not (before.ok and after.ok):
                continue
            for signal in SIGNAL_NAMES:
                old, new = before.signals[signal], after.signals[signal]
                moved.append(abs(new.value - old.value))
                wider.append((new.high - new.low) / (old.high - old.low))
        largest = np.quantile(moved, 0.95)
        yield figure(f"{name}: value moves, 95 of 100", largest, bar)
        yield figure(f"{name}: value moves, most", max(moved), "")
        yield figure(f"{name}: range is wider, median", np.median(wider), "", "x")
        yield figure(f"{name}: clips refused", refused, "", f"of {len(clips)}")


def steadiness() -> Iterator[Figure]:
    speakers = readings()
    for name in SIGNAL_NAMES:
        for is_own, versus in ((False, "people"), (True, "own usual")):
            gaps, halves = pairs(speakers, name, is_own=is_own)
            share, held = 100 * np.mean(gaps < 0.15), 100 * np.mean(gaps <= halves)
            label = f"{name} against {versus}, two clips of a person"
            yield figure(f"{label}: differ by < .15", share, ">= 90", "%")
            yield figure(f"{label}: 80 % range holds the next", held, "75-88", "%")
