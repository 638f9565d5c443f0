"""Distances between scores, and the bounds a new one keeps to its predecessors."""

import re

import numpy as np
import pytest
from asking import BLOCK_NAMES
from hypothesis import given
from hypothesis import strategies as st

from undersong.compose.composer import compose
from undersong.compose.novelty import (
    CEILING,
    FLOOR,
    RECENT,
    SOUND_FLOOR,
    Portrait,
    distance,
    novelties_of,
    portrait_of,
)
from undersong.compose.score import OUTCOMES
from undersong.compose.signature import signature_from
from undersong.compose.taste import Taste
from undersong.compose.timbre import BAND_DB, QUIETEST_DB, sound_distances, spectra_of
from undersong.compose.why import summary

portraits = st.builds(
    lambda names, tonic, scale: Portrait(
        shares={name: 1 / len(names) for name in names},
        units={},
        journey={},
        tonic=tonic,
        scale=scale,
    ),
    st.lists(st.sampled_from(BLOCK_NAMES), min_size=1, max_size=5, unique=True),
    st.integers(0, 11),
    st.sampled_from(["dorian", "lydian"]),
)


@given(portraits, portraits)
def test_distance_is_symmetric_and_within_0_and_1(a, b):
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert 0 <= distance(a, b) <= 1 + 1e-9


@given(portraits)
def test_distance_to_itself_is_0(a):
    assert distance(a, a) == pytest.approx(0, abs=1e-9)


def portrait(shares, *, tonic=0, scale="dorian", **units):
    named = {name.replace("__", "."): unit for name, unit in units.items()}
    return Portrait(shares=shares, units=named, journey={}, tonic=tonic, scale=scale)


def test_distance_worked_out_by_hand():
    a = portrait({"rain": 0.5, "ocean": 0.5})
    # Half the mix differs: 0.55 * 0.5. The common half is set alike. The tonic
    # differs, the scale does not: 0.15 * 0.5.
    b = portrait({"rain": 0.5, "drone": 0.5}, tonic=5)
    assert distance(a, b) == pytest.approx(0.275 + 0.075)
    # All four settings of rain 0.25 apart is half way to "quite different".
    there = {f"rain__{name}": 0.5 for name in ("intensity", "leaves", "roof", "tent")}
    here = {name: 0.25 for name in there}
    rain = {"rain": 1.0}
    apart = distance(portrait(rain, **there), portrait(rain, **here))
    assert apart == pytest.approx(0.3 * 0.5)


def test_nothing_in_common_is_as_far_as_can_be():
    a = portrait({"rain": 1.0})
    b = portrait({"drone": 1.0}, tonic=3, scale="lydian")
    assert distance(a, b) == pytest.approx(1.0)


def sessions_of(outcome, n, *, taste_grows):
    signature = signature_from(9)
    taste, recent = Taste(), []
    for seed in range(n):
        score = compose(
            outcome,
            seed=seed,
            signature=signature,
            taste=taste,
            recent=recent[-RECENT:],
        )
        if taste_grows:
            liked = 0.9 if any(x.block == "rain" for x in score.layers) else -0.4
            taste = taste.updated(score, outcome, liked)
        yield score, recent[-RECENT:]
        recent.append(portrait_of(score))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_session_keeps_above_the_floor_even_when_taste_narrows(outcome):
    for score, recent in sessions_of(outcome, 30, taste_grows=True):
        if recent:
            (novelty,) = novelties_of([portrait_of(score)], recent)
            assert novelty.nearest >= FLOOR - 1e-9
            assert novelty.nearest_sound >= SOUND_FLOOR - 1e-9
            assert novelty.from_centre <= CEILING


def test_novelty_is_told_plainly_and_its_figures_on_demand():
    *_, (score, recent) = sessions_of("calm", 4, taste_grows=False)
    nearest = min(distance(score, one) for one in recent)
    plain, figures = (
        r
        for r in score.reasons
        if r.because == "novelty" and r.choice.startswith("layers")
    )
    assert plain in summary(score)
    assert re.findall(r"\d+", plain.sentence) == [str(len(recent))]
    assert figures not in summary(score)
    assert f"{nearest:.2f}" in figures.sentence
    assert f"{FLOOR:g}" in figures.otherwise


def test_a_second_session_is_compared_with_the_last_one_in_words():
    *_, (score, recent) = sessions_of("calm", 2, taste_grows=False)
    assert len(recent) == 1
    told = [reason.sentence for reason in score.reasons if reason.because == "novelty"]
    assert "from your last session, and" in told[0]


@pytest.mark.slow
def test_a_thousand_sessions_of_one_person_are_all_new():
    outcomes = np.resize(OUTCOMES, 1000)
    signature, recent, taste = signature_from(9), [], Taste()
    for seed, outcome in enumerate(outcomes):
        score = compose(
            str(outcome), seed=seed, signature=signature, taste=taste, recent=recent
        )
        if seed % 10 == 0:
            taste = taste.updated(score, str(outcome), float(np.cos(seed)))
        here = portrait_of(score)
        if recent:
            (novelty,) = novelties_of([here], recent)
            assert novelty.nearest >= FLOOR - 1e-9
            assert novelty.nearest_sound >= SOUND_FLOOR - 1e-9
        recent = [*recent, here][-RECENT:]


def test_estimated_sound_of_one_block_is_that_block():
    rain, drone = spectra_of([{"rain": 1.0}, {"drone": 1.0}])
    for name, levels in (("rain", rain), ("drone", drone)):
        measured = np.array(BAND_DB[name], float)
        np.testing.assert_allclose(
            levels, np.maximum(measured - measured.max(), QUIETEST_DB)
        )


def test_every_block_has_its_measured_bands():
    assert set(BAND_DB) == set(BLOCK_NAMES)


def test_a_second_layer_of_the_same_kind_changes_the_sound_less_than_another_bed():
    rain = {"rain": 1.0}
    with_fan, with_drone = {"rain": 0.7, "fan": 0.3}, {"rain": 0.3, "drone": 0.7}
    near, far = sound_distances([rain], [with_fan, with_drone])[0]
    assert near < far
