"""Fit `undersong.hear.activity`: frames with speech against frames without.

Run: python -m research.activity. The truth comes from clean LibriSpeech clips, where
level alone tells speech from pause; the same clips with noise added at 20 to 0 dB
teach what still tells them apart. Prints the weights and the balanced accuracy and
area under the curve in each noise, on speakers that were left out.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from research.corpus import takes
from research.logistic import fitted
from research.spoilt import Samples, coloured, noisy
from undersong.hear.activity import measures
from undersong.hear.frames import Frames, frames_of
from undersong.hear.pitch import pitch_of, runs_of

CLEAN_DB = 40.0
"""Least distance of loud from quiet frames in a clip that is used."""

N_CLIPS = 90
SECONDS = 12.0
SHARE = 0.42
"""Where between quiet and loud, in dB, speech begins in a clean clip."""

SHORTEST_GAP = 7
SHORTEST_SPEECH = 5
"""Frames."""

SNRS_DB = (20.0, 10.0, 5.0, 0.0)
SLOPES = {"white": 0.0, "pink": 1.0, "brown": 2.0}
RIDGE = 1e-4


def truth(frames: Frames) -> NDArray[np.bool_]:
    """Return which frames of a clean clip hold speech."""
    wide = frames.power[:, 6:500].sum(axis=1)
    level = np.maximum(10.0 * np.log10(wide / wide.max() + 1e-12), -75.0)
    quiet, loud = np.quantile(level, (0.08, 0.9))
    found = level > quiet + SHARE * (loud - quiet)
    for begin, end in runs_of(~found):
        if end - begin < SHORTEST_GAP:
            found[begin:end] = True
    for begin, end in runs_of(found):
        if end - begin < SHORTEST_SPEECH:
            found[begin:end] = False
    return found


def noises(rng: np.random.Generator, crowd: Samples) -> dict[str, Samples]:
    """Return 12 s of each noise."""
    length = int(SECONDS * 16_000)
    found = {kind: coloured(length, rng, slope) for kind, slope in SLOPES.items()}
    return {**found, "babble": crowd}


def clean_clips() -> Iterator[Samples]:
    """Yield clips of different speakers with a quiet background."""
    seen: set[str] = set()
    for take in takes("librispeech_mini"):
        if take.speaker in seen:
            continue
        samples = take.samples(SECONDS)
        level = frames_of(samples).level_db
        if len(samples) >= 8 * 16_000 and np.quantile(level, 0.08) < -CLEAN_DB:
            seen.add(take.speaker)
            yield samples


def balanced_accuracy(
    score: NDArray[np.float64], is_speech: NDArray[np.bool_]
) -> float:
    """Return the mean of the two shares that are told rightly at 0."""
    right = score > 0
    return float((right[is_speech].mean() + (~right[~is_speech]).mean()) / 2.0)


def area(score: NDArray[np.float64], is_speech: NDArray[np.bool_]) -> float:
    """Return the area under the receiver operating characteristic."""
    rank = np.empty(len(score))
    rank[np.argsort(score)] = np.arange(len(score))
    n_speech = int(is_speech.sum())
    top = rank[is_speech].sum() - n_speech * (n_speech - 1) / 2.0
    return float(top / (n_speech * (len(score) - n_speech)))


def main() -> None:
    """Fit, and print weights and accuracy."""
    rng = np.random.default_rng(1)
    clips = [clip for clip, _ in zip(clean_clips(), range(N_CLIPS), strict=False)]
    crowd = sum(clip[: 8 * 16_000] / clip[: 8 * 16_000].std() for clip in clips[:8])
    rows, labels, kinds, tests = [], [], [], []
    for number, clip in enumerate(clips):
        label = truth(frames_of(clip))
        versions = {"clean": clip}
        for kind, noise in noises(rng, np.asarray(crowd, np.float32)).items():
            snr_db = SNRS_DB[(number + len(versions)) % len(SNRS_DB)]
            versions[f"{kind} {snr_db:.0f} dB"] = noisy(clip, noise, snr_db)
        for kind, samples in versions.items():
            frames = frames_of(samples)
            rows.append(measures(frames, pitch_of(frames)))
            labels.append(label)
            kinds.append(np.full(len(label), kind))
            tests.append(np.full(len(label), number % 3 == 0))
    table, is_speech = np.concatenate(rows).astype(np.float64), np.concatenate(labels)
    kind, test = np.concatenate(kinds), np.concatenate(tests)
    weights = np.where(is_speech, 0.5 / is_speech.mean(), 0.5 / (~is_speech).mean())
    found = fitted(table[~test], is_speech[~test], weights[~test], ridge=RIDGE)
    score = table @ found[:-1] + found[-1]
    for each in sorted(set(kind)):
        kept = test & (kind == each)
        print(
            f"# {each}: balanced accuracy "
            f"{balanced_accuracy(score[kept], is_speech[kept]):.3f}, "
            f"area {area(score[kept], is_speech[kept]):.3f}"
        )
    found = fitted(table, is_speech, weights, ridge=RIDGE)
    print(f"WEIGHTS = [{', '.join(f'{value:.4g}' for value in found[:-1])}]")
    print(f"OFFSET = {found[-1]:.4g}")


if __name__ == "__main__":
    main()
