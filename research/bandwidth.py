"""Fit `undersong.hear.band`: lines that end at 2.5 kHz against all wider ones.

Run: python -m research.bandwidth. One LibriSpeech clip of each speaker, plain and
through telephone lines, against the same through a 2.5 kHz low-pass, with and without
noise. Prints the weights, and how many of each kind are called narrow by weights that
were fitted to other speakers.
"""

from collections.abc import Callable

import numpy as np

from research.corpus import takes
from research.logistic import fitted
from research.sounds import low_passed
from research.spoilt import Samples, coloured, noisy, telephone
from undersong.hear.band import fall
from undersong.hear.clip import clip_of

LEAST_SECONDS = 8.0
N_CLIPS = 150
N_FOLDS = 5
RIDGE = 0.001

Spoil = Callable[[Samples, np.random.Generator], Samples]


def in_noise(voice: Samples, rng: np.random.Generator, slope: float) -> Samples:
    """Return a voice 20 dB over noise."""
    return noisy(voice, coloured(len(voice), rng, slope), 20.0)


LINES: dict[str, tuple[bool, Spoil]] = {
    "clean": (False, lambda voice, _: voice),
    "telephone": (False, lambda voice, _: telephone(voice)),
    "telephone, pink noise": (
        False, lambda voice, rng: in_noise(telephone(voice), rng, 1.0),
    ),
    "2.5 kHz": (True, lambda voice, _: low_passed(voice, 2_500.0)),
    "2.5 kHz, white noise": (
        True, lambda voice, rng: in_noise(low_passed(voice, 2_500.0), rng, 0.0),
    ),
    "2.5 kHz, pink noise": (
        True, lambda voice, rng: in_noise(low_passed(voice, 2_500.0), rng, 1.0),
    ),
}  # fmt: skip


def clips() -> list[Samples]:
    """Return one long clip of each speaker."""
    found: dict[str, Samples] = {}
    for take in takes("librispeech_mini"):
        samples = take.samples(20.0)
        if len(samples) >= LEAST_SECONDS * 16_000:
            found.setdefault(take.speaker, samples)
    return list(found.values())[:N_CLIPS]


def main() -> None:
    """Fit, and print the table."""
    rng = np.random.default_rng(5)
    rows, kinds, narrow, folds = [], [], [], []
    for number, voice in enumerate(clips()):
        for kind, (is_narrow, spoil) in LINES.items():
            clip = clip_of(spoil(voice, rng))
            rows.append(fall(clip.frames, clip.speech))
            kinds.append(kind)
            narrow.append(is_narrow)
            folds.append(number % N_FOLDS)
    table = np.array(rows, np.float64)
    kind, is_narrow, fold = np.array(kinds), np.array(narrow), np.array(folds)
    spread = table.std(axis=0)
    z, ones = table / spread, np.ones(len(table))
    score = np.zeros(len(table))
    for left_out in range(N_FOLDS):
        test = fold == left_out
        found = fitted(z[~test], is_narrow[~test], ones[~test], ridge=RIDGE)
        score[test] = z[test] @ found[:-1] + found[-1]
    for each in LINES:
        share = float(np.mean(score[kind == each] > 0.0))
        print(f"# {each}: {share:.3f} of {np.sum(kind == each)} called narrow")
    found = fitted(z, is_narrow, ones, ridge=RIDGE)
    weights = ", ".join(f"{value:.4g}" for value in found[:-1] / spread)
    print(f"CUT_WEIGHTS = [{weights}]")
    print(f"CUT_OFFSET = {found[-1]:.4g}")


if __name__ == "__main__":
    main()
