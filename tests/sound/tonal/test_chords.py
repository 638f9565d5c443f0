from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.compose.scales import SCALE_BY_NAME, SCALES
from undersong.compose.score import Harmony
from undersong.errors import ParameterError
from undersong.sound.harmony import chord_begin, chords, layouts
from undersong.sound.regions import chord_regions, rub
from undersong.units import SAMPLE_RATE

HOUR = 3600 * SAMPLE_RATE
C3 = 48


def harmony(scale: str = "dorian", tonic: int = 45, seed: int = 1) -> Harmony:
    return Harmony(
        tonic=tonic,
        scale=scale,
        tuning="tempered",
        chord_seconds=18.0,
        chords=SCALE_BY_NAME[scale].chords,
        seed=seed,
    )


@settings(deadline=None)
@given(at=st.integers(0, 8 * HOUR), length=st.integers(1, 60 * SAMPLE_RATE))
def test_any_moment_can_be_asked_first(at: int, length: int) -> None:
    whole = chords(harmony(), at, at + length)
    parts = [
        chords(harmony(), at + length // 2, at + length),
        chords(harmony(), at, at + 1),
    ]
    assert set(whole) >= {chord for part in parts for chord in part}


def test_chords_follow_each_other_without_gap() -> None:
    found = chords(harmony(), 0, HOUR)
    assert found[0].begin == 0
    assert all(a.end == b.begin for a, b in pairwise(found))
    assert [chord.number for chord in found] == list(range(len(found)))


def test_chords_last_from_twelve_to_thirty_seconds() -> None:
    ends = np.array([chord_begin(harmony(), n) for n in range(400)])
    seconds = np.diff(ends) / SAMPLE_RATE
    assert seconds.min() >= 12
    assert seconds.max() <= 30
    assert np.std(seconds) > 0.5


@pytest.mark.parametrize("row", SCALES, ids=lambda row: row.name)
@pytest.mark.parametrize("tonic", [36, 41, 47, 52, 59])
def test_layouts_are_open_in_every_key(row, tonic) -> None:
    for colour in row.chords:
        for layout in layouts(tonic, row.name, colour):
            gaps = np.diff(layout.semitones)
            low = np.array(layout.semitones[:-1])
            assert gaps.min() >= 3
            assert np.all(gaps[low < C3] >= 5)
            assert layout.degrees[0] % len(row.semitones) == colour[0]


def test_no_chord_comes_twice_in_a_row_and_most_keep_a_tone() -> None:
    found = chords(harmony(), 0, 8 * HOUR)
    pairs = [(set(a.pitches), set(b.pitches)) for a, b in pairwise(found)]
    assert all(a != b for a, b in pairs)
    held = np.mean([bool(a & b) for a, b in pairs])
    assert held > 0.8


def test_tones_move_less_than_between_chords_drawn_at_random() -> None:
    found = np.array([chord.pitches for chord in chords(harmony(), 0, 8 * HOUR)])
    moved = np.abs(np.diff(found, axis=0)).sum(axis=1).mean()
    shuffled = np.random.default_rng(1).permutation(found)
    at_random = np.abs(np.diff(shuffled, axis=0)).sum(axis=1).mean()
    assert moved < 0.75 * at_random


def test_the_path_of_chords_has_no_period() -> None:
    found = [chord.degrees for chord in chords(harmony(), 0, 8 * HOUR)]
    for lag in range(1, len(found) // 2):
        same = np.mean([a == b for a, b in zip(found, found[lag:], strict=False)])
        assert same < 0.5


def test_another_seed_is_another_path() -> None:
    one, other = ([c.degrees for c in chords(harmony(seed=s), 0, HOUR)] for s in (1, 2))
    assert one[:32] != other[:32]


@pytest.mark.parametrize("row", SCALES, ids=lambda row: row.name)
def test_the_rubbing_note_is_a_step_beside_a_tone(row) -> None:
    key = harmony(row.name)
    for chord in chords(key, 0, HOUR // 4):
        pitch = rub(key, chord)
        assert pitch is not None
        apart = min(abs(pitch - tone) for tone in chord.pitches[1:])
        assert 0.5 < apart < 3.5


def test_a_region_starts_from_what_the_one_before_ends_on() -> None:
    regions = chord_regions(harmony(), HOUR, HOUR + 200 * SAMPLE_RATE)
    assert all(a.now == b.before for a, b in pairwise(regions))


@pytest.mark.parametrize("colour", [(0,), (0, 4), (0, 1, 2, 3, 4)])
def test_thin_and_crowded_colours_have_a_layout_too(colour: tuple[int, ...]) -> None:
    assert layouts(45, "dorian", colour)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("chords", (), "one chord or more"),
        ("chords", ((0, 2), ()), "none of"),
        ("chord_seconds", 0.001, "at least 1"),
    ],
)
def test_a_harmony_that_cannot_be_played_is_named(
    field: str, value: object, word: str
) -> None:
    broken = harmony().model_copy(update={field: value})
    with pytest.raises(ParameterError, match=word):
        chords(broken, 0, HOUR)
