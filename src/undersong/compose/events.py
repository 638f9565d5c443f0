"""What a person does while it plays, as events that change nothing before them.

An event carries the offsets it adds to the score's curves, computed here once; the
engine only adds them. Each glide takes 4 to 12 seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.curve import Curve
from undersong.compose.dials import SOFTEST_LUFS, loudest_lufs, turned
from undersong.compose.journey import GLIDE_STEPS, glide_end, minutes_to_samples
from undersong.compose.mapping import start_of, target_of
from undersong.compose.offsets import (
    UNHEARD_DB,
    Floats,
    followed,
    journey_moved,
    later_knots,
    moved_by,
    restored,
)
from undersong.compose.plans import DIMENSIONS, PLANS
from undersong.compose.score import GONE_DB, Because, Change, Event, Reason, Score
from undersong.compose.state import Said, State, state_of
from undersong.errors import ParameterError
from undersong.hear.reading import Reading
from undersong.phrases import phrase
from undersong.units import seconds_to_samples

AIM_SECONDS = 12.0
"""A check-in moves further, so it takes the longest glide there is."""

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

LAYER_NUDGES: Mapping[str, tuple[str, float]] = {
    "more": (phrase("more {sound}"), 4.0),
    "less": (phrase("less {sound}"), -4.0),
    "no": (phrase("no {sound}"), GONE_DB),
}
"""Before the colon of ``more:rain``: what it is called and the layer's gain in dB."""


def nudges_for(score: Score) -> tuple[tuple[str, str], ...]:
    """Return the names and labels of all nudges that fit a score."""
    whole = [(row.name, row.label) for row in NUDGES]
    layers = [
        (f"{verb}:{layer.block}", phrase(label, sound=BLOCK_BY_NAME[layer.block].label))
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
        A row of `NUDGES`; ``more:``, ``less:`` or ``no:`` and a block that plays; or
        a dial and its place, such as ``level:rain=30``.
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
    if "=" in name:
        changes, sentence = turned(score, name, at)
    elif ":" in name:
        changes = _layer_changes(score, name, at)
        sentence = phrase("You asked for {wish}.", wish=_layer_label(name))
    elif name in NUDGE_BY_NAME:
        row = NUDGE_BY_NAME[name]
        changes = (
            *_level_changes(score, row, at),
            *journey_moved(score, at, row.journey or {}),
        )
        sentence = phrase(
            "You asked for {wish}. {effect}", wish=row.label, effect=row.help
        )
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
    sentence = phrase(
        "You stopped it; it fades over {seconds:g} seconds.",
        seconds=score.outro_seconds,
    )
    return _with_event(score, Event(at=at, kind="stop"), sentence)


def pause(score: Score, at: int) -> Score:
    """Return the score with a mark that playing paused here; the sound is the same."""
    return _with_event(score, Event(at=at, kind="pause"), phrase("You paused it here."))


def resume(score: Score, at: int) -> Score:
    """Return the score with a mark that playing went on here; the sound is the same."""
    return _with_event(
        score, Event(at=at, kind="resume"), phrase("You went on from here.")
    )


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
    sentence = CHECKED_IN[source == "said"]
    event = Event(at=at, kind="check_in", changes=changes)
    return _with_event(score, event, sentence, source)


CHECKED_IN: Mapping[bool, str] = {
    True: phrase("A check-in: the journey moves on from what you said."),
    False: phrase("A check-in: the journey moves on from how you sounded."),
}
"""By whether it was said."""


def _with_event(
    score: Score, event: Event, sentence: str, source: Because = "request"
) -> Score:
    reason = Reason(
        choice=f"events.{len(score.events)}",
        because=source,
        sentence=sentence,
        otherwise=phrase("Untouched, it would have gone on as planned."),
    )
    return score.with_event(event.model_copy(update={"reasons": (reason,)}))


def _level_changes(score: Score, row: Nudge, at: int) -> Iterator[Change]:
    if row.loudness_db:
        span = (SOFTEST_LUFS, loudest_lufs(score))
        yield from moved_by(score, "loudness_lufs", at, row.loudness_db, span)


def _layer_label(name: str) -> str:
    verb, _, block = name.partition(":")
    return phrase(LAYER_NUDGES[verb][0], sound=BLOCK_BY_NAME[block].label)


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
        return tuple(restored(score, target, at))
    _, gain_db = LAYER_NUDGES[verb]
    return tuple(moved_by(score, target, at, gain_db, (GONE_DB, MOST_GAIN_DB)))


def _aimed_changes(score: Score, state: State, at: int) -> tuple[Change, ...]:
    plan = PLANS[score.outcome]
    aim = at + seconds_to_samples(AIM_SECONDS)
    left = max(1.0, score.minutes - at / minutes_to_samples(1.0))
    glide = glide_end(plan, left)
    steps = [aim + glide * (i + 1) // GLIDE_STEPS for i in range(GLIDE_STEPS)]
    indices = sorted({at, aim, *steps, *later_knots(score, aim)})
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
    return tuple(followed(score, indices, moves))


def _arrival(score: Score, name: str) -> float:
    """Return where a curve of the journey ends, nudges included, check-ins not."""
    target = f"journey.{name}"
    end = score.curve(target).knots[-1][1]
    for event in score.events:
        for change in event.changes:
            if event.kind == "nudge" and change.target == target:
                end += change.offset.knots[-1][1]
    return end
