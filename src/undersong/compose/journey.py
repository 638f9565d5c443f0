"""Journey and level as curves: how a session moves from its start to its target."""

from collections.abc import Mapping

from undersong.compose.brief import DAWN_MINUTES, Brief
from undersong.compose.candidates import Candidate, leaned
from undersong.compose.curve import Curve
from undersong.compose.mapping import TIRED_LEVEL_LU, parts_of, start_of
from undersong.compose.plans import DIMENSIONS, Plan
from undersong.units import seconds_to_samples

GLIDE_STEPS = 4
"""Parts of a glide at which curves that follow the journey get a knot."""

SLEEP_FALL_SHARE = 0.55
"""Share of a sleep session after which its level has fallen to the plan's end."""

ALL_NIGHT_FALL_MINUTES = 40.0

INAUDIBLE_LUFS = -72.0
"""Where a fade to silence ends."""

FADE_LU_PER_MINUTE = 10.0
"""No faster: 0.5 LU in 3 s, half as much again at its steepest. A session too short to
reach silence so slowly leaves the rest to its ending."""

DAWN_LUFS = -30.0
DAWN_RISE_MINUTES = 6.0

Journey = Mapping[str, Curve]


def minutes_to_samples(minutes: float) -> int:
    """Return the sample index of a time in minutes."""
    return seconds_to_samples(60.0 * minutes)


def glide_end(plan: Plan, minutes: float) -> int:
    """Return the sample index at which the journey arrives."""
    return minutes_to_samples(min(plan.glide_share * minutes, plan.glide_minutes))


def journey_of(brief: Brief, candidate: Candidate) -> Journey:
    """Return the journey's curves: one glide for *meet*, none for *settle*."""
    target = candidate.target(brief)
    if brief.shape == "settle":
        return {name: Curve.constant(target[name]) for name in DIMENSIONS}
    start = leaned(start_of(brief.plan, brief.state), candidate.leans)
    end = glide_end(brief.plan, brief.minutes)
    return {
        name: Curve.through((0, start[name]), (end, target[name]))
        for name in DIMENSIONS
    }


def at(journey: Journey, index: int) -> dict[str, float]:
    """Return the journey's values at one sample index."""
    return {name: journey[name].value(index) for name in DIMENSIONS}


def glide_indices(brief: Brief) -> tuple[int, ...]:
    """Return the sample indices at which curves that follow the journey have knots."""
    if brief.shape == "settle":
        return (0,)
    end = glide_end(brief.plan, brief.minutes)
    return tuple(end * step // GLIDE_STEPS for step in range(GLIDE_STEPS + 1))


def loudness_of(brief: Brief) -> Curve:
    """Return the wanted loudness of the mix over time, in LUFS."""
    plan = brief.plan
    if brief.outcome != "sleep":
        return Curve.constant(plan.loudness_lufs)
    tired = max(0.0, parts_of(brief.state)["tiredness"])
    begin = plan.loudness_lufs + TIRED_LEVEL_LU * tired
    end = minutes_to_samples(brief.minutes)
    if brief.all_night:
        fallen = min(minutes_to_samples(ALL_NIGHT_FALL_MINUTES), end)
        knots = [(0, begin), (fallen, plan.end_lufs)]
        last = plan.end_lufs
    else:
        fallen = round(SLEEP_FALL_SHARE * end)
        low = _lowered(begin, plan.end_lufs, fallen)
        last = _lowered(low, INAUDIBLE_LUFS, end - fallen)
        knots = [(0, begin), (fallen, low), (end, last)]
    if brief.dawn is not None:
        rise = minutes_to_samples(brief.dawn.at_minutes)
        if rise > knots[-1][0]:
            knots.append((rise, last))
        risen = rise + minutes_to_samples(DAWN_RISE_MINUTES)
        knots.append((risen, DAWN_LUFS))
    return Curve.through(*knots)


def _lowered(lufs: float, wanted_lufs: float, n_samples: int) -> float:
    """Return the loudness wanted, or how near to it so many samples may lead."""
    minutes = n_samples / minutes_to_samples(1.0)
    return max(wanted_lufs, lufs - FADE_LU_PER_MINUTE * minutes)


def fades_of(brief: Brief) -> tuple[float, float]:
    """Return fade-in and outro in seconds, shorter for very short sessions."""
    seconds = 60 * (brief.minutes if brief.dawn is None else DAWN_MINUTES)
    plan = brief.plan
    return (
        min(plan.fade_in_seconds, 0.04 * seconds),
        min(plan.outro_seconds, 0.08 * seconds),
    )
