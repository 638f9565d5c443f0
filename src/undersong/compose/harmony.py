"""Key, scale and chords of a session: the person's own, in varied form."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from undersong.compose.chance import generator, seed_for
from undersong.compose.plans import Plan
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.score import Harmony, Signature
from undersong.compose.signature import HIGHEST_TONIC, LOWEST_TONIC

OWN_KEY_SHARE = 0.7
"""How often a session stays in the signature's key; else it moves a fifth."""

OWN_SCALE_SHARE = 0.7
"""How often it keeps the signature's scale, where the outcome allows it."""

FIFTHS = (7, -7, 5, -5)

MOST_CHORDS = 4


@dataclass(frozen=True, slots=True)
class Key:
    """Where a session's harmony stands."""

    tonic: int
    scale: str


def key_for(plan: Plan, signature: Signature, chance: np.random.Generator) -> Key:
    """Return a key drawn near the signature, within the outcome's scales."""
    tonic = signature.tonic
    if chance.random() >= OWN_KEY_SHARE:
        near = [tonic + step for step in FIFTHS]
        near = [note for note in near if LOWEST_TONIC <= note <= HIGHEST_TONIC]
        tonic = near[int(chance.integers(len(near)))]
    own = signature.scale in plan.scales and chance.random() < OWN_SCALE_SHARE
    return Key(tonic, signature.scale if own else _drawn(plan.scales, chance))


def _drawn(weights: Mapping[str, float], chance: np.random.Generator) -> str:
    point = chance.random() * sum(weights.values())
    for name, weight in weights.items():
        point -= weight
        if point < 0:
            return name
    return list(weights)[-1]


def harmony_of(
    key: Key, signature: Signature, plan: Plan, *, arousal: float, seed: int
) -> Harmony:
    """Return the session's harmony: chords change more slowly the lower the arousal."""
    chance = generator(seed, "harmony")
    colours = SCALE_BY_NAME[key.scale].chords
    order = chance.permutation(len(colours) - 1)[: MOST_CHORDS - 1] + 1
    quick, slow = plan.chord_seconds
    return Harmony(
        tonic=key.tonic,
        scale=key.scale,
        tuning=signature.tuning,
        chord_seconds=round(slow + (quick - slow) * arousal, 2),
        # The first colour is the home chord; it is always among them.
        chords=(colours[0], *(colours[int(i)] for i in order)),
        seed=seed_for(seed, "harmony"),
    )
