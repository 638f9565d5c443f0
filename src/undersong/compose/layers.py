"""The arrangement as layers: parameters that follow the journey, gains that breathe."""

from collections.abc import Mapping

from undersong.compose.arrangement import Candidate, balanced
from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.brief import Brief
from undersong.compose.chance import generator, seed_for
from undersong.compose.curve import Curve, Knot
from undersong.compose.journey import Journey, at, glide_indices, minutes_to_samples
from undersong.compose.mapping import to_value, unit_of
from undersong.compose.score import SILENT_DB, Layer

ARC_MINUTES = (3.0, 7.0)
"""Time from turn to turn of the slow arcs in the balance."""

MOST_ARC_KNOTS = 48

DAWN_SWELL_MINUTES = 3.0
DAWN_UNDER_DB = -8.0
"""The night's own layers sink this far under the dawn."""


def layers_of(
    brief: Brief, candidate: Candidate, journey: Journey
) -> tuple[Layer, ...]:
    """Return the layers, loudest first."""
    gains = arcs_of(brief, candidate.gains_db)
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
        for name in sorted(gains, key=lambda name: -gains[name].knots[0][1])
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


def arcs_of(brief: Brief, gains_db: Mapping[str, float]) -> dict[str, Curve]:
    """Return each layer's gain over time: slow arcs that keep the total at 0 LU.

    The arcs turn at the same moments for all layers, so that the powers add up to 1
    at each of them.
    """
    chance = generator(brief.seed, "arcs")
    gains_db = {name: gains_db[name] for name in sorted(gains_db)}
    end = minutes_to_samples(brief.minutes)
    knots: dict[str, list[Knot]] = {name: [(0, g)] for name, g in gains_db.items()}
    step = max(1.0, brief.minutes / (ARC_MINUTES[0] * MOST_ARC_KNOTS))
    index = 0
    while len(gains_db) > 1:
        minutes = step * chance.uniform(*ARC_MINUTES)
        index += minutes_to_samples(minutes)
        if index >= end:
            break
        swing = brief.plan.arc_db * chance.uniform(-1, 1, len(gains_db))
        moved = balanced(
            {n: g + float(s) for (n, g), s in zip(gains_db.items(), swing, strict=True)}
        )
        for name, gain in moved.items():
            knots[name].append((index, round(gain, 3)))
    return {name: Curve.through(*of) for name, of in knots.items()}


def _with_dawn(brief: Brief, gains: Mapping[str, Curve]) -> dict[str, Curve]:
    """Return the gains with the dawn's layer rising over the others at its time."""
    assert brief.dawn is not None
    rise = minutes_to_samples(brief.dawn.at_minutes)
    risen = rise + minutes_to_samples(DAWN_SWELL_MINUTES)
    night = {
        name: _sinking(curve, rise, risen)
        for name, curve in gains.items()
        if name != brief.dawn.block
    }
    morning = Curve.through((0, SILENT_DB), (rise, SILENT_DB), (risen, -0.8))
    return {**night, brief.dawn.block: morning}


def _sinking(curve: Curve, rise: int, risen: int) -> Curve:
    before = [knot for knot in curve.knots if knot[0] < rise]
    last = before[-1][1]
    return Curve.through(*before, (rise, last), (risen, last + DAWN_UNDER_DB))
