"""Dials: levels, rarity, fades and comfort go where they are set, and say so."""

import numpy as np
import pytest

from undersong.compose.composer import compose
from undersong.compose.dials import level_at, rarity_at, rarity_in_words
from undersong.compose.events import nudge
from undersong.compose.learning import learned_from
from undersong.compose.score import SILENT_DB, Score
from undersong.compose.taste import Taste
from undersong.errors import ParameterError
from undersong.sound.blocks import birds
from undersong.sound.part import Part
from undersong.units import SAMPLE_RATE

MINUTE = 60 * SAMPLE_RATE
AT = 5 * MINUTE
ARRIVED = AT + 7 * SAMPLE_RATE
SCORE = compose("calm", seed=3, minutes=30, wanted=["rain", "birds", "hearth"])


def gains_db(score: Score, block: str, indices: list[int]) -> list[float]:
    number = [layer.block for layer in score.layers].index(block)
    found = score.at(f"layers.{number}.gain_db", np.array(indices, np.int64))
    return [float(value) for value in found]


@pytest.mark.parametrize("percent", [1, 30, 75, 100])
def test_level_arrives_where_it_was_set_and_nothing_before_it_moves(percent):
    turned = nudge(SCORE, f"level:rain={percent}", AT)
    assert level_at(turned, "rain", ARRIVED) == pytest.approx(percent, abs=1)
    before = [0, AT // 2, AT]
    assert gains_db(turned, "rain", before) == gains_db(SCORE, "rain", before)


def test_each_tenth_of_a_level_is_the_same_step_in_decibels():
    heard = [
        gains_db(nudge(SCORE, f"level:rain={p}", AT), "rain", [ARRIVED])[0]
        for p in (20, 40, 60, 80)
    ]
    assert np.diff(heard) == pytest.approx([7.2] * 3, abs=0.1)


def test_level_of_nothing_is_silent_to_the_end_and_can_be_taken_back():
    gone = nudge(SCORE, "level:rain=0", AT)
    assert max(gains_db(gone, "rain", [ARRIVED, 20 * MINUTE])) <= SILENT_DB
    back = nudge(gone, "level:rain=50", AT + MINUTE)
    assert level_at(back, "rain", ARRIVED + MINUTE) == pytest.approx(50, abs=1)


def test_rarer_birds_call_less_often():
    def chance(percent: int) -> float:
        turned = nudge(SCORE, f"rarity:birds={percent}", 0)
        number = [layer.block for layer in turned.layers].index("birds")
        later = np.arange(MINUTE, 20 * MINUTE, SAMPLE_RATE)
        part = Part(turned, number)
        return float(np.mean(birds.song_chance(part, later)))

    assert chance(0) > chance(50) > chance(100)


def test_rarity_shows_where_it_was_set_in_words():
    turned = nudge(SCORE, "rarity:hearth=90", AT)
    assert rarity_at(turned, "hearth", ARRIVED) == pytest.approx(90, abs=1)
    assert rarity_at(turned, "rain", ARRIVED) is None
    assert turned.events[0].reasons[0].sentence == "You asked for hearth very rarely."
    assert [rarity_in_words(p) for p in (0, 50, 100)] == [
        "very often",
        "now and then",
        "very rarely",
    ]


def test_fade_only_sinks_and_arrives_after_its_minutes():
    faded = nudge(SCORE, "fade=10", AT)
    minutes = np.arange(11) * MINUTE + AT
    planned = SCORE.at("loudness_lufs", minutes)
    sunk = faded.at("loudness_lufs", minutes) - planned
    assert np.all(np.diff(sunk) < 0)
    assert sunk[0] == 0
    assert sunk[-1] == pytest.approx(-24)


def test_comfort_holds_even_against_louder():
    quiet = nudge(SCORE, "most=-30", 0)
    for _ in range(5):
        quiet = nudge(quiet, "louder", AT)
    later = np.arange(MINUTE, 29 * MINUTE, MINUTE)
    assert quiet.at("loudness_lufs", later).max() <= -30 + 1e-6


def test_softness_takes_brightness_away():
    soft = nudge(SCORE, "soft=2", 0)
    later = np.array([10 * MINUTE], np.int64)
    moved = soft.at("journey.brightness", later) - SCORE.at("journey.brightness", later)
    assert moved[0] == pytest.approx(-0.24)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("level:rain=130", "from 0 to 100 percent"),
        ("level:owl=30", "needs a layer that plays"),
        ("rarity:rain=30", "birds"),
        ("level=30", "is not known"),
        ("fade:rain=3", "is not known"),
        ("level:rain=loud", "is not known"),
        ("joy=3", "is not known"),
    ],
)
def test_dial_that_cannot_be_turned_is_refused_in_one_sentence(name, told):
    with pytest.raises(ParameterError, match=told):
        nudge(SCORE, name, AT)


@pytest.mark.parametrize(("percent", "sign"), [(0, -1), (20, -1), (100, 1)])
def test_level_that_was_left_elsewhere_teaches_the_taste(percent, sign):
    moved = nudge(SCORE, "level:rain=55", AT)
    left = nudge(moved, f"level:rain={percent}", AT + MINUTE)
    (answer,) = learned_from(Taste(), left, "a").answers
    assert answer.block == "rain"
    assert np.sign(answer.liked) == sign
