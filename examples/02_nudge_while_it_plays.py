"""A nudge changes what comes, never what was: the same samples before, others after."""

import numpy as np

from undersong import compose, render
from undersong.compose.events import nudge
from undersong.units import seconds_to_samples

score = compose("focus", seed=3, minutes=2)
at = seconds_to_samples(30)
darker = nudge(score, "darker", at)

before = seconds_to_samples(25), at
after = seconds_to_samples(45), seconds_to_samples(50)
print("before:", np.array_equal(render(score, *before), render(darker, *before)))
print("after: ", np.array_equal(render(score, *after), render(darker, *after)))
