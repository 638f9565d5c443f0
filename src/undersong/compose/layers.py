"""The arrangement as layers: parameters that follow the journey, gains that breathe."""

from collections.abc import Mapping

import numpy as np

from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.brief import DAWN_GAINS_DB, Brief
from undersong.compose.candidates import Candidate, balanced
from undersong.compose.chance import generator, seed_for
from undersong.compose.curve import Curve, Knot
from undersong.compose.journey import Journey, at, glide_indices, minutes_to_samples
from undersong.compose.mapping import tilted_db, to_value, unit_of
from undersong.compose.score import GONE_DB, SILENT_DB, Layer

ARC_MINUTES = (3.0, 7.0)
"""Time from turn to turn of the slow arcs in the balance."""

MOST_ARC_KNOTS = 48

NEAR = minutes_to_samples(1.0)
"""Arcs keep this far from the arrival."""

DAWN_SWELL_MINUTES = 3.0


def layers_of(
    brief: Brief, candidate: Candidate, journey: Journey
) -> tuple[Layer, ...]:
    """Return the layers, the loudest of the arrangement first."""
    gains = balance_of(brief, candidate.gains_db, journey)
    if brief.dawn is not None:
        gains = _with_dawn(brief, gains)
    return tuple(
        Layer(
            block=name,
            gain_db=gains[name],
            params={
                row.name: parameter_curve(brief, candidate, journey, name, row)
                for row in BLOCK_BY_NAME[name].parameters
            },
            seed=seed_for(brief.seed, "layer", name),
        )
        for name in sorted(gains, key=lambda n: -candidate.gains_db.get(n, SILENT_DB))
    )


def parameter_curve(
    brief: Brief, candidate: Candidate, journey: Journey, block: str, row: Parameter
) -> Curve:
    """Return one parameter over time, as the journey bids."""
    lean = candidate.set_leans.get(f"{block}.{row.name}", 0.0)
    knots = [
        (
            index,
            to_value(row, unit_of(row, at(journey, index), lean=lean, plan=brief.plan)),
        )
        for index in glide_indices(brief)
    ]
    if len({value for _, value in knots}) == 1:
        return Curve.constant(knots[0][1])
    return Curve.through(*knots)


def balance_of(
    brief: Brief, gains_db: Mapping[str, float], journey: Journey
) -> dict[str, Curve]:
    """Return each layer's gain over time, in dB relative to the mix.

    Slow arcs, and a tilt towards lighter or darker layers while the journey is
    brighter or darker than its target. All layers turn at the same moments, and the
    powers add up to 1 at each of them. At the journey's arrival the balance is the
    arrangement's own.
    """
    names = sorted(gains_db)
    arrival = glide_indices(brief)[-1]
    chance = generator(brief.seed, "arcs")
    turns = [(0, 0.0), *((index, 1.0) for index in _turns(brief, chance, len(names)))]
    if arrival:
        # The arrival takes the place of arcs that would turn beside it.
        turns = [turn for turn in turns if abs(turn[0] - arrival) > NEAR]
        turns = sorted([*turns, (arrival, 0.0)])
    knots: dict[str, list[Knot]] = {name: [] for name in names}
    for index, share in turns:
        swings = share * brief.plan.arc_db * chance.uniform(-1, 1, len(names))
        tilt = journey["brightness"].value(index) - journey["brightness"].knots[-1][1]
        moved = balanced(
            {
                name: gains_db[name] + float(swing) + tilted_db(name, tilt)
                for name, swing in zip(names, swings, strict=True)
            }
        )
        for name, gain in moved.items():
            knots[name].append((index, round(gain, 4)))
    return {name: Curve.through(*of) for name, of in knots.items()}


def _turns(brief: Brief, chance: np.random.Generator, n_layers: int) -> list[int]:
    """Return the sample indices at which the arcs turn; one layer alone has none."""
    step = max(1.0, brief.minutes / (ARC_MINUTES[0] * MOST_ARC_KNOTS))
    end = minutes_to_samples(brief.minutes)
    turns: list[int] = []
    index = 0
    while n_layers > 1:
        index += minutes_to_samples(step * chance.uniform(*ARC_MINUTES))
        if index >= end:
            break
        turns.append(index)
    return turns


def _with_dawn(brief: Brief, gains: Mapping[str, Curve]) -> dict[str, Curve]:
    """Return the gains with the dawn's layer rising among the others at its time."""
    assert brief.dawn is not None
    block = brief.dawn.block
    rise = minutes_to_samples(brief.dawn.at_minutes)
    risen = rise + minutes_to_samples(DAWN_SWELL_MINUTES)
    swell = (0, GONE_DB), (rise, GONE_DB), (risen, DAWN_GAINS_DB[block])
    return {**gains, block: Curve.through(*swell)}
