"""What is said wins, what is heard pulls by its confidence, nothing need be known."""

import pytest
from asking import reading_of
from hypothesis import given
from hypothesis import strategies as st

from undersong.compose.blocks import BLOCKS
from undersong.compose.composer import compose
from undersong.compose.mapping import PARAMETER_ROWS
from undersong.compose.plans import PLANS
from undersong.compose.state import state_of
from undersong.hear.reading import Reading, Signal


def heard(value, confidence):
    signal = Signal(value=value, low=0, high=1, confidence=confidence, versus="you")
    return Reading(ok=True, energy=signal)


def test_nothing_known_is_the_usual():
    state = state_of(None, None)
    assert not state.known
    assert (state.arousal, state.tension, state.tiredness) == (0.5, 0.5, 0.5)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 10))
def test_what_is_said_wins_entirely(value, confidence, said):
    pull = state_of(heard(value, confidence), {"energy": said}).pulls["energy"]
    assert pull.source == "said"
    assert pull.value == pytest.approx(said / 10)


@pytest.mark.parametrize(
    ("confidence", "value"), [(0.0, 0.5), (0.25, 0.7), (0.5, 0.9), (1.0, 0.9)]
)
def test_reading_pulls_in_proportion_to_its_confidence(confidence, value):
    # Half way from 0.5 to 0.9 at a confidence of 0.25, all the way from 0.5 on.
    assert state_of(heard(0.9, confidence), None).pulls[
        "energy"
    ].value == pytest.approx(value)


def test_voice_that_is_not_trusted_pulls_less():
    state = state_of(heard(0.9, 0.5), None, voice_weight=0.25)
    assert state.pulls["energy"].value == pytest.approx(0.6)


def test_arousal_rises_with_energy_and_tension_and_falls_with_tiredness():
    usual = state_of(None, None).arousal
    assert state_of(None, {"energy": 8}).arousal > usual
    assert state_of(None, {"stress": 8}).arousal > usual
    assert state_of(None, {"fatigue": 8}).arousal < usual


def test_said_against_the_voice_turns_the_sound_the_other_way():
    lively_voice = reading_of(energy=0.95)
    by_voice = compose("focus", seed=4, reading=lively_voice)
    by_words = compose("focus", seed=4, reading=lively_voice, said={"energy": 1})
    usual = compose("focus", seed=4, journey_shape="meet")
    starts = [s.journey["arousal"].value(0) for s in (by_words, usual, by_voice)]
    assert starts == sorted(starts)
    assert starts[0] < starts[1] < starts[2]


def test_every_row_of_the_map_is_a_parameter_of_some_block():
    names = {row.name for block in BLOCKS for row in block.parameters}
    assert set(PARAMETER_ROWS) <= names
    for plan in PLANS.values():
        assert set(plan.units) | set(plan.shifts) <= names
