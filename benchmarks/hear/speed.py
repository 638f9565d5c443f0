"""Processor time of a read, against Praat in the same run."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.hear.clips import RATE, book_clips
from benchmarks.hear.figure import Figure, figure
from benchmarks.hear.praat import praat_markers
from undersong.hear.frames import frames_of
from undersong.hear.pitch import pitch_of
from undersong.hear.read import read


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
