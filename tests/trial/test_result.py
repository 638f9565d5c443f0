"""A trial gives a difference with its interval, in words that do not overstate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from undersong.errors import ParameterError
from undersong.guide.wording import check
from undersong.trial.design import begun
from undersong.trial.result import Trial, difference, result_of

taps = st.integers(0, 10)


def trial_of(pairs, *, planned=16, comparison="shape", seed=3) -> Trial:
    design = begun(comparison, "calm", seed=seed, planned_sessions=planned)
    trial = Trial(design=design)
    for before, after in pairs:
        trial = trial.with_session(before, after)
    return trial


def simulated(chance, *, effect, n=16, seed=0) -> Trial:
    """Return a trial of a person who starts low and drifts back up, as people do."""
    trial = trial_of([], planned=n, seed=seed)
    for _ in range(n):
        before = np.clip(np.round(chance.normal(3.5, 1.5)), 0, 10)
        back = 0.4 * (6.0 - before)
        helped = effect if trial.next_arm == "a" else 0.0
        after = np.round(before + back + helped + chance.normal(0, 1.5))
        trial = trial.with_session(float(before), float(np.clip(after, 0, 10)))
    return trial


def test_interval_is_welchs_worked_out_by_hand():
    a, b = (3.0, 1.0, 2.0, 4.0), (1.0, 0.0, 0.0, 1.0)
    # Means 2.5 and 0.5; variances 5/3 and 1/3; standard error sqrt((5/3 + 1/3) / 4).
    error = np.sqrt(0.5)
    freedom = 0.5**2 / ((5 / 12) ** 2 / 3 + (1 / 12) ** 2 / 3)
    half = stats.t.ppf(0.95, freedom) * error
    estimate, low, high = difference(a, b)
    assert estimate == pytest.approx(2.0)
    assert (low, high) == (pytest.approx(2 - half), pytest.approx(2 + half))


def test_interval_is_that_of_scipys_welch_test():
    chance = np.random.default_rng(2)
    a, b = tuple(chance.normal(1, 2, 9)), tuple(chance.normal(0, 1, 7))
    theirs = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.9)
    assert difference(a, b)[1:] == pytest.approx((theirs.low, theirs.high))


def test_interval_covers_the_truth_nine_times_in_ten():
    chance = np.random.default_rng(4)
    covered = 0
    for _ in range(500):
        a, b = chance.normal(1.0, 2.0, 8), chance.normal(0.0, 1.0, 8)
        _, low, high = difference(tuple(a), tuple(b))
        covered += low <= 1.0 <= high
    # Standard deviation of the count is 6.7.
    assert 430 <= covered <= 470


@pytest.mark.parametrize("n", [150, pytest.param(3000, marks=pytest.mark.slow)])
def test_without_effect_a_side_is_preferred_seldom_although_everyone_drifts_up(n):
    chance = np.random.default_rng(8)
    verdicts = [
        result_of(simulated(chance, effect=0.0, seed=i)).verdict for i in range(n)
    ]
    # Only "a" would be told as helping; both sides rise by themselves.
    assert verdicts.count("a") / n <= 0.10
    assert verdicts.count("b") / n <= 0.10


def test_large_effect_is_found_most_of_the_time():
    chance = np.random.default_rng(9)
    verdicts = [
        result_of(simulated(chance, effect=2.5, seed=i)).verdict for i in range(60)
    ]
    assert verdicts.count("a") / 60 > 0.7


def test_no_verdict_before_the_planned_sessions():
    running = trial_of([(0, 10), (0, 0)] * 7, planned=16)
    result = result_of(running)
    assert result.verdict == "running"
    assert "No verdict before all 16 sessions: 14 so far" in result.sentence


def test_few_answers_give_no_interval():
    result = result_of(trial_of([(2, 5)] * 4))
    assert (result.verdict, result.difference) == ("too_few", None)
    assert result.sentence == "Too few answers to compare yet: 4 of 16 sessions."


def test_no_difference_is_a_plain_result():
    pairs = [(5, 6), (5, 7), (5, 5), (5, 6)] * 3
    result = result_of(trial_of(pairs, planned=12))
    assert result.verdict == "no_difference"
    assert result.sentence.startswith("No difference seen yet, 12 sessions (90 %")


def test_same_rise_on_both_sides_is_no_difference_however_large():
    result = result_of(trial_of([(1, 9), (2, 9), (0, 8), (1, 8)] * 4))
    assert result.verdict == "no_difference"


def test_difference_is_told_with_its_interval_and_its_limits():
    trial = trial_of([], planned=12)
    while not trial.complete:
        rise = 5 if trial.next_arm == "b" else 1
        noise = len(trial.sessions) % 3 - 1
        trial = trial.with_session(3, 3 + rise + noise)
    result = result_of(trial)
    assert result.verdict == "b"
    assert "“begin at the target”" in result.sentence
    assert "chance may still play a part" in result.sentence


def test_session_without_an_answer_is_counted_but_not_compared():
    result = result_of(trial_of([(5, 6), (5, None)] * 8))
    assert result.unanswered == 8
    assert sum(result.counts.values()) == 8


def test_sentences_keep_the_wording_rules():
    chance = np.random.default_rng(1)
    trials = [simulated(chance, effect=e, seed=i) for e in (-4, 0, 4) for i in range(3)]
    trials += [trial_of([(2, 5)] * 3), trial_of([(0, 10), (0, 0)] * 7)]
    sentences = [result_of(trial).sentence for trial in trials]
    assert [found for text in sentences for found in check(text)] == []


@given(st.lists(st.tuples(taps, st.none() | taps), max_size=20))
def test_any_answers_give_a_result_and_round_trip(pairs):
    trial = trial_of(pairs)
    assert Trial.from_json(trial.to_json()) == trial
    result = result_of(trial)
    assert result.sentence
    if result.low is not None:
        assert result.low <= result.difference <= result.high


def test_answer_out_of_range_is_refused():
    with pytest.raises(ParameterError, match="after=11 must be from 0 to 10"):
        trial_of([(1, 11)])
    with pytest.raises(ParameterError, match="not a trial"):
        Trial.from_json("[]")
