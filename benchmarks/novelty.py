"""How different one person's sessions are, as scores and as rendered sounds.

A sound's portrait is the level of each octave band and how much that level moves; the
distance of two sounds is the mean difference of these, in units of 10 dB. For scale:
two moments of one session, six minutes apart. The last column is the rank correlation
of rendered differences with those the composer estimates without rendering.
"""

import sys

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from undersong.compose.composer import compose
from undersong.compose.novelty import FLOOR, RECENT, distances, portrait_of
from undersong.compose.score import OUTCOMES, Score
from undersong.compose.signature import signature_from
from undersong.compose.timbre import sound_distances
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

N_SESSIONS = 40
WINDOW = 10 * SAMPLE_RATE
MOMENTS = (14 * 60 * SAMPLE_RATE, 20 * 60 * SAMPLE_RATE)
BANDS_HZ = 62.5 * 2.0 ** np.arange(8)
FRAME = SAMPLE_RATE // 10
DB_A_UNIT = 10.0
QUIETEST_DB = -60.0
"""Bands so far below the loudest count as equally silent."""

Floats = NDArray[np.float64]


def sound_portrait(score: Score, begin: int, palette: Palette) -> Floats:
    """Return mean and movement of each octave band, dB, shape (2 * n_bands,)."""
    mono = render(score, begin, begin + WINDOW, palette).mean(axis=1)
    frames = mono[: len(mono) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME), axis=1)) ** 2
    frequency = np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE)
    bands = np.stack(
        [
            power[:, (frequency >= low) & (frequency < 2 * low)].sum(axis=1)
            for low in BANDS_HZ
        ],
        axis=1,
    )
    loudest = bands.mean(axis=0).max()
    level = 10 * np.log10(np.maximum(bands / loudest, 10 ** (QUIETEST_DB / 10)))
    return np.concatenate([level.mean(axis=0), level.std(axis=0)])


def sound_distance(a: Floats, b: Floats) -> float:
    """Return how far apart two sounds are, in units of 10 dB a band."""
    return float(np.abs(a - b).mean() / DB_A_UNIT)


def main() -> int:
    """Print the table; 1 if a session lies below the floor."""
    palette, signature = Palette(), signature_from(9)
    head = (
        "scores: nearest",
        "median",
        "sounds: nearest",
        "median",
        "one session",
        "rank r",
    )
    print(f"{N_SESSIONS} sessions of one person, each against its last {RECENT}")
    print("".join([f"{'':8}", *(f"{text:>17}" for text in head)]))
    below = False
    for outcome in OUTCOMES:
        recent: list[Score] = []
        scores, sounds, within = list[float](), list[Floats](), list[float]()
        near, apart, estimated = list[float](), list[float](), list[float]()
        for seed in range(N_SESSIONS):
            score = compose(
                outcome, seed=seed, signature=signature, recent=recent[-RECENT:]
            )
            first, second = (sound_portrait(score, at, palette) for at in MOMENTS)
            within.append(sound_distance(first, second))
            if recent:
                past = [portrait_of(one) for one in recent[-RECENT:]]
                scores.append(float(distances([portrait_of(score)], past).min()))
                each = [sound_distance(first, other) for other in sounds[-RECENT:]]
                here = portrait_of(score).shares
                estimated.extend(sound_distances([here], [p.shares for p in past])[0])
                near.append(min(each))
                apart.extend(each)
            recent.append(score)
            sounds.append(first)
        figures = (
            *(min(scores), np.median(scores), min(near), np.median(apart)),
            *(np.median(within), spearmanr(estimated, apart).statistic),
        )
        print(f"{outcome:8}" + "".join(f"{value:17.2f}" for value in figures))
        below |= min(scores) < FLOOR
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
