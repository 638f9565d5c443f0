"""One arrangement that could be played: drawn by the outcome's rules and by chance.

Candidates obey the rules by construction. With weights of liking, what is liked comes
more often: the chance of each is tilted by ``exp(LIKING_PULL * liking)``.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS, Block
from undersong.compose.brief import Brief
from undersong.compose.chance import generator
from undersong.compose.harmony import Key, key_for
from undersong.compose.mapping import row_of, target_of, unit_of
from undersong.compose.novelty import (
    Portrait,
    shares_of,
)
from undersong.compose.plans import (
    DIMENSIONS,
    PLANS,
    ROLE_GAIN_DB,
    Dimension,
    Quota,
    Role,
    role_of,
)
from undersong.compose.preference import COLUMN, liking_of_lean
from undersong.compose.score import Outcome
from undersong.errors import ParameterError

LEAN_SD = 0.08
LEAN_MOST = 0.16
"""How far one session's journey may lean from the outcome's own."""

SET_LEAN = 0.08
FREE_LEAN = 0.3
"""How far a parameter may lean: one that listens to the journey, and one that does
not (how much rain falls on leaves is a matter of variety)."""

GAIN_JITTER_DB = 1.5

LIKING_PULL = 8.0
"""A block liked by 0.5 comes e**4 times as often among the candidates that lean
towards the taste; one disliked so much, as seldom."""

PALETTE_PULL = 2.0
"""A favoured block of the signature comes this much more often."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One arrangement that could be played."""

    gains_db: Mapping[str, float]
    """Block name to loudness relative to the mix; the powers add up to 1."""
    leans: Mapping[str, float]
    """What is particular to this session, added to the journey's target."""
    set_leans: Mapping[str, float]
    """``block.parameter`` to what is added to its default, in its range's units."""
    key: Key

    def target(self, brief: Brief) -> dict[str, float]:
        """Return where this candidate's journey goes."""
        return leaned(target_of(brief.plan, brief.state), self.leans)

    def portrait(self, brief: Brief) -> Portrait:
        """Return the portrait its score would have."""
        journey = self.target(brief)
        units = {
            f"{name}.{row.name}": unit_of(
                row,
                journey,
                lean=self.set_leans[f"{name}.{row.name}"],
                plan=brief.plan,
            )
            for name in self.gains_db
            for row in BLOCK_BY_NAME[name].parameters
        }
        return Portrait(
            shares=shares_of(self.gains_db),
            units=units,
            journey=dict(journey),
            tonic=self.key.tonic % 12,
            scale=self.key.scale,
        )


def leaned(
    journey: Mapping[str, float], leans: Mapping[str, float]
) -> dict[str, float]:
    """Return a journey's values with a session's leans, kept within 0..1."""
    return {
        name: min(1.0, max(0.0, value + leans[name])) for name, value in journey.items()
    }


@dataclass(frozen=True, slots=True)
class _Draw:
    """What one candidate is drawn by."""

    chance: np.random.Generator
    liking: NDArray[np.float64] | None


def candidate(
    brief: Brief, number: int, liking: NDArray[np.float64] | None = None
) -> Candidate:
    """Return one candidate; equal arguments give equal candidates.

    With `liking`, weights as `Taste.drawn` gives them, liked blocks come more often.
    """
    chance = generator(brief.seed, "candidate", number)
    gains: dict[str, float] = {}
    for quota in brief.plan.quotas:
        _fill(gains, quota, brief, _Draw(chance, liking))
    for name in brief.wanted:
        jitter = GAIN_JITTER_DB * (2 * chance.random() - 1)
        gains.setdefault(name, ROLE_GAIN_DB[role_of(BLOCK_BY_NAME[name])] + jitter)
    if not gains:
        raise ParameterError(
            f"never={', '.join(brief.never)} leaves nothing to play for "
            f"{brief.outcome}; allow at least one block again"
        )
    most = max(brief.plan.most_layers, len(brief.wanted))
    kept = sorted(gains, key=lambda name: (name not in brief.wanted, -gains[name]))
    gains = {name: gain for name, gain in gains.items() if name in kept[:most]}
    return _set(gains, brief, _Draw(chance, liking))


def varied(
    parent: Candidate, brief: Brief, number: int, liking: NDArray[np.float64]
) -> Candidate:
    """Return a candidate of the same blocks, balanced, set and tuned anew."""
    chance = generator(brief.seed, "varied", number)
    gains = {
        name: gain + GAIN_JITTER_DB * (2 * chance.random() - 1)
        for name, gain in parent.gains_db.items()
    }
    return _set(gains, brief, _Draw(chance, liking))


def _set(gains_db: Mapping[str, float], brief: Brief, draw: _Draw) -> Candidate:
    """Return a candidate of given blocks, with leans, settings and key drawn."""
    chance = draw.chance
    return Candidate(
        gains_db=balanced(gains_db),
        leans={name: _lean(name, draw) for name in DIMENSIONS},
        set_leans={
            f"{name}.{row.name}": (SET_LEAN if row_of(row.name).weights else FREE_LEAN)
            * (2 * chance.random() - 1)
            for name in gains_db
            for row in BLOCK_BY_NAME[name].parameters
        },
        key=key_for(brief.plan, brief.signature, chance),
    )


def _lean(dimension: Dimension, draw: _Draw) -> float:
    """Return a lean drawn from the usual spread, tilted towards what is liked.

    The tilt is that of the blocks, ``exp(LIKING_PULL * liking)``; of a normal density
    and a liking with a linear and a square term it leaves another normal one.
    """
    precision, pull = 1 / LEAN_SD**2, 0.0
    if draw.liking is not None:
        linear, square = liking_of_lean(dimension, draw.liking)
        pull = LIKING_PULL * linear
        # At most twice as wide as usual, however much both ends are liked.
        precision = max(precision / 4, precision - 2 * LIKING_PULL * square)
    lean = pull / precision + draw.chance.standard_normal() / math.sqrt(precision)
    return float(np.clip(lean, -LEAN_MOST, LEAN_MOST))


def balanced(gains_db: Mapping[str, float]) -> dict[str, float]:
    """Return gains moved together so that their powers add up to 1 (0 LU)."""
    total_db = 10 * np.log10(sum(10 ** (gain / 10) for gain in gains_db.values()))
    return {name: float(gain - total_db) for name, gain in gains_db.items()}


def _fill(gains: dict[str, float], quota: Quota, brief: Brief, draw: _Draw) -> None:
    """Add the layers of one quota."""
    chance = draw.chance
    counts = list(quota.counts)
    wanted = [n for n in brief.wanted if role_of(BLOCK_BY_NAME[n]) == quota.role]
    drawn = counts[pick(list(quota.counts.values()), chance)]
    names = [*wanted, *_drawn_blocks(brief, quota, wanted, drawn, draw)]
    for place, name in enumerate(names):
        jitter = GAIN_JITTER_DB * (2 * chance.random() - 1)
        gains[name] = quota.gain_db + place * quota.step_db + jitter


def _drawn_blocks(
    brief: Brief,
    quota: Quota,
    wanted: Sequence[str],
    count: int,
    draw: _Draw,
) -> list[str]:
    """Return the blocks drawn to make a quota full, by how well they suit."""
    rows = [
        row
        for row in _suited(brief.outcome, quota.role)
        if row.name not in brief.never and row.name not in wanted
    ]
    weights = [_weight(row, brief, draw.liking) for row in rows]
    names: list[str] = []
    while rows and len(wanted) + len(names) < count:
        drawn = pick(weights, draw.chance)
        weights.pop(drawn)
        names.append(rows.pop(drawn).name)
    return names


@lru_cache
def _suited(outcome: Outcome, role: Role) -> tuple[Block, ...]:
    """Return the blocks that an outcome may choose for a role."""
    return tuple(
        row
        for row in BLOCKS
        if role_of(row) == role
        and row.suits.get(outcome, 0.0) > 0
        and row.salience <= PLANS[outcome].salience
    )


def _weight(row: Block, brief: Brief, liking: NDArray[np.float64] | None) -> float:
    pull = PALETTE_PULL if row.name in brief.signature.palette else 1.0
    if liking is not None:
        pull *= math.exp(LIKING_PULL * liking[COLUMN[row.name]])
    return row.suits[brief.outcome] * pull


def pick(weights: Sequence[float], chance: np.random.Generator) -> int:
    """Return an index drawn by weight."""
    point = chance.random() * sum(weights)
    for index, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return index
    return len(weights) - 1
