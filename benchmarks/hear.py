"""How well and how quickly voices are read: `python -m benchmarks.hear`.

Every bar of the voice read with its measured value, from the shared recordings. Praat
(parselmouth) is a reference here and never a part of the program. Takes about three
minutes.
"""

import os

# Before NumPy is loaded: its linear algebra would use every core.
os.environ["OMP_NUM_THREADS"] = "1"

import io
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypedDict

import av
import numpy as np
import parselmouth
from parselmouth.praat import call
from research import sounds
from research.activity import area
from research.corpus import Take, takes
from research.ranges import pairs, readings
from research.spoilt import Samples, coloured, noisy, telephone, together
from research.vowels import vowel, with_hnr

from undersong.hear.baseline import Baseline, BaselineClip
from undersong.hear.clip import clip_of
from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, frames_of
from undersong.hear.markers import markers_of
from undersong.hear.pitch import pitch_of
from undersong.hear.read import read, signals_of
from undersong.hear.reading import SIGNAL_NAMES, Quality, Reading
from undersong.stream.recording import decode

RATE = 16_000
N_PRAAT = 60
N_CLIPS = 40


class Figure(TypedDict):
    """One bar and what was measured."""

    name: str
    value: float
    unit: str
    bar: str


def figure(name: str, value: float, bar: str, unit: str = "") -> Figure:
    return Figure(name=name, value=float(value), unit=unit, bar=bar)


@cache
def book_clips() -> list[tuple[Take, Samples]]:
    """One LibriSpeech clip of 8 s or more of each speaker, in an order by chance."""
    found: dict[str, tuple[Take, Samples]] = {}
    for take in takes("librispeech_mini"):
        samples = take.samples(20.0)
        if len(samples) >= 8 * RATE and take.speaker not in found:
            found[take.speaker] = (take, samples)
    order = np.random.default_rng(0).permutation(len(found))
    listed = list(found.values())
    return [listed[place] for place in order]


def praat_f0(samples: Samples, n_frames: int) -> np.ndarray:
    track = parselmouth.Sound(samples.astype(np.float64), RATE).to_pitch_ac(
        time_step=0.01, pitch_floor=65, pitch_ceiling=500
    )
    times = (np.arange(n_frames) * HOP_LENGTH + FRAME_LENGTH / 2) / RATE
    return np.nan_to_num([track.get_value_at_time(each) for each in times])


def f0_against_praat() -> Iterator[Figure]:
    rng = np.random.default_rng(1)
    for kind, bar in (("clean", "<= 0.3"), ("pink noise at 10 dB", "<= 1")):
        ours, theirs, gross = [], [], []
        for _, samples in book_clips()[:N_PRAAT]:
            heard = samples
            if kind != "clean":
                heard = noisy(samples, coloured(len(samples), rng, 1.0), 10.0)
            f0_hz = pitch_of(frames_of(heard)).f0_hz
            reference = praat_f0(samples, len(f0_hz))
            both = (f0_hz > 0) & (reference > 0)
            gross.append(100 * np.mean(np.abs(f0_hz[both] / reference[both] - 1) > 0.2))
            ours.append(np.median(f0_hz[f0_hz > 0]))
            theirs.append(np.median(reference[reference > 0]))
        r = np.corrcoef(ours, theirs)[0, 1]
        yield figure(f"F0, {kind}, against Praat on clean: r", r, ">= .99")
        yield figure(f"F0, {kind}: gross error, median", np.median(gross), bar, "%")


def markers_against_praat() -> Iterator[Figure]:
    ours, theirs = defaultdict(list), defaultdict(list)
    for _, samples in book_clips()[:N_PRAAT]:
        clip = clip_of(samples)
        for name, value in markers_of(clip).items():
            ours[name].append(value)
        for name, value in praat_markers(samples, clip.pitch.voiced).items():
            theirs[name].append(value)
    for name, least in (
        ("jitter", ".9"), ("cpp", ".95"), ("hnr", ".8"), ("alpha_ratio", ".9"),
    ):  # fmt: skip
        r = np.corrcoef(ours[name], theirs[name])[0, 1]
        yield figure(f"{name} against Praat: r", r, f">= {least}")


def praat_markers(samples: Samples, voiced: np.ndarray) -> dict[str, float]:
    sound = parselmouth.Sound(samples.astype(np.float64), RATE)
    pitch = sound.to_pitch_ac(time_step=0.01, pitch_floor=65, pitch_ceiling=500)
    points = call([sound, pitch], "To PointProcess (cc)")
    harmonicity = sound.to_harmonicity_cc(time_step=0.01, minimum_pitch=65)
    hnr_db = harmonicity.values[harmonicity.values > -100]
    inside = np.zeros(len(samples), bool)
    for frame in np.flatnonzero(voiced):
        middle = frame * HOP_LENGTH + FRAME_LENGTH // 2
        inside[middle - HOP_LENGTH // 2 : middle + HOP_LENGTH // 2] = True
    only = parselmouth.Sound(samples[inside].astype(np.float64), RATE)
    cepstrogram = call(only, "To PowerCepstrogram", 60, 0.002, 5000, 50)
    cpps = call(
        cepstrogram, "Get CPPS", "no", 0.02, 0.0005, 60, 330, 0.05, "Parabolic",
        0.001, 0.05, "Straight", "Least squares",
    )  # fmt: skip
    spectrum = only.to_spectrum()
    high = spectrum.get_band_energy(1000, 4000)
    return {
        "jitter": call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3),
        "cpp": cpps,
        "hnr": float(hnr_db.mean()),
        "alpha_ratio": 10 * np.log10(high / spectrum.get_band_energy(50, 1000)),
    }


def vowels_against_truth() -> Iterator[Figure]:
    errors, hnr = [], []
    for f0_hz in (90.0, 120.0, 160.0, 210.0):
        for jitter in (0.003, 0.01, 0.02):
            samples, truth = vowel(f0_hz, jitter=jitter, seed=int(f0_hz))
            found = markers_of(clip_of(samples)).get("jitter")
            errors.append(100 * abs((found or 0.0) / truth - 1))
        for hnr_db in (10.0, 20.0):
            clean = vowel(f0_hz)[0]
            spoilt = clip_of(with_hnr(clean, hnr_db))
            hnr.append(abs(markers_of(spoilt)["hnr"] - hnr_db))
    yield figure("jitter of vowels: error, median", np.median(errors), "<= 10", "%")
    yield figure("jitter of vowels: error, largest", max(errors), "<= 10", "%")
    yield figure("HNR of vowels in white noise: error, largest", max(hnr), "", "dB")


ACTED = (
    ("energy: high over low arousal", "energy", ("arousal", "high"),
     ("arousal", "low"), ">= .99", ">= .975"),
    ("fatigue: bored over neutral", "fatigue", ("emotion", "boredom"),
     ("emotion", "neutral"), ">= .85", ""),
    ("fatigue: sad over neutral", "fatigue", ("emotion", "sadness"),
     ("emotion", "neutral"), ">= .94", ""),
    ("stress: fear over neutral", "stress", ("emotion", "fear"),
     ("emotion", "neutral"), ">= .98", ""),
    ("stress: fear over happiness", "stress", ("emotion", "fear"),
     ("emotion", "happiness"), "report", ""),
    ("stress: fear over anger", "stress", ("emotion", "fear"),
     ("emotion", "anger"), "report", ""),
)  # fmt: skip


def acted_speech() -> Iterator[Figure]:
    singles = []
    for take in takes("emodb"):
        markers = markers_of(clip_of(take.samples()))
        quality = Quality(snr_db=40.0, speech_seconds=2.0, bandwidth_hz=8_000.0)
        singles.append((take, Reading(ok=True, quality=quality, markers=markers)))
    yield from areas("takes of 2 s", singles)
    groups: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for take in takes("emodb"):
        groups[take.speaker, take.emotion].append(take)
    joined = []
    for group in groups.values():
        for begin in range(0, len(group) - 3, 4):
            four = group[begin : begin + 4]
            samples = np.concatenate([take.samples() for take in four])
            joined.append((four[0], read(samples, RATE)))
    refused = np.mean([not reading.ok for _, reading in joined])
    yield figure("four takes in a row: refused", 100 * refused, "", "%")
    yield from areas("four takes", [each for each in joined if each[1].ok])


def areas(kind: str, found: list[tuple[Take, Reading]]) -> Iterator[Figure]:
    own, people = [], []
    for take, reading in found:
        others = [
            other.markers
            for one, other in found
            if one.speaker == take.speaker
            and one.emotion == "neutral"
            and other is not reading
        ]
        neutral = tuple(
            BaselineClip(day=day, device="a", markers=markers)
            for day, markers in enumerate(others)
        )
        own.append(signals_of(reading, Baseline(clips=neutral)))
        people.append(signals_of(reading, Baseline()))
    for name, signal, high, low, own_bar, people_bar in ACTED:
        chosen = [
            place
            for place, (take, _) in enumerate(found)
            if getattr(take, high[0]) == high[1] or getattr(take, low[0]) == low[1]
        ]
        is_high = np.array([getattr(found[p][0], high[0]) == high[1] for p in chosen])
        for versus, signals, bar in (
            ("own neutral", own, own_bar), ("people", people, people_bar),
        ):  # fmt: skip
            value = np.array([signals[place][signal].value for place in chosen])
            yield figure(f"{name}, {kind}, {versus}: AUC", area(value, is_high), bar)


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


def refusals() -> Iterator[Figure]:
    rng = np.random.default_rng(4)
    clips = [samples for _, samples in book_clips()]
    some = clips[:N_CLIPS]
    mixed = [together(one, two) for one, two in zip(some, clips[50:], strict=False)]
    spoilt: dict[str, list[Samples]] = {
        "silence": [np.zeros(12 * RATE, np.float32)],
        "tones": list(sounds.tones()),
        "noises": list(sounds.noises(rng)),
        "rain, wind, water, fire": [
            each
            for kind in ("rain", "wind", "ocean_waves", "stream", "fire", "thunder")
            for each in sounds.nature(kind, 6)
        ],
        "birds, crickets": [
            each for kind in ("birds", "crickets") for each in sounds.nature(kind, 6)
        ],
        "music": [
            sounds.music(rng, seconds, n_notes)
            for seconds, n_notes in ((2.0, 4), (0.5, 1), (0.25, 1), (1.0, 3)) * 3
        ],
        "two voices alike in level": mixed,
        "whisper": [sounds.whispered(each[: 10 * RATE], rng) for each in some[:12]],
        "2.5 kHz bandwidth": [sounds.low_passed(each, 2_500.0) for each in some],
        "8 % clipped": [sounds.overdriven(each, 0.08) for each in some],
        **{
            f"{kind} noise at {snr_db} dB": [
                noisy(each, coloured(len(each), rng, slope), snr_db) for each in some
            ]
            for kind, slope in (("white", 0.0), ("pink", 1.0))
            for snr_db in (0, 4)
        },
    }
    for name, found in spoilt.items():
        share = 100 * np.mean([not read(each, RATE).ok for each in found])
        yield figure(f"refused: {name}", share, "100", f"% of {len(found)}")
    read_well = 100 * np.mean([read(each, RATE).ok for each in clips])
    yield figure("read: clean clips of 8 s", read_well, "> 98", f"% of {len(clips)}")


def speed() -> Iterator[Figure]:
    samples = np.concatenate([each for _, each in book_clips()[:3]])[: 20 * RATE]
    ours = fastest(lambda: read(samples, RATE), 15)
    voiced = pitch_of(frames_of(samples)).voiced
    theirs = fastest(lambda: praat_markers(samples, voiced), 3)
    high = np.repeat(samples, 3)
    yield figure("read of 20 s at 16 kHz", ours, "<= 40", "ms")
    yield figure(
        "read of 20 s at 48 kHz", fastest(lambda: read(high, 48_000), 9), "", "ms"
    )
    yield figure("Praat over ours, four of the markers", theirs / ours, ">= 8", "x")


def fastest(run: Callable[[], object], n_runs: int) -> float:
    """Least processor time in ms: what the machine's other work adds is left out."""
    taken = []
    for _ in range(n_runs):
        begin = time.process_time()
        run()
        taken.append(1_000 * (time.process_time() - begin))
    return min(taken)


PARTS = (
    speed, f0_against_praat, markers_against_praat, vowels_against_truth,
    acted_speech, invariance, steadiness, refusals,
)  # fmt: skip


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part()


def main() -> None:
    for row in figures():
        value = f"{row['value']:.3f} {row['unit']}".rstrip()
        print(f"{row['name']:<64} {value:>16}   {row['bar']}", flush=True)


if __name__ == "__main__":
    main()
