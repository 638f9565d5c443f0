"""Sparse phrases over the harmony: when a plucked layer sounds, and on which pitches.

Time is cut into slots, each long enough for one phrase and the breath after it. What a
slot holds depends on its number, on the harmony and on the parameters as they stand
when it begins; nothing is carried over, so any slot can be asked for first.
"""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from undersong.compose.scales import pitch_of
from undersong.compose.score import Harmony
from undersong.sound import chance
from undersong.sound.harmony import chords
from undersong.sound.instruments import INSTRUMENTS, STRENGTHS, Instrument, pan_of
from undersong.sound.melody import Compass, compass, line, varied
from undersong.sound.part import Floats, Indices, Part
from undersong.units import SAMPLE_RATE, midi_to_hz

GROUP = 8
"""Slots whose notes are worked out together, about 80 s of them."""

GAP_BEATS = (1, 2, 3)
GAP_SHARES = (0.72, 0.21, 0.07)
"""Beats between neighbouring onsets and how often: a renewal process whose refractory
time is the beat."""

GAP_BOUNDS = tuple(np.cumsum(GAP_SHARES[:-1]))
MEAN_GAP_BEATS = sum(b * s for b, s in zip(GAP_BEATS, GAP_SHARES, strict=True))

SHORTEST_GAP_SECONDS = 60 / 70
"""No two onsets of a layer are closer: never more than 70 events a minute."""

JITTER_SECONDS = 0.06
"""Onsets come up to this late: 30 ms either way of where the beat is felt."""

PHRASE_SHARE = 0.6
"""Share of the time that phrases fill at the given density; the rest is breath."""

MOST_NOTES = 16
"""In one phrase."""

DRAWS = 48
"""Random values for the rhythm of a phrase, and for each draft."""

DRAFTS = 3
"""Phrases drawn for a slot; the first that was not drawn lately is played."""

NO_REPEAT_SECONDS = 120

STRENGTH_WANDERS = 0.3
"""How far smooth chance may lift or lower the strength of a note."""

WANDER_DB = 9.0
"""What the same chance adds to a note's level at its furthest; 4 dB is usual."""

STEADY = 0.1
"""A density that falls by less than this share within a slot leaves out nothing."""

WANDER_PERIOD = 8 * SAMPLE_RATE

BRIGHTNESS_SHARE = 0.6
"""How much of a note's timbre comes from the brightness, the rest from its strength."""

GOLDEN = 0.6180339887498949
"""Steps of the golden ratio spread the resting slots evenly without a period."""


class Note(NamedTuple):
    """One note of a plucked layer."""

    onset: int
    """Sample index."""
    pitch: float
    """MIDI note number, fractional in just tuning."""
    frequency_hz: float
    strength: float
    """0 barely touched, 1 firm."""
    level_db: float
    """Against the layer's usual note: smooth chance around 0."""
    pan: float
    """-1 left, 1 right."""
    step: int
    """Step of timbre, 0 to ``STRENGTHS - 1``."""


class Style(NamedTuple):
    """The parameters of a layer as they stand at the beginning of a slot."""

    density: float
    register: float
    rest: float
    motif: float


class Draft(NamedTuple):
    """One way to fill a slot."""

    indices: tuple[int, ...]
    degrees: tuple[int, ...]


def notes(part: Part, begin: int, end: int) -> list[Note]:
    """Return the notes of a plucked layer whose onsets lie in a span.

    Parameters
    ----------
    part : Part
        Of a block named like a row of `INSTRUMENTS`.
    begin, end : int
        Sample indices.

    Returns
    -------
    notes : list of Note
        In order of onset; what `sound.blocks` plays and what a picture may draw.
    """
    instrument = INSTRUMENTS[part.block.name]
    length = round(instrument.slot_seconds * SAMPLE_RATE)
    shift = int(chance.bits(part.seed, 0x51) % np.uint64(length))
    first = max((begin + shift) // length, 0)
    last = (end - 1 + shift) // length
    return [
        note
        for group in range(first // GROUP, last // GROUP + 1)
        for note in part.memo.get(
            notes, group, partial(_group, part, instrument, shift, group)
        )
        if begin <= note.onset < end
    ]


def _group(part: Part, instrument: Instrument, shift: int, group: int) -> list[Note]:
    """Return the notes of neighbouring slots, whose beginnings lie `shift` early."""
    length = round(instrument.slot_seconds * SAMPLE_RATE)
    first = group * GROUP
    memory = int(np.ceil(NO_REPEAT_SECONDS / instrument.slot_seconds)) + 1
    numbers = np.arange(max(first - memory, 0), first + GROUP)
    styles = _styles(part, np.maximum(numbers * length - shift, 0))
    drafts = [
        _drafts(
            _Slot(
                part.block.name, part.seed, int(number), int(number) * length - shift
            ),
            part.harmony,
            part.score.signature.motifs,
            style,
        )
        for number, style in zip(numbers, styles, strict=True)
    ]
    planned = [
        (onset, degree, styles[at].density)
        for at in range(len(numbers))
        if numbers[at] >= first
        for onset, degree in zip(*_unheard(drafts, at, memory), strict=True)
    ]
    return _played(part, instrument, planned) if planned else []


def _styles(part: Part, at: Indices) -> list[Style]:
    columns = {name: part.param(name, at) for name in Style._fields}
    columns["density"] = _density(part, at)
    if part.score.outcome != "calm":
        # A tune that stays in the mind is in the way of sleep and of work.
        columns["motif"] = np.zeros(len(at))
    rows = zip(*(columns[name].tolist() for name in Style._fields), strict=True)
    return [Style(*row) for row in rows]


def _density(part: Part, at: Indices) -> Floats:
    """Return the notes a minute; warm weather slows the playing."""
    return part.param("density", at) * (1 - 0.4 * (part.weather("warmth", at) - 0.5))


class _Slot(NamedTuple):
    block: str
    seed: int
    number: int
    begin: int


def _unheard(drafts: list[tuple[Draft, ...]], at: int, memory: int) -> Draft:
    """Return the first draft of a slot that no slot of the last two minutes drew.

    Compared with all drafts of those slots, not with what they played: so it needs
    no knowledge of their choice. Short of one, the slot rests.
    """
    lately = {
        draft.degrees
        for slot in drafts[max(at - memory, 0) : at]
        for draft in slot
        if len(draft.degrees) > 2
    }
    fresh = (draft for draft in drafts[at] if draft.degrees not in lately)
    return next(fresh, Draft((), ()))


@lru_cache(maxsize=4096)
def _drafts(
    slot: _Slot, harmony: Harmony, motifs: tuple[tuple[int, ...], ...], style: Style
) -> tuple[Draft, ...]:
    # The low bits of the layer's seed turn the golden steps to a place of its own.
    if (slot.number * GOLDEN + (slot.seed % 997) / 997) % 1.0 < style.rest:
        return (Draft((), ()),)
    draws = chance.uniform(
        chance.address(slot.seed, slot.number), np.arange((1 + DRAFTS) * DRAWS)
    ).reshape(1 + DRAFTS, DRAWS)
    indices = _onsets(slot, style, draws[0])
    if not indices:
        return (Draft((), ()),)
    sounding = chords(harmony, indices[0], indices[-1] + 1)
    under = [
        next(chord.degrees for chord in reversed(sounding) if chord.begin <= index)
        for index in indices
    ]
    drafts = []
    for own in draws[1:]:
        degrees = line(_compass(slot.block, harmony), under, own[8:], style.register)
        stride = 1
        if motifs and own[0] < style.motif:
            degrees, stride = varied(motifs, degrees, own[1:8])
        taken = indices[::stride][: len(degrees)]
        drafts.append(Draft(taken, degrees[: len(taken)]))
    return tuple(drafts)


def _compass(block: str, harmony: Harmony) -> Compass:
    instrument = INSTRUMENTS[block]
    return compass(harmony.tonic, harmony.scale, instrument.low, instrument.high)


def _onsets(slot: _Slot, style: Style, draws: Floats) -> tuple[int, ...]:
    """Return the onsets of a slot: a few beats apart each, somewhere within it."""
    length = INSTRUMENTS[slot.block].slot_seconds
    many = min(int(draws[0] + length * style.density / 60), MOST_NOTES)
    if many == 0:
        return ()
    beat = PHRASE_SHARE * 60 / style.density / MEAN_GAP_BEATS
    beat = max(beat, SHORTEST_GAP_SECONDS)
    beats = np.take(GAP_BEATS, np.searchsorted(GAP_BOUNDS, draws[2 : many + 1]))
    at = beat * np.cumsum(np.concatenate([[0], beats]))
    # The end of the slot stays free: the next one may begin at once.
    at = at[at <= length - SHORTEST_GAP_SECONDS]
    at += draws[1] * (length - SHORTEST_GAP_SECONDS - at[-1])
    jitter = min(JITTER_SECONDS, (beat - SHORTEST_GAP_SECONDS) / 2)
    at += jitter * draws[-len(at) :]
    indices = slot.begin + np.round(at * SAMPLE_RATE).astype(np.int64)
    return tuple(int(index) for index in indices if index >= 0)


def _played(
    part: Part, instrument: Instrument, planned: list[tuple[int, int, float]]
) -> list[Note]:
    """Return planned notes (onset, degree, density of their slot) with their touch.

    The touch is that of the moment. Where the density has fallen since the slot began,
    notes are left out in proportion: a wish for less is heard at once.
    """
    harmony = part.harmony
    at = np.array([onset for onset, _, _ in planned], np.int64)
    kept = _density(part, at) / [density for _, _, density in planned]
    sounds = chance.uniform(chance.address(part.seed, 0x7B), at) < kept + STEADY
    wander = chance.smooth(chance.address(part.seed, 0x57), at, WANDER_PERIOD)
    strength = np.clip(part.param("strength", at) + STRENGTH_WANDERS * wander, 0.0, 1.0)
    warmth = part.weather("warmth", at) - 0.5
    bright = np.clip(part.param("brightness", at) + 0.3 * warmth, 0.0, 1.0)
    openness = BRIGHTNESS_SHARE * bright + (1 - BRIGHTNESS_SHARE) * strength
    steps = np.round(openness * (STRENGTHS - 1)).astype(int).tolist()
    touches = list(zip(strength.tolist(), (WANDER_DB * wander).tolist(), strict=True))
    found = []
    for number in np.flatnonzero(sounds).tolist():
        onset, degree, _ = planned[number]
        pitch = pitch_of(
            degree, tonic=harmony.tonic, scale=harmony.scale, tuning=harmony.tuning
        )
        pan = pan_of(instrument, pitch)
        touch = touches[number]
        found.append(Note(onset, pitch, midi_to_hz(pitch), *touch, pan, steps[number]))
    return found
