"""Events change what comes, within the blocks' ranges, and never what has been."""

import numpy as np
import pytest
from asking import saids
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.composer import compose
from undersong.compose.events import (
    NUDGES,
    check_in,
    nudge,
    nudges_for,
    pause,
    resume,
    stop,
)
from undersong.compose.score import SILENT_DB, Score
from undersong.errors import ParameterError
from undersong.units import SAMPLE_RATE

SCORE = compose("calm", seed=5, said={"energy": 8, "stress": 7}, wanted=["harp"])
NAMES = [name for name, _ in nudges_for(SCORE)]
MINUTE = 60 * SAMPLE_RATE

times = st.integers(0, 30 * MINUTE)
deeds = st.one_of(
    st.tuples(st.just("nudge"), st.sampled_from(NAMES)),
    st.tuples(st.just("check_in"), saids),
    st.tuples(st.sampled_from(["pause", "resume", "stop"]), st.none()),
)


def done(score: Score, deed, at: int) -> Score:
    kind, what = deed
    if kind == "nudge":
        return nudge(score, what, at)
    if kind == "check_in":
        return check_in(score, at, said=what)
    return {"pause": pause, "resume": resume, "stop": stop}[kind](score, at)


def paths(score: Score):
    yield "loudness_lufs"
    yield from (f"journey.{name}" for name in score.journey)
    for number, layer in enumerate(score.layers):
        yield f"layers.{number}.gain_db"
        yield from (f"layers.{number}.params.{name}" for name in layer.params)


@settings(max_examples=40)
@given(st.lists(st.tuples(times, deeds), min_size=1, max_size=6))
def test_any_events_in_order_are_legal_and_round_trip(rows):
    score = SCORE
    for at, deed in sorted(rows, key=lambda row: row[0]):
        score = done(score, deed, at)
    assert Score.from_json(score.to_json()) == score


@settings(max_examples=40)
@given(st.lists(st.tuples(times, deeds), min_size=1, max_size=4))
def test_the_past_never_changes(rows):
    score = SCORE
    for at, deed in sorted(rows, key=lambda row: row[0]):
        before = score
        score = done(score, deed, at)
        past = np.linspace(0, at, 20).astype(np.int64)
        for path in paths(score):
            np.testing.assert_array_equal(score.at(path, past), before.at(path, past))


@settings(max_examples=30)
@given(st.lists(st.tuples(times, deeds), min_size=1, max_size=6))
def test_settings_stay_in_the_blocks_ranges(rows):
    score = SCORE
    for at, deed in sorted(rows, key=lambda row: row[0]):
        score = done(score, deed, at)
    indices = np.arange(0, 30 * MINUTE, MINUTE // 3)
    for number, layer in enumerate(score.layers):
        for row in BLOCK_BY_NAME[layer.block].parameters:
            values = score.at(f"layers.{number}.params.{row.name}", indices)
            # Two monotone cubics may pass a bound by a little between their knots.
            slack = 0.02 * (row.high - row.low)
            assert row.low - slack <= values.min()
            assert values.max() <= row.high + slack


@pytest.mark.parametrize("name", [row.name for row in NUDGES])
def test_glides_take_from_four_to_twelve_seconds(name):
    at = 10 * MINUTE
    changes = nudge(SCORE, name, at).events[-1].changes
    assert changes
    for change in changes:
        first, second = change.offset.knots[:2]
        assert first == (at, 0.0)
        assert 4 <= (second[0] - first[0]) / SAMPLE_RATE <= 12


def mean_after(score: Score, path: str) -> float:
    return float(np.mean(score.at(path, np.arange(11 * MINUTE, 29 * MINUTE, MINUTE))))


@pytest.mark.parametrize(
    ("name", "path", "sign"),
    [
        ("softer", "loudness_lufs", -1),
        ("louder", "loudness_lufs", 1),
        ("darker", "journey.brightness", -1),
        ("brighter", "journey.brightness", 1),
        ("less_busy", "journey.density", -1),
        ("busier", "journey.density", 1),
        ("warmer", "journey.warmth", 1),
    ],
)
def test_each_nudge_moves_what_it_says(name, path, sign):
    nudged = nudge(SCORE, name, 10 * MINUTE)
    assert sign * (mean_after(nudged, path) - mean_after(SCORE, path)) > 0.05


def test_every_nudge_of_the_table_is_tried_above():
    assert {row.name for row in NUDGES} == {
        *("softer", "louder", "darker", "brighter", "less_busy", "busier", "warmer")
    }


def test_less_busy_plays_fewer_notes():
    number = [layer.block for layer in SCORE.layers].index("harp")
    path = f"layers.{number}.params.density"
    nudged = nudge(SCORE, "less_busy", 10 * MINUTE)
    assert mean_after(nudged, path) < 0.8 * mean_after(SCORE, path)


def test_no_layer_falls_silent_and_more_brings_it_back():
    block = SCORE.layers[0].block
    without = nudge(SCORE, f"no:{block}", 5 * MINUTE)
    assert mean_after(without, "layers.0.gain_db") <= SILENT_DB
    again = nudge(without, f"more:{block}", 8 * MINUTE)
    planned = mean_after(SCORE, "layers.0.gain_db")
    assert mean_after(again, "layers.0.gain_db") == pytest.approx(planned, abs=0.05)


def test_check_in_moves_the_journey_towards_the_new_state():
    at = 2 * MINUTE
    weary = check_in(SCORE, at, said={"energy": 1, "fatigue": 9})
    soon = np.array([at + 15 * SAMPLE_RATE])
    for path in ("journey.arousal", "journey.brightness"):
        assert weary.at(path, soon)[0] < SCORE.at(path, soon)[0] - 0.1


def test_check_in_keeps_an_earlier_nudge():
    darker = nudge(SCORE, "darker", MINUTE)
    both = check_in(darker, 2 * MINUTE, said={"energy": 5})
    late = np.array([29 * MINUTE])
    assert both.at("journey.brightness", late)[0] == pytest.approx(
        darker.at("journey.brightness", late)[0], abs=0.02
    )


@pytest.mark.parametrize("name", ["softest", "more:birds", "more", "loud:harp", "no:"])
def test_unknown_nudge_is_refused_with_what_would_work(name):
    with pytest.raises(ParameterError, match="more:"):
        nudge(SCORE, name, MINUTE)


def test_check_in_refuses_words_out_of_range():
    with pytest.raises(ParameterError, match="energy=11"):
        check_in(SCORE, MINUTE, said={"energy": 11})
