"""A soundscape is a pure function of time: minute 47 first, in pieces, backwards."""

from itertools import pairwise

import numpy as np

from undersong import compose, render
from undersong.units import seconds_to_samples

score = compose("sleep", seed=11, minutes=60)
begin, end = seconds_to_samples(47 * 60), seconds_to_samples(47 * 60 + 4)
cuts = np.linspace(begin, end, 5).astype(int)

pieces = [render(score, a, b) for a, b in reversed(list(pairwise(cuts)))]
whole = render(score, begin, end)
difference = np.abs(np.concatenate(pieces[::-1]) - whole).max()
print(f"largest difference: {difference:g}")
