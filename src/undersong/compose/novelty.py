"""How far apart two scores are, and the bounds between which a new one must lie.

A `Portrait` is what matters of a score for comparing: which blocks and how loud, how
each is set once the journey has arrived, the key and the scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.compose.mapping import to_unit
from undersong.compose.score import SILENT_DB, Score
from undersong.compose.timbre import sound_distances
from undersong.units import db_to_gain, seconds_to_samples
from undersong.values import Value

RECENT = 20
"""How many of the last sessions a new one is held against."""

FLOOR = 0.15
"""Least distance to each of them."""

SOUND_FLOOR = 0.05
"""Least difference of the estimated sound to each of them, 10 dB a band: as small as
that of two moments of one session may be (`python -m benchmarks.novelty`)."""

CEILING = 0.85
"""Greatest mean distance to them: still the same person's sound."""

LAYERS_SHARE, SETTINGS_SHARE, HARMONY_SHARE = 0.55, 0.3, 0.15

SETTLED_AT = 2 / 3
"""Share of the session at which a portrait is taken: every glide has ended."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Novelty:
    """How new one score is against the last ones."""

    nearest: float
    """Distance to the most similar of them."""
    nearest_sound: float
    """Difference of its estimated sound to the one that sounds most similar."""
    from_centre: float
    """Mean distance to them."""

    @property
    def within_bounds(self) -> bool:
        """Whether it is new enough, and still the person's own."""
        return (
            self.nearest >= FLOOR
            and self.nearest_sound >= SOUND_FLOOR
            and self.from_centre <= CEILING
        )


def novelties_of(
    portraits: Sequence["Portrait"], recent: Sequence["Portrait"]
) -> tuple[Novelty, ...]:
    """Return how new each of several scores would be; `recent` holds at least one."""
    apart = distances(portraits, recent)
    sounds = sound_distances([p.shares for p in portraits], [p.shares for p in recent])
    return tuple(
        Novelty(float(near), float(sound), float(centre))
        for near, sound, centre in zip(
            apart.min(axis=1), sounds.min(axis=1), apart.mean(axis=1), strict=True
        )
    )


def new_enough(novelties: Sequence[Novelty]) -> list[int]:
    """Return the indices of those within bounds; if none is, the best there is.

    That is the one of most different sound among those above the floor, else the one
    furthest from all before it.
    """
    inside = [i for i, one in enumerate(novelties) if one.within_bounds]
    if inside:
        return inside
    above = [i for i, one in enumerate(novelties) if one.nearest >= FLOOR]
    if above:
        return [max(above, key=lambda i: novelties[i].nearest_sound)]
    return [max(range(len(novelties)), key=lambda i: novelties[i].nearest)]


class Portrait(Value):
    """A score, as far as comparing goes."""

    shares: Mapping[str, float]
    """Block name to its share of the mix; they add up to 1."""
    units: Mapping[str, float]
    """``block.parameter`` to its place in the range, 0..1."""
    journey: Mapping[str, float]
    """The journey's curves, once it has arrived."""
    tonic: int
    """Pitch class, 0 = C."""
    scale: str


def shares_of(gains_db: Mapping[str, float]) -> dict[str, float]:
    """Return each layer's share of the mix by amplitude; they add up to 1."""
    gains = {name: db_to_gain(gain) for name, gain in gains_db.items()}
    total = sum(gains.values())
    return {name: gain / total for name, gain in gains.items()}


def arrival_of(score: Score) -> int:
    """Return the sample index at which the journey has arrived.

    There the balance of the layers is the arrangement's own, without arcs and tilt.
    """
    return max(curve.knots[-1][0] for curve in score.journey.values())


def portrait_of(score: Score) -> Portrait:
    """Return the portrait of a score as planned, without its events."""
    index = seconds_to_samples(score.minutes * 60 * SETTLED_AT)
    arrival = arrival_of(score)
    gains: dict[str, float] = {}
    units: dict[str, float] = {}
    for layer in score.layers:
        gain = layer.gain_db.value(arrival)
        if gain <= SILENT_DB or layer.block not in BLOCK_BY_NAME:
            continue
        gains[layer.block] = gain
        for name, curve in layer.params.items():
            row = BLOCK_BY_NAME[layer.block].parameter(name)
            units[f"{layer.block}.{name}"] = to_unit(row, curve.value(index))
    return Portrait(
        shares=shares_of(gains),
        units=units,
        journey={name: c.value(index) for name, c in score.journey.items()},
        tonic=score.harmony.tonic % 12,
        scale=score.harmony.scale,
    )


def distance(a: Score | Portrait, b: Score | Portrait) -> float:
    """Return how far apart two scores are.

    Parameters
    ----------
    a, b : Score or Portrait
        The two, in either order.

    Returns
    -------
    distance : float
        0 the same layers, settings and harmony; 1 nothing in common. The share of
        the mix that differs (total variation) counts 0.55, how differently the
        common layers are set 0.3, tonic and scale 0.15.
    """
    pair = [x if isinstance(x, Portrait) else portrait_of(x) for x in (a, b)]
    return float(distances(pair[:1], pair[1:])[0, 0])


def distances(left: Sequence[Portrait], right: Sequence[Portrait]) -> Floats:
    """Return all distances between two sets, shape (n_left, n_right)."""
    shares_a, units_a, keys_a = _arrays(left)
    shares_b, units_b, keys_b = _arrays(right)
    layers = 0.5 * np.abs(shares_a[:, None] - shares_b[None]).sum(axis=2)
    common = np.minimum(shares_a[:, None], shares_b[None])
    apart = np.abs(units_a[:, None] - units_b[None])
    per_block = np.minimum(1.0, 2.0 * apart @ _averages())
    weight = common.sum(axis=2)
    settings = np.where(
        weight > 0, (common * per_block).sum(axis=2) / np.maximum(weight, 1e-9), 1.0
    )
    harmony = 0.5 * (keys_a[:, None] != keys_b[None]).sum(axis=2)
    total: Floats = (
        LAYERS_SHARE * layers + SETTINGS_SHARE * settings + HARMONY_SHARE * harmony
    )
    return total


@lru_cache(maxsize=1)
def _columns() -> tuple[dict[str, int], dict[str, int]]:
    """Return the column of each block and of each ``block.parameter``."""
    names = [f"{b.name}.{p.name}" for b in BLOCKS for p in b.parameters]
    return (
        {block.name: i for i, block in enumerate(BLOCKS)},
        {name: i for i, name in enumerate(names)},
    )


@lru_cache(maxsize=1)
def _averages() -> Floats:
    """Return the matrix that averages parameters per block, (n_params, n_blocks)."""
    blocks, params = _columns()
    matrix = np.zeros((len(params), len(blocks)))
    for name, row in params.items():
        matrix[row, blocks[name.split(".")[0]]] = 1.0
    averages: Floats = matrix / np.maximum(matrix.sum(axis=0), 1.0)
    return averages


def _arrays(
    portraits: Sequence[Portrait],
) -> tuple[Floats, Floats, NDArray[np.str_]]:
    blocks, params = _columns()
    shares = np.zeros((len(portraits), len(blocks)))
    units = np.full((len(portraits), len(params)), 0.5)
    for i, portrait in enumerate(portraits):
        for name, share in portrait.shares.items():
            if name in blocks:
                shares[i, blocks[name]] = share
        for name, unit in portrait.units.items():
            if name in params:
                units[i, params[name]] = unit
    keys = np.array([(str(p.tonic), p.scale) for p in portraits], dtype=np.str_)
    return shares, units, keys.reshape(len(portraits), 2)
