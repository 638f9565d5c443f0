"""Undersong: hear a voice, compose a score, sound the score.

>>> from undersong import compose
>>> compose("calm", seed=7, minutes=10).outcome
'calm'
"""

from undersong.compose.score import Outcome, Score, Signature
from undersong.compose.taste import Taste
from undersong.errors import UndersongError
from undersong.hear.baseline import Baseline
from undersong.hear.reading import Reading

# Last: `compose` the function takes the place of `compose` the room as an attribute
# of the package; `from undersong.compose.… import` finds the room all the same.
from undersong.library import compose, read, render

__all__ = [
    "Baseline",
    "Outcome",
    "Reading",
    "Score",
    "Signature",
    "Taste",
    "UndersongError",
    "compose",
    "read",
    "render",
]
