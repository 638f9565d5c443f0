"""Where words and voice differ there is a question, and its answers are remembered."""

import pytest
from asking import reading_of

from undersong.compose.question import Fit, disagreement, voice_weight
from undersong.errors import ParameterError


def test_no_question_without_a_reading_or_words():
    assert disagreement(None, {"stress": 2}) is None
    assert disagreement(reading_of(stress=0.9), None) is None
    assert disagreement(reading_of(stress=0.9), {"energy": 0}) is None


def test_no_question_within_the_range_of_the_reading():
    assert disagreement(reading_of(stress=0.6), {"stress": 5.5}) is None


def test_question_names_what_was_said_and_how_it_sounded():
    question = disagreement(reading_of(stress=0.8), {"stress": 2})
    assert question is not None
    assert question.signal == "stress"
    assert "You set tension to 2 of 10." in question.sentence
    assert "quicker than your usual" in question.sentence
    assert question.sentence.endswith("Which fits better now?")


def test_question_says_how_two_differ_that_lean_the_same_way():
    question = disagreement(reading_of(stress=0.6), {"stress": 9})
    assert question is not None
    assert "more tension, though less than you set." in question.sentence


def test_question_is_about_the_widest_gap():
    reading = reading_of(stress=0.8, energy=0.9)
    question = disagreement(reading, {"stress": 5, "energy": 0})
    assert question is not None
    assert question.signal == "energy"


def test_question_refuses_words_out_of_range():
    with pytest.raises(ParameterError, match="stress=40"):
        disagreement(reading_of(stress=0.8), {"stress": 40})


@pytest.mark.parametrize(
    ("said", "voice", "weight"), [(0, 0, 1.0), (3, 0, 0.5), (9, 0, 0.25), (3, 3, 2 / 3)]
)
def test_repeated_disagreement_lowers_the_weight_of_the_voice(said, voice, weight):
    answers = [Fit(signal="stress", fits="said")] * said
    answers += [Fit(signal="energy", fits="voice")] * voice
    assert voice_weight(answers) == pytest.approx(weight)
