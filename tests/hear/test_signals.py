"""Signals: value, range and confidence move as their evidence does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.hear.markers import MARKERS
from undersong.hear.reading import SIGNAL_NAMES
from undersong.hear.sentences import sentences_of
from undersong.hear.signals import (
    STRESS_NEEDS,
    WEIGHTS,
    Evidence,
    normal_share,
    signal_of,
    signals_from,
)

NAMES = [row.name for row in MARKERS]


def evidence(z: dict[str, float], own: int = 0, trust: float = 1.0) -> Evidence:
    full = {name: z.get(name, 0.0) for name in NAMES}
    return Evidence(
        markers=dict.fromkeys(NAMES, 1.0),
        units={row.name: row.unit for row in MARKERS},
        z=full,
        trust=dict.fromkeys(NAMES, trust),
        speech_seconds=15.0,
        own_occasions=own,
    )


def test_usual_markers_give_usual_signals() -> None:
    for signal in signals_from(evidence({})).values():
        assert signal.value == 0.5


@pytest.mark.parametrize("name", SIGNAL_NAMES)
def test_a_marker_pushes_as_its_weight_says(name: str) -> None:
    for marker, weight in WEIGHTS[name].by_marker.items():
        value = signal_of(name, evidence({marker: 1.0})).value
        assert (value > 0.5) == (weight > 0)


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-3, 3)), st.integers(0, 20))
def test_values_stay_in_range_and_pushes_add_up(z: dict[str, float], own: int) -> None:
    for name, signal in signals_from(evidence(z, own)).items():
        assert 0.0 <= signal.low <= signal.value <= signal.high <= 1.0
        assert 0.0 <= signal.confidence <= WEIGHTS[name].ceiling
        pushed = sum(marker.pushes for marker in signal.markers)
        assert pushed == pytest.approx(signal.value - 0.5, abs=1e-9)


def test_less_trust_widens_the_range_and_lowers_confidence() -> None:
    sure, unsure = (
        signal_of("energy", evidence({"f0_mean": 1.0}, trust=trust))
        for trust in (1.0, 0.5)
    )
    assert unsure.high - unsure.low > sure.high - sure.low
    assert unsure.confidence < sure.confidence


def test_own_occasions_raise_confidence() -> None:
    found = [
        signal_of("energy", evidence({"f0_mean": 2.0}, own)).confidence
        for own in (0, 1, 4, 20)
    ]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_stress_stays_low_until_three_own_occasions() -> None:
    few = signal_of("stress", evidence({"f0_mean": 2.0}, STRESS_NEEDS - 1))
    enough = signal_of("stress", evidence({"f0_mean": 2.0}, STRESS_NEEDS))
    assert few.confidence_word == "low"
    assert enough.confidence > few.confidence


def test_without_strong_evidence_tired_and_energetic_do_not_go_together() -> None:
    mixed = evidence({"f0_mean": 0.5, "alpha_ratio": 0.5, "articulation_rate": -0.8})
    alone = {name: signal_of(name, mixed) for name in SIGNAL_NAMES}
    together = signals_from(mixed)
    assert alone["fatigue"].value > 0.5
    assert alone["energy"].value > 0.5
    drawn = [name for name in alone if together[name].value < alone[name].value]
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("deviate", "share"), [(0.0, 0.5), (1.2816, 0.9), (-1.6449, 0.05), (40.0, 1.0)]
)
def test_normal_share_is_the_normal_distribution(deviate: float, share: float) -> None:
    assert normal_share(deviate) == pytest.approx(share, abs=1e-4)


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-3, 3)), st.integers(0, 5))
def test_sentences_say_how_it_sounded_and_never_how_one_is(
    z: dict[str, float], own: int
) -> None:
    for sentence in sentences_of(evidence(z, own)):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "you are" not in sentence.lower()
        assert "!" not in sentence
