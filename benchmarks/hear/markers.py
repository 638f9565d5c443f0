"""F0 and the markers against Praat and against voices whose truth is known."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from research.spoilt import coloured, noisy
from research.vowels import vowel, with_hnr

from benchmarks.hear.clips import N_PRAAT, book_clips
from benchmarks.hear.figure import Figure, figure
from benchmarks.hear.praat import praat_f0, praat_markers
from undersong.hear.clip import clip_of
from undersong.hear.frames import frames_of
from undersong.hear.markers import markers_of
from undersong.hear.pitch import pitch_of


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
