"""The recordings that the figures are measured on."""

from functools import cache

import numpy as np
from research.corpus import Take, takes
from research.spoilt import Samples

RATE = 16_000
N_PRAAT = 60


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
