"""What a person does while it plays, as events that change nothing before them.

An event carries the offsets it adds to the score's curves, computed here once; the
engine only adds them. Each glide takes 4 to 12 seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.curve import Curve, Knot
from undersong.compose.journey import GLIDE_STEPS, glide_end, minutes_to_samples
from undersong.compose.mapping import (
    row_of,
    start_of,
    target_of,
    tilted_db,
    to_unit,
    to_value,
)
from undersong.compose.plans import DIMENSIONS, PLANS
from undersong.compose.score import (
    SILENT_DB,
    Because,
    Change,
    Event,
    Reason,
    Score,
)
from undersong.compose.state import Said, State, state_of
from undersong.errors import ParameterError
from undersong.hear.reading import Reading
from undersong.units import seconds_to_samples

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

GLIDE_SECONDS = 6.0
AIM_SECONDS = 12.0
"""A check-in moves further, so it takes the longest glide there is."""

SOFTEST_LUFS, LOUDEST_LUFS = -60.0, -18.0
UNHEARD_DB = -40.0
"""More of a layer below this brings it back whole."""

MOST_GAIN_DB = 6.0
"""A layer asked for again and again stops here."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One row: a word a person taps, and what it moves."""

    name: str
    label: str
    help: str
    loudness_db: float = 0.0
    journey: Mapping[str, float] | None = None
    """Added to the journey's curves, and through them to what the blocks are told."""


NUDGES: tuple[Nudge, ...] = (
    Nudge("softer", "softer", "The whole sound drops by 4 dB.", loudness_db=-4.0),
    Nudge("louder", "louder", "The whole sound rises by 3 dB.", loudness_db=3.0),
    Nudge(
        "darker",
        "darker",
        "Tones and beds lose brightness.",
        journey={"brightness": -0.25},
    ),
    Nudge(
        "brighter",
        "brighter",
        "Tones and beds gain brightness.",
        journey={"brightness": 0.25},
    ),
    Nudge(
        "less_busy",
        "less busy",
        "Fewer notes and events.",
        journey={"density": -0.3, "arousal": -0.2},
    ),
    Nudge(
        "busier",
        "busier",
        "More notes and events.",
        journey={"density": 0.3, "arousal": 0.2},
    ),
    Nudge(
        "warmer",
        "warmer",
        "Rounder, closer tones.",
        journey={"warmth": 0.25, "brightness": -0.1},
    ),
)

NUDGE_BY_NAME: Mapping[str, Nudge] = {row.name: row for row in NUDGES}

GONE_DB = SILENT_DB - 10.0
"""Well below what is rendered, whatever the layer's slow arcs add."""

LAYER_NUDGES: Mapping[str, tuple[str, float]] = {
    "more": ("more {}", 4.0),
    "less": ("less {}", -4.0),
    "no": ("no {}", GONE_DB),
}
"""Before the colon of ``more:rain``: what it is called and the layer's gain in dB."""


def nudges_for(score: Score) -> tuple[tuple[str, str], ...]:
    """Return the names and labels of all nudges that fit a score."""
    whole = [(row.name, row.label) for row in NUDGES]
    layers = [
        (f"{verb}:{layer.block}", label.format(BLOCK_BY_NAME[layer.block].label))
        for layer in score.layers
        for verb, (label, _) in LAYER_NUDGES.items()
    ]
    return (*whole, *layers)


def nudge(score: Score, name: str, at: int) -> Score:
    """Return the score with one nudge.

    Parameters
    ----------
    score : Score
        As it plays.
    name : str
        A row of `NUDGES`, or ``more:``, ``less:`` or ``no:`` and a block that plays.
    at : int
        Sample index from which it is to be heard.

    Returns
    -------
    score : Score
        With the event appended; nothing before `at` differs.

    Raises
    ------
    ParameterError
        If there is no such nudge, the block does not play, or `at` lies before the
        last event.
    """
    if ":" in name:
        changes = _layer_changes(score, name, at)
        sentence = f"You asked for {_layer_label(name)}."
    elif name in NUDGE_BY_NAME:
        row = NUDGE_BY_NAME[name]
        changes = (*_level_changes(score, row, at), *_journey_changes(score, row, at))
        sentence = f"You asked for {row.label}. {row.help}"
    else:
        raise ParameterError(
            f"nudge {name!r} is not known; use one of {', '.join(NUDGE_BY_NAME)}, "
            "or more:, less:, no: and a layer such as "
            f"more:{score.layers[0].block}"
        )
    event = Event(at=at, kind="nudge", name=name, changes=tuple(changes))
    return _with_event(score, event, sentence)


def stop(score: Score, at: int) -> Score:
    """Return the score with its ending begun at a sample index."""
    sentence = f"You stopped it; it fades over {score.outro_seconds:g} seconds."
    return _with_event(score, Event(at=at, kind="stop"), sentence)


def pause(score: Score, at: int) -> Score:
    """Return the score with a mark that playing paused here; the sound is the same."""
    return _with_event(score, Event(at=at, kind="pause"), "You paused it here.")


def resume(score: Score, at: int) -> Score:
    """Return the score with a mark that playing went on here; the sound is the same."""
    return _with_event(score, Event(at=at, kind="resume"), "You went on from here.")


def check_in(
    score: Score,
    at: int,
    *,
    reading: Reading | None = None,
    said: Said | None = None,
    voice_weight: float = 1.0,
) -> Score:
    """Return the score re-aimed from where the person is now.

    The journey moves within 12 seconds to where it would begin for this state, then
    glides to the target it would have, over what the outcome allows.

    Parameters
    ----------
    score : Score
        As it plays.
    at : int
        Sample index from which it is to be heard.
    reading : Reading or None
        What was heard now.
    said : mapping or None
        Any of stress, fatigue and energy, 0..10; it wins over the reading.
    voice_weight : float
        How far this person's voice is trusted, 0..1.

    Returns
    -------
    score : Score
        With the event appended; nothing before `at` differs.

    Raises
    ------
    ParameterError
        If what was said is outside its rule, or `at` lies before the last event.
    """
    state = state_of(reading, said, voice_weight=voice_weight)
    changes = _aimed_changes(score, state, at)
    source: Because = "said" if state.source == "usual" else state.source
    first = "what you said" if source == "said" else "how you sounded"
    sentence = f"A check-in: the journey moves on from {first}."
    event = Event(at=at, kind="check_in", changes=changes)
    return _with_event(score, event, sentence, source)


def _with_event(
    score: Score, event: Event, sentence: str, source: Because = "request"
) -> Score:
    reason = Reason(
        choice=f"events.{len(score.events)}",
        because=source,
        sentence=sentence,
        otherwise="Untouched, it would have gone on as planned.",
    )
    return score.with_event(event.model_copy(update={"reasons": (reason,)}))


# Offsets


def _level_changes(score: Score, row: Nudge, at: int) -> Iterator[Change]:
    if row.loudness_db:
        yield from _moved(
            score, "loudness_lufs", at, row.loudness_db, (SOFTEST_LUFS, LOUDEST_LUFS)
        )


def _layer_label(name: str) -> str:
    verb, _, block = name.partition(":")
    return LAYER_NUDGES[verb][0].format(BLOCK_BY_NAME[block].label)


def _layer_changes(score: Score, name: str, at: int) -> tuple[Change, ...]:
    verb, _, block = name.partition(":")
    playing = [layer.block for layer in score.layers]
    if verb not in LAYER_NUDGES or block not in playing:
        raise ParameterError(
            f"nudge {name!r} must be more:, less: or no: and a layer that plays: "
            + ", ".join(playing)
        )
    target = f"layers.{playing.index(block)}.gain_db"
    if verb == "more" and score.at(target, np.array([at], np.int64))[0] < UNHEARD_DB:
        return tuple(_restored(score, target, at))
    _, gain_db = LAYER_NUDGES[verb]
    return tuple(_moved(score, target, at, gain_db, (GONE_DB, MOST_GAIN_DB)))


def _restored(score: Score, target: str, at: int) -> Iterator[Change]:
    """Yield the change that brings a curve back to what was planned."""
    indices = _knots_after(score, target, at, GLIDE_SECONDS)
    later = np.array(indices[1:], np.int64)
    planned = score.curve(target).at(later)
    yield from _change(target, indices, planned - score.at(target, later))


def _moved(
    score: Score, target: str, at: int, by: float, span: tuple[float, float]
) -> Iterator[Change]:
    """Yield the change that moves a curve by some amount, kept within a span."""
    indices = _knots_after(score, target, at, GLIDE_SECONDS)
    now = score.at(target, np.array(indices[1:], np.int64))
    # A curve that already lies outside the span may stay, but not go further.
    low, high = min(span[0], *now), max(span[1], *now)
    wanted = np.clip(now + by, low, high)
    yield from _change(target, indices, wanted - now)


def _knots_after(score: Score, target: str, at: int, glide: float) -> list[int]:
    """Return the event's index, its glide's end, and later knots of the curve."""
    end = at + seconds_to_samples(glide)
    curves = [score.curve(target)]
    curves += [c.offset for e in score.events for c in e.changes if c.target == target]
    later = {index for curve in curves for index, _ in curve.knots if index > end}
    return [at, end, *sorted(later)]


def _change(target: str, indices: list[int], offsets: Floats) -> Iterator[Change]:
    if np.any(np.abs(offsets) > 1e-9):
        knots: list[Knot] = [(indices[0], 0.0)]
        knots += [(i, float(o)) for i, o in zip(indices[1:], offsets, strict=True)]
        yield Change(target=target, offset=Curve.through(*knots))


def _journey_changes(score: Score, row: Nudge, at: int) -> Iterator[Change]:
    if not row.journey:
        return
    indices = [at, at + seconds_to_samples(GLIDE_SECONDS)]
    indices += _later_knots(score, indices[-1])
    moves: dict[str, Floats] = {
        name: np.full(len(indices) - 1, row.journey.get(name, 0.0))
        for name in DIMENSIONS
    }
    yield from _followed(score, indices, moves)


def _later_knots(score: Score, after: int) -> list[int]:
    """Return all knots of the journey and parameters after an index."""
    targets = [f"journey.{name}" for name in DIMENSIONS]
    for number, layer in enumerate(score.layers):
        targets += [f"layers.{number}.params.{name}" for name in layer.params]
        targets.append(f"layers.{number}.gain_db")
    curves = [score.curve(target) for target in targets]
    curves += [change.offset for event in score.events for change in event.changes]
    return sorted({i for curve in curves for i, _ in curve.knots if i > after})


def _followed(
    score: Score, indices: list[int], moves: Mapping[str, Floats]
) -> Iterator[Change]:
    """Yield changes of the journey, and of every parameter that listens to it."""
    later = np.array(indices[1:], np.int64)
    for curve in DIMENSIONS:
        target = f"journey.{curve}"
        now = score.at(target, later)
        yield from _change(target, indices, np.clip(now + moves[curve], 0, 1) - now)
    yield from _tilted(score, indices, moves["brightness"])
    for number, layer in enumerate(score.layers):
        for name in layer.params:
            weights = row_of(name).weights
            if weights:
                target = f"layers.{number}.params.{name}"
                move = np.sum([w * moves[c] for c, w in weights.items()], axis=0)
                offsets = _parameter_offsets(score, target, later, move)
                yield from _change(target, indices, offsets)


def _tilted(score: Score, indices: list[int], brightness: Floats) -> Iterator[Change]:
    """Yield changes of the balance for a move in brightness, at the same level."""
    later = np.array(indices[1:], np.int64)
    now = [
        score.at(f"layers.{number}.gain_db", later)
        for number in range(len(score.layers))
    ]
    moved = [
        gains + np.array([tilted_db(layer.block, float(b)) for b in brightness])
        for gains, layer in zip(now, score.layers, strict=True)
    ]
    level = power_db(moved) - power_db(now)
    for number, (before, after) in enumerate(zip(now, moved, strict=True)):
        change = np.where(before > UNHEARD_DB, after - level - before, 0.0)
        yield from _change(f"layers.{number}.gain_db", indices, change)


def power_db(gains_db: Sequence[Floats]) -> Floats:
    """Return the level of several gains together, dB."""
    total: Floats = 10 * np.log10(np.sum([10 ** (g / 10) for g in gains_db], axis=0))
    return total


def _parameter_offsets(
    score: Score, target: str, later: Indices, move: Floats
) -> Floats:
    """Return what a parameter moves by, for a move in units of its range."""
    _, number, _, name = target.split(".")
    row = BLOCK_BY_NAME[score.layers[int(number)].block].parameter(name)
    now = score.at(target, later)
    units = np.array([to_unit(row, value) for value in now])
    low, high = PLANS[score.outcome].units.get(name, (0.0, 1.0))
    # A setting asked for outside the outcome's share may stay, but not go further.
    wanted = np.clip(units + move, np.minimum(low, units), np.maximum(high, units))
    moved = np.array([to_value(row, unit) for unit in np.clip(wanted, 0, 1)])
    return moved - now


def _aimed_changes(score: Score, state: State, at: int) -> tuple[Change, ...]:
    plan = PLANS[score.outcome]
    aim = at + seconds_to_samples(AIM_SECONDS)
    left = max(1.0, score.minutes - at / minutes_to_samples(1.0))
    glide = glide_end(plan, left)
    steps = [aim + glide * (i + 1) // GLIDE_STEPS for i in range(GLIDE_STEPS)]
    indices = sorted({at, aim, *steps, *_later_knots(score, aim)})
    later = np.array(indices[1:], np.int64)
    start, target = start_of(plan, state), target_of(plan, state)
    moves: dict[str, Floats] = {}
    for name in DIMENSIONS:
        arrived = _arrival(score, name)
        trimmed = arrived + target[name] - plan.target[name]
        first, last = (
            (start[name], arrived) if score.shape == "meet" else (trimmed, trimmed)
        )
        wanted = Curve.through((aim, first), (aim + glide, last)).at(later)
        moves[name] = np.clip(wanted, 0, 1) - score.at(f"journey.{name}", later)
    return tuple(_followed(score, indices, moves))


def _arrival(score: Score, name: str) -> float:
    """Return where a curve of the journey ends, nudges included, check-ins not."""
    target = f"journey.{name}"
    end = score.curve(target).knots[-1][1]
    for event in score.events:
        for change in event.changes:
            if event.kind == "nudge" and change.target == target:
                end += change.offset.knots[-1][1]
    return end
