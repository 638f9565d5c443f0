from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sound.tonal.playing import PLUCKS, playing

from undersong.compose.curve import Curve
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.score import Change, Event
from undersong.sound import melody
from undersong.sound.instruments import INSTRUMENTS
from undersong.sound.part import Part
from undersong.sound.phrases import Note, notes
from undersong.units import SAMPLE_RATE, midi_to_hz

HOUR = 3600 * SAMPLE_RATE
MINUTE = 60 * SAMPLE_RATE


def played(block: str, seconds: float = 1800, **given: object) -> list[Note]:
    score = playing(block, **given)  # type: ignore[arg-type]
    return notes(Part(score, 0), 0, round(seconds * SAMPLE_RATE))


def phrases(found: list[Note], gap_seconds: float = 4.0) -> list[list[Note]]:
    """Return notes parted at pauses longer than the gaps inside any phrase."""
    parted: list[list[Note]] = [[found[0]]]
    for before, note in pairwise(found):
        if note.onset - before.onset > gap_seconds * SAMPLE_RATE:
            parted.append([])
        parted[-1].append(note)
    return parted


@settings(deadline=None)
@given(at=st.integers(0, 8 * HOUR), length=st.integers(1, 2 * MINUTE))
def test_any_moment_can_be_asked_first(at: int, length: int) -> None:
    part = Part(playing("kalimba"), 0)
    cut = at + length // 3
    parts = notes(part, cut, at + length), notes(part, at, cut)
    assert parts[1] + parts[0] == notes(part, at, at + length)


@pytest.mark.parametrize("block", PLUCKS)
def test_there_are_never_more_than_seventy_events_a_minute(block: str) -> None:
    densest = INSTRUMENTS[block] and {"bowl": 16.0}.get(block, 60.0)
    onsets = np.array([n.onset for n in played(block, density=densest, rest=0.0)])
    assert np.diff(onsets).min() >= 60 / 70 * SAMPLE_RATE - 1


@pytest.mark.parametrize("block", PLUCKS)
def test_onset_rate_follows_the_density(block: str) -> None:
    low, high = (2, 16) if block == "bowl" else (4, 50)
    falling = Curve.through((0, high), (HOUR // 2, low))
    onsets = [n.onset for n in played(block, density=falling)]
    per_minute, edges = np.histogram(onsets, np.arange(0, HOUR // 2 + 1, MINUTE))
    density = falling.at(edges[:-1] + MINUTE // 2)
    assert np.corrcoef(per_minute, density)[0, 1] > 0.8


@pytest.mark.parametrize("density", [8.0, 20.0, 35.0])
def test_density_is_the_mean_rate_without_rests(density: float) -> None:
    found = played("harp", 3600, density=density, rest=0.0, motif=0.0)
    assert len(found) / 60 == pytest.approx(density, rel=0.12)


def test_rests_leave_out_their_share() -> None:
    full, half = (len(played("harp", 3600, rest=share)) for share in (0.0, 0.5))
    assert half / full == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("block", PLUCKS)
@pytest.mark.parametrize("scale", ["hirajoshi", "lydian"])
def test_notes_lie_in_the_scale_and_in_the_compass(block: str, scale: str) -> None:
    row = INSTRUMENTS[block]
    classes = SCALE_BY_NAME[scale].semitones
    for note in played(block, 600, scale=scale, motif=0.0):
        assert row.low - 0.5 <= note.pitch <= row.high + 0.5
        assert round(note.pitch - 45) % 12 in classes
        assert note.frequency_hz == pytest.approx(midi_to_hz(note.pitch))


@pytest.mark.parametrize("block", ["kalimba", "felt_piano"])
def test_no_phrase_comes_back_within_two_minutes(block: str) -> None:
    found = phrases(played(block, 2 * 3600, density=24.0, motif=1.0))
    last: dict[tuple[float, ...], int] = {}
    for phrase in found:
        tune = tuple(note.pitch for note in phrase)
        if len(tune) > 2:
            before = last.get(tune)
            assert before is None or phrase[0].onset - before > 2 * MINUTE
            last[tune] = phrase[-1].onset


def test_the_notes_have_no_period() -> None:
    pitches = np.array([n.pitch for n in played("kalimba", 2 * 3600)])
    for lag in range(1, len(pitches) // 2):
        assert np.mean(pitches[lag:] == pitches[:-lag]) < 0.5


def test_onsets_are_not_on_a_grid() -> None:
    onsets = np.array([n.onset for n in played("kalimba", 3600, density=12.0)])
    gaps = np.diff(onsets) / SAMPLE_RATE
    beat = 0.6 * 60 / 12 / 1.35
    near = gaps[np.abs(gaps - beat) < 0.07]
    assert len(near) > 50
    assert 0.015 < np.std(near) < 0.04


def intervals(found: list[Note]) -> list[int]:
    return [round(b.pitch - a.pitch) for a, b in pairwise(found)]


def count_of_motif(found: list[Note]) -> int:
    """Count the signature's first phrase, 0 2 4 3 in dorian steps, anywhere."""
    steps = SCALE_BY_NAME["dorian"].semitones
    degree = {
        12 * octave + step: 7 * octave + place
        for octave in range(-1, 6)
        for place, step in enumerate(steps)
    }
    line = [degree[round(note.pitch - 45)] for note in found]
    moves = [b - a for a, b in pairwise(line)]
    return sum(moves[i : i + 3] in ([2, 2, -1], [-2, -2, 1]) for i in range(len(moves)))


def test_the_persons_phrase_returns_when_calm_and_never_in_sleep_or_focus() -> None:
    counts = {
        outcome: count_of_motif(
            played("kalimba", 3600, density=30.0, motif=0.9, outcome=outcome)
        )
        for outcome in ("calm", "focus", "sleep")
    }
    plain = count_of_motif(played("kalimba", 3600, density=30.0, motif=0.0))
    assert counts["calm"] > 3 * max(plain, 1)
    assert counts["sleep"] == counts["focus"] == plain


@settings(deadline=None)
@given(seed=st.integers(0, 2**53))
def test_a_variation_keeps_the_motifs_intervals_or_mirrors_them(seed: int) -> None:
    motif = (0, 2, 4, 3, 1)
    draws = np.random.default_rng(seed).random(5)
    degrees, stride = melody.varied((motif,), (9,) * 8, draws)
    assert degrees[0] == 9
    assert stride in (1, 2)
    moved = {tuple(9 + sign * d for d in motif) for sign in (1, -1)}
    whole = any(set(degrees) <= set(tune) for tune in moved)
    assert whole
    assert len(degrees) in (4, 5)


def test_a_line_begins_and_ends_on_its_chords() -> None:
    within = melody.compass(45, "dorian", 52, 79)
    chords = [(0, 4, 9, 14)] * 3 + [(3, 7, 12, 14)] * 3
    for seed in range(200):
        draws = np.random.default_rng(seed).random(16)
        degrees = melody.line(within, chords, draws, 0.5)
        assert degrees[0] % 7 in {d % 7 for d in chords[0]}
        assert degrees[-1] % 7 in {d % 7 for d in chords[-1]}


def test_register_moves_the_line() -> None:
    low, high = (
        np.mean([n.pitch for n in played("harp", register=r)]) for r in (0.0, 1.0)
    )
    assert high - low > 8


def test_what_a_person_changes_leaves_earlier_notes_alone() -> None:
    score = playing("kalimba", density=12.0, strength=0.4)
    at = 301 * SAMPLE_RATE
    changes = (
        Change(
            target="layers.0.params.density",
            offset=Curve.through((at, 0), (at + SAMPLE_RATE, 20)),
        ),
    )
    nudged = score.with_event(Event(at=at, kind="nudge", changes=changes))
    before, after = (notes(Part(s, 0), 0, 2 * at) for s in (score, nudged))
    heard = [[n for n in found if n.onset < at] for found in (before, after)]
    assert heard[0] == heard[1]
    assert len(after) > 1.3 * len(before)


def test_a_wish_for_less_is_heard_within_fifteen_seconds() -> None:
    score = playing("kalimba", density=40.0, rest=0.0)
    part = Part(score, 0)
    fewer = []
    for at in range(5 * MINUTE, 60 * MINUTE, MINUTE):
        change = Change(
            target="layers.0.params.density",
            offset=Curve.through((at, 0), (at + SAMPLE_RATE, -36)),
        )
        nudged = score.with_event(Event(at=at, kind="nudge", changes=(change,)))
        span = at + SAMPLE_RATE, at + 15 * SAMPLE_RATE
        fewer.append(len(notes(Part(nudged, 0), *span)) / len(notes(part, *span)))
    assert np.mean(fewer) < 0.3
