"""Composing is a pure function of its arguments, any of which may be missing."""

import pytest
from asking import BLOCK_NAMES, reading_of, wishes
from hypothesis import given, settings

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.brief import Dawn
from undersong.compose.composer import compose
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.signature import signature_from
from undersong.errors import ParameterError
from undersong.hear.reading import Reading, Refusal


@settings(max_examples=25)
@given(wishes)
def test_equal_wishes_give_equal_scores(wish):
    assert compose(**wish) == compose(**wish)


@settings(max_examples=60)
@given(wishes)
def test_any_legal_wish_gives_a_score_inside_the_rows(wish):
    score = compose(**wish)
    assert 1 <= len(score.layers) <= 8
    assert score.harmony.scale in SCALE_BY_NAME
    for layer in score.layers:
        block = BLOCK_BY_NAME[layer.block]
        assert set(layer.params) == {row.name for row in block.parameters}
        for row in block.parameters:
            values = [value for _, value in layer.params[row.name].knots]
            slack = 1e-9 * (abs(row.low) + abs(row.high))
            assert row.low - slack <= min(values)
            assert max(values) <= row.high + slack
    for curve in score.journey.values():
        assert all(0 <= value <= 1 for _, value in curve.knots)


def test_different_seeds_give_different_arrangements():
    arrangements = {
        frozenset(layer.block for layer in compose("calm", seed=seed).layers)
        for seed in range(20)
    }
    assert len(arrangements) > 12


def test_never_is_kept_and_wanted_is_there():
    for seed in range(10):
        score = compose("calm", seed=seed, never=["rain", "ocean"], wanted=["thunder"])
        blocks = {layer.block for layer in score.layers}
        assert blocks & {"rain", "ocean"} == set()
        assert "thunder" in blocks


def test_powers_of_the_layers_add_up_to_the_whole():
    score = compose("calm", seed=3)
    power = sum(10 ** (layer.gain_db.knots[0][1] / 10) for layer in score.layers)
    assert power == pytest.approx(1.0, abs=1e-4)


def test_signature_returns_across_sessions():
    signature = signature_from(11)
    scores = [compose("calm", seed=s, signature=signature) for s in range(40)]
    in_key = sum(s.harmony.tonic == signature.tonic for s in scores)
    assert all(score.signature == signature for score in scores)
    assert in_key > 20


def test_refused_reading_counts_as_none():
    refused = Reading(
        ok=False, refusal=Refusal(code="too_short", sentence="Too short.")
    )
    assert compose("calm", seed=1, reading=refused) == compose("calm", seed=1)


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"outcome": "party"}, "outcome='party' must be one of calm, focus, sleep"),
        ({"minutes": 0}, "minutes=0 must be from 0.25 to 600"),
        ({"minutes": 601}, "minutes=601 must be from 0.25 to 600"),
        ({"minutes": float("nan")}, "minutes=nan must be"),
        ({"said": {"stress": 11}}, "stress=11 must be from 0 to 10"),
        ({"said": {"mood": 5}}, "'mood' is not known; say any of stress, fatigue"),
        ({"never": ["rian"]}, "'rian' is not in the palette"),
        ({"never": BLOCK_NAMES}, "leaves nothing to play"),
        (
            {"wanted": ["rain", "owl"], "never": ["owl"]},
            "owl cannot be both wanted and never wanted",
        ),
        ({"dawn": Dawn(at_minutes=40)}, "dawn goes with sleep, not with calm"),
        ({"outcome": "sleep", "dawn": Dawn(at_minutes=20)}, "may come from minute 30"),
        (
            {"outcome": "sleep", "minutes": 600, "dawn": Dawn(at_minutes=480)},
            "no time for a dawn; with one choose at most 590",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name_and_value(wish, says):
    with pytest.raises(ParameterError, match=says):
        compose(**{"outcome": "calm", "seed": 1, **wish})


def test_everything_said_out_of_range_is_told_at_once():
    with pytest.raises(ParameterError, match=r"stress=-1 .*; energy=12 "):
        compose("calm", seed=1, said={"stress": -1, "energy": 12})


def test_lively_person_is_met_faster_and_brighter_than_a_weary_one():
    lively = compose("focus", seed=2, reading=reading_of(energy=0.9, fatigue=0.2))
    weary = compose("focus", seed=2, reading=reading_of(energy=0.1, fatigue=0.8))
    for name in ("arousal", "brightness", "density"):
        assert lively.journey[name].value(0) > weary.journey[name].value(0)
    assert lively.harmony.chord_seconds < weary.harmony.chord_seconds
