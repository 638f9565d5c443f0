"""Fit gain and noise of each signal in `undersong.hear.signals`.

Run: python -m research.ranges. Every pair of clips of the LibriSpeech speakers with
ten utterances, cold and against a baseline of two to five others: the gain at which
two clips differ by less than 0.15 in nine of ten pairs, and the noise at which the
80 % range of one holds the other in 82 of 100.
"""

from collections import defaultdict
from itertools import permutations

import numpy as np

from research.corpus import takes
from undersong.hear.baseline import Baseline
from undersong.hear.read import read, signals_of
from undersong.hear.reading import SIGNAL_NAMES, Reading, SignalName
from undersong.hear.signals import WEIGHTS

LEAST_SECONDS = 6.0
FEWEST_CLIPS = 4
N_OTHERS = (0, 2, 3, 5)
AIM_DIFFERENCE, AIM_SHARE, AIM_COVER = 0.15, 0.9, 0.82
"""A little more than asked for: other voices will vary more."""


def readings() -> list[list[Reading]]:
    """Return the readings of each speaker with enough clips."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for take in takes("librispeech_mini"):
        samples = take.samples(20.0)
        if len(samples) >= LEAST_SECONDS * 16_000:
            reading = read(samples, 16_000)
            if reading.ok:
                found[take.speaker].append(reading)
    return [each for each in found.values() if len(each) >= FEWEST_CLIPS]


def main() -> None:
    """Print what the present gains and noises give, and what they should be."""
    speakers = readings()
    for name in SIGNAL_NAMES:
        for is_own in (False, True):
            gaps, halves = pairs(speakers, name, is_own=is_own)
            row = WEIGHTS[name]
            share = np.mean(gaps < AIM_DIFFERENCE)
            gain = row.gain * AIM_DIFFERENCE / np.quantile(gaps, AIM_SHARE)
            noise = row.noise[is_own] * np.quantile(gaps / halves, AIM_COVER)
            print(
                f"{name} {'own' if is_own else 'people'}: {len(gaps)} pairs, "
                f"{share:.3f} differ by < {AIM_DIFFERENCE}, range holds "
                f"{np.mean(gaps <= halves):.3f}; gain {gain:.3f}, noise {noise:.3f}"
            )


def pairs(
    speakers: list[list[Reading]], name: SignalName, *, is_own: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the difference of each pair and half the first one's range."""
    gaps, halves = [], []
    for readings_of_one in speakers:
        for n_others in N_OTHERS:
            if is_own != (n_others > 0) or n_others + 2 > len(readings_of_one):
                continue
            for one, other in permutations(range(len(readings_of_one)), 2):
                rest = [
                    reading
                    for place, reading in enumerate(readings_of_one)
                    if place not in (one, other)
                ]
                baseline = Baseline()
                for day, reading in enumerate(rest[:n_others]):
                    baseline = baseline.with_reading(
                        reading, day=day, hour=None, device="book"
                    )
                first, second = (
                    signals_of(readings_of_one[place], baseline)[name]
                    for place in (one, other)
                )
                gaps.append(abs(first.value - second.value))
                up = second.value > first.value
                halves.append(
                    first.high - first.value if up else first.value - first.low
                )
    return np.array(gaps), np.maximum(np.array(halves), 1e-9)


if __name__ == "__main__":
    main()
