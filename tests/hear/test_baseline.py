"""A baseline learns one person: against formulas for its mean, spread and weights."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.hear.baseline import MOST_CLIPS, Baseline, BaselineClip, weighted_median
from undersong.hear.markers import MARKER
from undersong.hear.priors import PRIOR
from undersong.hear.read import read, signals_of
from undersong.hear.reading import Reading, Refusal
from undersong.hear.usual import people

RATE = 16_000
VOICE = {"f0_mean": 30.0, "alpha_ratio": -14.0, "articulation_rate": 4.0}


def clip(day: float = 0.0, **markers: float) -> BaselineClip:
    return BaselineClip(day=day, device="a", markers={**VOICE, **markers})


def on_days(clips: Iterable[BaselineClip]) -> Baseline:
    """Return a baseline of these clips, one a day."""
    return Baseline(
        clips=tuple(
            each.model_copy(update={"day": float(day)})
            for day, each in enumerate(clips)
        )
    )


def test_an_empty_baseline_is_people() -> None:
    assert Baseline().usual(VOICE) == people(VOICE)


def test_two_clips_shrink_to_people_as_the_posterior_of_a_normal_mean() -> None:
    prior = PRIOR["articulation_rate"]
    among = people({"f0_mean": 30.0})["articulation_rate"]
    between = among.spread**2 - prior.within**2
    between = max(between, (0.5 * prior.within) ** 2)
    kappa = prior.within**2 / between
    older = 0.5 ** (1.0 / 30.0)
    clips = (clip(0.0, articulation_rate=4.0), clip(1.0, articulation_rate=5.0))
    usual = Baseline(clips=clips).usual(VOICE)["articulation_rate"]
    wanted = (kappa * among.centre + older * 4.0 + 5.0) / (kappa + older + 1.0)
    assert usual.centre == pytest.approx(wanted)
    spread = prior.within * (1 + 1 / (kappa + older + 1.0)) ** 0.5
    assert usual.spread == pytest.approx(spread)


def test_one_clip_is_no_usual_however_often_it_is_given() -> None:
    for n_times in (1, 2, 20):
        clips = tuple(clip(0.001 * k, articulation_rate=6.0) for k in range(n_times))
        baseline = Baseline(clips=clips)
        assert baseline.occasions() == 0
        assert baseline.usual(VOICE) == people(VOICE)


@given(st.lists(st.floats(2.0, 6.0), min_size=2, max_size=12), st.integers(1, 5))
def test_repeats_within_minutes_count_as_one_clip_of_their_mean(
    rates: list[float], n_repeats: int
) -> None:
    plain = tuple(clip(day, articulation_rate=r) for day, r in enumerate(rates))
    repeated = tuple(
        clip(day + 0.002 * k, articulation_rate=r + 0.1 * (k - (n_repeats - 1) / 2))
        for day, r in enumerate(rates)
        for k in range(n_repeats)
    )
    found, wanted = (
        Baseline(clips=clips).usual(VOICE)["articulation_rate"]
        for clips in (repeated, plain)
    )
    assert Baseline(clips=repeated).occasions() == len(rates)
    assert found.centre == pytest.approx(wanted.centre, abs=0.01)
    assert found.spread == pytest.approx(wanted.spread, abs=0.01)


def test_morning_and_evening_are_two_occasions() -> None:
    assert Baseline(clips=(clip(0.3), clip(0.32), clip(0.8))).occasions() == 2


def test_many_clips_give_the_persons_own_median() -> None:
    values = np.linspace(4.5, 5.5, 101)
    np.random.default_rng(0).shuffle(values)
    baseline = on_days(clip(articulation_rate=value) for value in values)
    usual = baseline.usual(VOICE)["articulation_rate"]
    assert usual.centre == pytest.approx(5.0, abs=0.15)


def test_from_eight_occasions_on_one_odd_clip_changes_little() -> None:
    clips = [clip(alpha_ratio=-14.0 + 0.1 * k) for k in range(9)]
    plain = on_days(clips).usual(VOICE)["alpha_ratio"].centre
    odd = on_days((*clips, clip(alpha_ratio=30.0))).usual(VOICE)
    assert odd["alpha_ratio"].centre == pytest.approx(plain, abs=0.3)


def test_a_clip_of_thirty_days_ago_counts_half() -> None:
    old, new = clip(0.0, articulation_rate=3.0), clip(30.0, articulation_rate=6.0)
    prior = PRIOR["articulation_rate"]
    among = people({"f0_mean": 30.0})["articulation_rate"]
    between = max(among.spread**2 - prior.within**2, (0.5 * prior.within) ** 2)
    kappa = prior.within**2 / between
    wanted = (kappa * among.centre + 0.5 * 3.0 + 6.0) / (kappa + 1.5)
    found = Baseline(clips=(old, new)).usual(VOICE)["articulation_rate"].centre
    assert found == pytest.approx(wanted)


def test_on_a_new_device_f0_carries_over_and_the_spectrum_restarts() -> None:
    clips = [clip(f0_mean=36.0, alpha_ratio=-5.0) for _ in range(5)]
    found = on_days(clips).usual(VOICE, device="b")
    assert found["f0_mean"].centre == pytest.approx(36.0, abs=0.3)
    assert found["alpha_ratio"] == people({"f0_mean": 36.0})["alpha_ratio"]


def test_the_time_of_day_counts_from_twelve_occasions_on() -> None:
    def at(hour: float) -> BaselineClip:
        rate = 4.0 + 0.5 * np.cos(2 * np.pi * hour / 24)
        return clip(articulation_rate=rate).model_copy(update={"hour": hour})

    hours = [2.0 * k for k in range(12)] * 3
    few, many = on_days(map(at, hours[:11])), on_days(map(at, hours))
    night, noon = (
        many.usual(VOICE, hour=hour)["articulation_rate"].centre for hour in (0, 12)
    )
    assert night - noon == pytest.approx(1.0, abs=0.25)
    assert few.usual(VOICE, hour=0.0) == few.usual(VOICE, hour=12.0)


def test_a_refused_reading_is_not_added() -> None:
    refused = Reading(ok=False, refusal=Refusal(code="noisy", sentence="Too loud."))
    found = Baseline().with_reading(refused, day=0.0, hour=None, device="a")
    assert found == Baseline()


def test_old_clips_are_let_go() -> None:
    reading = Reading(ok=True, markers=VOICE)
    baseline = Baseline()
    for day in range(MOST_CLIPS + 5):
        baseline = baseline.with_reading(reading, day=day, hour=None, device="a")
    assert len(baseline.clips) == MOST_CLIPS
    assert baseline.clips[0].day == 5


@given(
    st.lists(
        st.tuples(st.floats(0, 1e5), st.sampled_from(["a", "b"]), st.floats(-1e6, 1e6)),
        max_size=20,
    )
)
def test_a_baseline_survives_json_and_gives_finite_numbers(
    entries: list[tuple[float, str, float]],
) -> None:
    clips = tuple(
        BaselineClip(day=day, device=device, markers={**VOICE, "alpha_ratio": value})
        for day, device, value in sorted(entries)
    )
    baseline = Baseline(clips=clips)
    assert Baseline.from_json(baseline.to_json()) == baseline
    for usual in baseline.usual(VOICE).values():
        assert np.isfinite(usual.centre)
        assert usual.spread > 0


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_with_equal_weights_the_median_is_the_lower_median(values: list[float]) -> None:
    found = weighted_median(np.array(values), np.ones(len(values)))
    assert found == sorted(values)[(len(values) - 1) // 2]


def test_a_persons_own_clips_make_their_next_one_usual(
    one_reader: list[np.ndarray],
) -> None:
    readings = [read(samples, RATE) for samples in one_reader]
    kept = [reading for reading in readings if reading.ok]
    baseline = Baseline()
    for day, reading in enumerate(kept[:-1]):
        baseline = baseline.with_reading(reading, day=day, hour=9.0, device="a")
    signals = signals_of(kept[-1], baseline)
    assert {signal.versus for signal in signals.values()} == {"you"}
    for signal in signals.values():
        assert abs(signal.value - 0.5) < 0.2


def test_every_marker_of_a_baseline_is_known(one_reader: list[np.ndarray]) -> None:
    reading = read(one_reader[0], RATE)
    assert set(reading.markers) <= set(MARKER)
