"""Which of many candidates is played: new enough, and as far as known, liked most.

Those too near the last sessions, or too far from the person's own, are set aside; of
the rest, taste chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from undersong.compose.blocks import BLOCKS
from undersong.compose.brief import Brief
from undersong.compose.candidates import Candidate, candidate, varied
from undersong.compose.chance import generator
from undersong.compose.novelty import (
    Novelty,
    Portrait,
    new_enough,
    novelties_of,
)
from undersong.compose.preference import Floats, features_of

N_CANDIDATES = 64
"""Drawn at first; with a taste to choose by, every other one leans towards it."""

N_VARIED, N_PARENTS = 64, 16
"""With a taste, so many more vary the ones it likes most: the same blocks in another
balance, key and setting, so that what is liked can return and still be new."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen candidate, and how it came to be chosen."""

    candidate: Candidate
    novelty: Novelty | None
    """Against the recent sessions; None if there are none."""
    n_allowed: int
    n_candidates: int
    best_liked: str | None
    """The block that taste counted most for, if taste chose."""


def choose(brief: Brief) -> Choice:
    """Return the arrangement for a brief.

    Raises
    ------
    ParameterError
        If what is never wanted leaves nothing to play.
    """
    liking = _drawn_liking(brief)
    candidates = _candidates(brief, liking)
    portraits = [c.portrait(brief) for c in candidates]
    novelties = novelties_of(portraits, brief.recent) if brief.recent else ()
    allowed = new_enough(novelties) if novelties else list(range(len(candidates)))
    chosen, best_liked = _liked_most(brief, portraits, allowed, liking)
    return Choice(
        candidate=candidates[chosen],
        novelty=novelties[chosen] if novelties else None,
        n_allowed=len(allowed),
        n_candidates=len(candidates),
        best_liked=best_liked,
    )


def _candidates(brief: Brief, liking: Floats | None) -> list[Candidate]:
    """Return those to choose from: with nothing to choose by, a single one."""
    if liking is None:
        n = N_CANDIDATES if brief.recent else 1
        return [candidate(brief, number) for number in range(n)]
    drawn = [
        # Every other one leans towards what is liked; the rest stay open.
        candidate(brief, number, liking if number % 2 else None)
        for number in range(N_CANDIDATES)
    ]
    portraits = [one.portrait(brief) for one in drawn]
    likings = features_of(portraits, brief.outcome) @ liking
    parents = [drawn[i] for i in np.argsort(-likings, kind="stable")[:N_PARENTS]]
    return drawn + [
        varied(parents[number % N_PARENTS], brief, number, liking)
        for number in range(N_VARIED)
    ]


def _liked_most(
    brief: Brief,
    portraits: Sequence[Portrait],
    allowed: Sequence[int],
    liking: Floats | None,
) -> tuple[int, str | None]:
    """Return the candidate taste chooses; without answers, the first allowed."""
    taste = brief.taste
    if taste is None or liking is None:
        return allowed[0], None
    features = features_of([portraits[i] for i in allowed], brief.outcome)
    best = int(np.argmax(features @ liking))
    mean, _ = taste.posterior(brief.outcome)
    counted = (features[best] * mean)[1 : 1 + len(BLOCKS)]
    strongest = int(np.argmax(counted))
    liked = BLOCKS[strongest].name if counted[strongest] > 0 else None
    return allowed[best], liked


def _drawn_liking(brief: Brief) -> Floats | None:
    """Return weights drawn from the taste; None before the first answer."""
    taste = brief.taste
    if taste is None or not any(a.outcome == brief.outcome for a in taste.answers):
        return None
    return taste.drawn(brief.outcome, generator(brief.seed, "taste"))
