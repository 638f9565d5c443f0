"""Recipes carry an arrangement and nothing of the person's state; so do presets."""

import base64
import json
import zlib

import pytest
from asking import reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.compose.composer import compose
from undersong.compose.novelty import arrival_of
from undersong.compose.presets import PRESETS, plain_for
from undersong.compose.recipes import LARGEST_RECIPE, Recipe, from_recipe, recipe_of
from undersong.compose.score import OUTCOMES
from undersong.errors import ParameterError

HEARD = compose(
    "calm", seed=6, reading=reading_of(energy=0.9, stress=0.8), said={"fatigue": 9}
)


def blocks(score):
    return {layer.block for layer in score.layers}


def test_recipe_brings_the_same_arrangement_to_someone_else():
    opened = from_recipe(recipe_of(HEARD, "Mine"), seed=1)
    assert blocks(opened) == blocks(HEARD)
    assert opened.harmony.tonic == HEARD.harmony.tonic
    assert opened.harmony.chords == HEARD.harmony.chords
    assert opened.signature == HEARD.signature
    assert [layer.seed for layer in opened.layers] == [x.seed for x in HEARD.layers]
    for ours, theirs in zip(HEARD.layers, opened.layers, strict=True):
        gain = ours.gain_db.value(arrival_of(HEARD))
        assert theirs.gain_db.value(arrival_of(opened)) == pytest.approx(gain, abs=0.02)


def test_recipe_is_the_same_whatever_was_heard_or_said():
    # The arrangement of a seed does not depend on the state, so neither may the recipe.
    unheard = compose("calm", seed=6)
    assert recipe_of(HEARD).to_json() == recipe_of(unheard).to_json()


def test_recipe_names_nothing_of_a_voice():
    text = recipe_of(HEARD).to_json()
    assert set(json.loads(text)) <= {
        *("outcome", "minutes", "seed", "gains_db", "units", "signature", "key"),
        *("title", "name", "help", "version"),
    }


def test_opener_is_met_where_they_are():
    lively = from_recipe(recipe_of(HEARD), seed=1, said={"energy": 10})
    weary = from_recipe(recipe_of(HEARD), seed=1, said={"energy": 0})
    assert lively.journey["arousal"].value(0) > weary.journey["arousal"].value(0)


@settings(max_examples=25)
@given(st.integers(0, 2**53 - 1), st.sampled_from(OUTCOMES))
def test_recipe_round_trips_as_file_and_as_link(seed, outcome):
    recipe = recipe_of(compose(outcome, seed=seed), "An evening in März")
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Recipe.from_fragment(recipe.to_fragment()) == recipe
    assert Recipe.from_fragment("#" + recipe.to_fragment()) == recipe
    assert len(recipe.to_fragment()) < 800


@pytest.mark.parametrize(
    "fragment", ["", "#", "hello", "ä", "eJ", base64.b64encode(b"x" * 99).decode()]
)
def test_link_that_holds_no_recipe_is_refused(fragment):
    with pytest.raises(ParameterError):
        Recipe.from_fragment(fragment)


def test_link_that_unpacks_to_more_than_it_should_is_refused():
    bomb = zlib.compress(b" " * 10_000_000)
    with pytest.raises(ParameterError, match=f"at most {LARGEST_RECIPE} are read"):
        Recipe.from_fragment(base64.urlsafe_b64encode(bomb).decode())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"gains_db": {"tuba": -3}}, "'tuba' is not in the palette"),
        ({"gains_db": {"rain": 20}}, "at most 0"),
        ({"units": {"rain.salt": 0.5}}, "no parameter of its blocks"),
        ({"units": {"rain.roof": 3}}, "must be from 0 to 1"),
        ({"key": [127, "lydian"]}, "key.0 does not fit: 127 is above 59"),
        (
            {"key": [41, "blues"]},
            "scale='blues' is not in the table; use one of .*lydian",
        ),
        ({"minutes": 0}, "minutes=0"),
        ({"outcome": "party"}, "recipe's outcome does not fit"),
        ({"reading": {}}, "recipe's reading does not fit"),
    ],
)
def test_recipe_that_cannot_be_composed_is_refused(change, says):
    recipe = {"outcome": "calm", "gains_db": {"rain": -3}}
    with pytest.raises(ParameterError, match=says):
        Recipe.from_json(json.dumps(recipe | change))


def test_there_are_at_least_twelve_presets_for_all_three_outcomes():
    assert len(PRESETS) >= 12
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)
    for outcome in OUTCOMES:
        assert sum(preset.outcome == outcome for preset in PRESETS) >= 4


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_preset_composes_what_it_names(preset):
    score = from_recipe(preset, seed=1)
    assert blocks(score) == set(preset.gains_db)
    assert score.outcome == preset.outcome
    assert Recipe.from_json(preset.to_json()) == preset


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_plain_soundscape_is_the_same_every_time(outcome):
    first = from_recipe(plain_for(outcome), seed=1, journey_shape="settle")
    second = from_recipe(plain_for(outcome), seed=2, journey_shape="settle")
    assert first == second
