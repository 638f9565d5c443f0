"""A taste learns from answers, can say what it learned, and can be corrected."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.compose.composer import compose
from undersong.compose.lessons import Answer
from undersong.compose.novelty import portrait_of
from undersong.compose.plans import DIMENSIONS
from undersong.compose.preference import (
    COLUMN,
    FELT,
    NOISE_SD,
    STYLE,
    features_of,
    liking_of_lean,
    prior,
)
from undersong.compose.taste import Taste
from undersong.errors import ParameterError

SCORES = [compose("calm", seed=seed) for seed in range(30)]


def has(score, block):
    return any(layer.block == block for layer in score.layers)


def rain_lover() -> Taste:
    taste = Taste()
    for score in SCORES:
        taste = taste.updated(score, "calm", 0.9 if has(score, "rain") else -0.6)
    return taste


def test_posterior_is_that_of_ridge_regression():
    rng = np.random.default_rng(1)
    likings = rng.uniform(-1, 1, len(SCORES))
    taste = Taste()
    for score, liked in zip(SCORES, likings, strict=True):
        taste = taste.updated(score, "calm", float(liked))
    x = features_of([portrait_of(score) for score in SCORES], "calm")
    # The maximum of a normal prior and likelihood is least squares with a penalty.
    expected, spread = prior()
    stacked = np.vstack([x, NOISE_SD * np.diag(1 / spread)])
    padded = np.concatenate([likings, NOISE_SD * expected / spread])
    ridge, *_ = np.linalg.lstsq(stacked, padded, rcond=None)
    mean, _ = taste.posterior("calm")
    np.testing.assert_allclose(mean, ridge, atol=1e-9)


def test_without_answers_the_posterior_is_the_prior():
    mean, covariance = Taste().posterior("sleep")
    expected, spread = prior()
    np.testing.assert_allclose(mean, expected)
    np.testing.assert_allclose(covariance, np.diag(spread**2))


def test_before_any_answer_no_block_is_liked_more_and_the_outcomes_own_style_most():
    expected, _ = prior()
    assert not expected[1:STYLE].any()
    for dimension in DIMENSIONS:
        linear, square = liking_of_lean(dimension, expected)
        assert linear == 0
        assert square < 0


def test_what_is_liked_comes_more_often():
    taste = rain_lover()
    new = [compose("calm", seed=1000 + s, taste=taste) for s in range(20)]
    usual = [compose("calm", seed=1000 + s) for s in range(20)]
    assert sum(has(s, "rain") for s in new) > sum(has(s, "rain") for s in usual) + 5


def test_tastes_of_different_outcomes_are_apart():
    taste = rain_lover()
    score = compose("sleep", seed=3, taste=taste)
    assert score == compose("sleep", seed=3, taste=Taste())


def test_mute_counts_for_that_layer_alone():
    score = SCORES[0]
    block = score.layers[0].block
    taste = Taste().updated(score, "calm", -1.0, kind="mute", block=block)
    mean, _ = taste.posterior("calm")
    assert mean[COLUMN[block]] < -0.3
    assert np.count_nonzero(mean != prior()[0]) == 1


def felt_after(likings) -> Taste:
    taste = Taste()
    for score, liked in zip(SCORES, likings, strict=False):
        taste = taste.updated(score, "calm", liked, kind="felt")
    return taste


def test_feeling_better_after_every_session_is_not_taken_for_liking_the_sound():
    always, likes = (
        taste.posterior("calm")[0] for taste in (felt_after([0.5] * 30), rain_lover())
    )
    assert always[FELT] > 0.2
    assert abs(always[COLUMN["rain"]]) < 0.1 * likes[COLUMN["rain"]]


def test_feeling_better_with_one_sound_than_with_others_counts_a_little():
    likings = [0.5 if has(score, "rain") else -0.5 for score in SCORES]
    felt = felt_after(likings).posterior("calm")[0][COLUMN["rain"]]
    liked = Taste()
    for score, value in zip(SCORES, likings, strict=True):
        liked = liked.updated(score, "calm", value)
    assert 0.1 < felt < 0.8 * liked.posterior("calm")[0][COLUMN["rain"]]


def test_layer_turned_up_and_down_is_told_as_that():
    score = SCORES[0]
    block = score.layers[0].block
    taste = Taste()
    for kind, liked in (("more", 0.6), ("less", -0.5), ("mute", -0.8)):
        taste = taste.with_answer(
            Answer(outcome="calm", kind=kind, liked=liked, block=block)
        )
    (row,) = taste.explain()
    assert row.block == block
    assert row.sentence.endswith(" in calm sessions: turned up 1×, down or off 2×.")


def test_taste_explains_itself_with_counts():
    rain = next(r for r in rain_lover().explain() if r.block == "rain")
    times = sum(has(score, "rain") for score in SCORES)
    assert (
        rain.sentence
        == f"You have kept rain in {times} of {times} answered calm sessions."
    )
    assert rain.weight > 0.3
    assert rain_lover().explain()[0].block == "rain"


def test_person_can_set_a_liking_by_hand_and_change_it():
    taste = rain_lover().wishing("calm", "rain", -1.0)
    again = taste.wishing("calm", "rain", 1.0)
    assert (
        taste.liking("calm", "rain").weight < rain_lover().liking("calm", "rain").weight
    )
    assert again.liking("calm", "rain").weight > taste.liking("calm", "rain").weight
    assert len(again.answers) == len(taste.answers)
    assert again.liking("calm", "rain").sentence == "You set rain yourself for calm."


def test_reset_forgets_one_outcome_or_all():
    taste = rain_lover().updated(SCORES[0], "focus", 0.5)
    assert {a.outcome for a in taste.reset("calm").answers} == {"focus"}
    assert taste.reset() == Taste()


@given(st.lists(st.floats(-1, 1), max_size=5))
def test_taste_round_trips_exactly(likings):
    taste = Taste()
    for score, liked in zip(SCORES, likings, strict=False):
        taste = taste.updated(score, "calm", liked)
    assert Taste.from_json(taste.to_json()) == taste


def test_taste_refuses_what_is_out_of_range():
    with pytest.raises(ParameterError, match="liked=2 must be from -1 to 1"):
        Taste().updated(SCORES[0], "calm", 2)
    with pytest.raises(ParameterError, match="block='tuba' is not in the palette"):
        Taste().updated(SCORES[0], "calm", 1, block="tuba")
    with pytest.raises(ParameterError, match="not a taste"):
        Taste.from_json("{")
