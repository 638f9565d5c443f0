"""The outcome rules, checked on what is composed; sounds have tests of their own."""

import numpy as np
import pytest

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.brief import DAWN_MINUTES, Dawn
from undersong.compose.composer import compose
from undersong.compose.plans import PLANS, SALIENT
from undersong.compose.rules import RULES, rules_of
from undersong.compose.score import OUTCOMES, SILENT_DB
from undersong.guide.evidence import load

MANY = [
    compose(outcome, seed=seed, minutes=40)
    for outcome in OUTCOMES
    for seed in range(40)
]


def of(outcome):
    return [score for score in MANY if score.outcome == outcome]


def blocks_of(score):
    return [BLOCK_BY_NAME[layer.block] for layer in score.layers]


@pytest.mark.parametrize("score", MANY[::7], ids=lambda s: f"{s.outcome}-{s.seed}")
def test_at_most_one_layer_calls_for_attention(score):
    assert sum(block.salience >= SALIENT for block in blocks_of(score)) <= 1


def test_focus_has_no_birds_no_plucks_and_no_noise():
    for score in of("focus"):
        families = {block.family for block in blocks_of(score)}
        assert not families & {"creatures", "pluck", "noise", "pulse"}


def test_sleep_has_no_plucks_no_noise_and_nothing_that_tells_the_time():
    for score in of("sleep"):
        blocks = blocks_of(score)
        assert not {block.family for block in blocks} & {"pluck", "noise", "pulse"}
        assert not {block.name for block in blocks} & {"birds", "owl", "thunder"}


def test_sleep_is_led_by_nature():
    for score in of("sleep"):
        assert blocks_of(score)[0].family in {"water", "air", "fire"}


def test_noise_and_pulses_come_when_asked_for():
    score = compose("focus", seed=1, wanted=["modulation", "brown_noise"])
    assert {"modulation", "brown_noise"} <= {b.name for b in blocks_of(score)}


@pytest.mark.parametrize("outcome", ["calm", "focus"])
def test_calm_and_focus_keep_one_level(outcome):
    for score in of(outcome):
        assert score.loudness_lufs.is_constant
        assert score.loudness_lufs.value(0) == -24.0


def test_sleep_falls_from_26_to_34_and_fades_to_silence():
    score = compose("sleep", seed=1, minutes=40)
    minute = 60 * 48_000
    levels = score.at("loudness_lufs", np.arange(0, 41 * minute, minute))
    assert levels[0] == -26.0
    assert levels[22] == pytest.approx(-34.0)
    assert levels[-1] < -70
    assert np.all(np.diff(levels) <= 1e-9)


def test_all_night_holds_its_level_and_says_so_plainly():
    score = compose("sleep", seed=1, minutes=480)
    hours = np.arange(1, 8) * 3600 * 48_000
    np.testing.assert_allclose(score.at("loudness_lufs", hours), -34.0)
    note = next(r for r in score.reasons if r.choice == "loudness_lufs")
    assert "not settled" in note.sentence
    assert note.evidence == "SL-06"


@pytest.mark.parametrize("block", ["birds", "warm_pad"])
def test_dawn_swells_at_the_wake_time_and_is_silent_before(block):
    dawn = Dawn(block=block, at_minutes=90)
    score = compose("sleep", seed=1, minutes=30, dawn=dawn)
    number = [layer.block for layer in score.layers].index(block)
    minute = 60 * 48_000
    gain = score.at(f"layers.{number}.gain_db", np.array([0, 90, 94]) * minute)
    assert (gain[:2] <= SILENT_DB).all()
    assert gain[2] == pytest.approx({"birds": -12.0, "warm_pad": -7.0}[block])
    levels = score.at("loudness_lufs", np.array([60, 90, 97]) * minute)
    assert levels[0] < -70
    assert levels[1] < -70
    assert levels[2] == pytest.approx(-30)
    assert score.minutes == 90 + DAWN_MINUTES


def test_sleep_is_darkest_slowest_and_least_varied_of_the_three():
    calm, focus, sleep = (PLANS[outcome] for outcome in ("calm", "focus", "sleep"))
    for name in ("arousal", "brightness", "density"):
        assert sleep.target[name] < min(calm.target[name], focus.target[name])
    assert sleep.weather["gust"] < calm.weather["gust"]


def test_journey_arrives_before_portraits_are_taken():
    for plan in PLANS.values():
        assert plan.glide_share <= 0.5


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_meet_begins_elsewhere_and_settle_does_not(outcome):
    said = {"energy": 9, "stress": 8}
    meet = compose(outcome, seed=1, said=said, journey_shape="meet")
    settle = compose(outcome, seed=1, said=said, journey_shape="settle")
    assert not meet.journey["arousal"].is_constant
    assert settle.journey["arousal"].is_constant
    assert meet.journey["arousal"].knots[-1][1] == settle.journey["arousal"].value(0)
    assert (meet.shape, settle.shape) == ("meet", "settle")


def test_rules_name_evidence_that_is_in_the_register():
    for rule in RULES:
        if rule.evidence is not None:
            assert load().entry(rule.evidence)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_has_the_same_kinds_of_rules(outcome):
    assert set(rules_of(outcome)) == {
        *("layers", "journey", "loudness_lufs", "outro_seconds")
    }


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_first_sound_is_heard_within_two_seconds(outcome):
    # A fade of up to 4 s has passed a quarter of its way, -12 dB, after 2 s at most.
    assert compose(outcome, seed=1).fade_in_seconds <= 4.0


def test_night_that_would_last_longer_ends_with_its_dawn():
    score = compose("sleep", seed=1, minutes=480, dawn=Dawn(at_minutes=420))
    assert score.minutes == 420 + DAWN_MINUTES
    minute = 60 * 48_000
    levels = score.at("loudness_lufs", np.array([60, 420, 427]) * minute)
    np.testing.assert_allclose(levels, [-34.0, -34.0, -30.0])


@pytest.mark.parametrize("minutes", [0.5, 1, 2, 3, 4, 10, 30])
def test_fade_to_silence_is_never_steep(minutes):
    score = compose("sleep", seed=1, minutes=minutes)
    levels = score.at("loudness_lufs", np.arange(0, score.end, 4_800))
    # Of the 2 LU that the loudness may change within three seconds the sounds
    # themselves need a share.
    assert np.max(levels[:-30] - levels[30:]) <= 0.8
