import numpy as np
import pytest
from tests.sound.tonal.playing import heard, playing

from undersong.compose.curve import Curve
from undersong.sound.blocks.breath import swell
from undersong.sound.cycles import CELL, cycle_starts, cycles_at
from undersong.sound.part import Part
from undersong.units import SAMPLE_RATE

MINUTE = 60 * SAMPLE_RATE


def flutter(samples: np.ndarray, rate_hz: float, begin_seconds: float) -> complex:
    """Return the part of the power that swings at a rate, against the whole.

    For ``x (1 + d cos)`` with x unrelated to the cosine it is ``2 d / (1 + d^2 / 2)``.
    """
    power = np.mean(samples.astype(float) ** 2, axis=1)
    index = np.arange(len(power)) + begin_seconds * SAMPLE_RATE
    turn = np.exp(-2j * np.pi * (rate_hz / SAMPLE_RATE * index % 1.0))
    return complex(2 * np.mean(power * turn) / np.mean(power))


@pytest.mark.parametrize("rate_hz", [10.0, 12.5, 16.0, 20.0])
def test_modulation_flutters_at_its_rate_and_depth(rate_hz: float) -> None:
    depth = 0.4
    score = playing("modulation", rate_hz=rate_hz, depth=depth, brightness=0.5)
    found = flutter(heard(score, 24, 20), rate_hz, 24)
    assert abs(found) == pytest.approx(2 * depth / (1 + depth**2 / 2), abs=0.08)
    # The phase follows from the sample index alone: crests at whole cycles.
    assert abs(np.angle(found)) < 0.1


def test_modulation_of_no_depth_does_not_flutter() -> None:
    score = playing("modulation", rate_hz=16.0, depth=0.0)
    assert abs(flutter(heard(score, 24, 20), 16.0, 24)) < 0.08


def test_a_new_rate_is_taken_up_within_fifteen_seconds() -> None:
    changing = Curve.through(
        (0, 10.0), (30 * SAMPLE_RATE, 10.0), (31 * SAMPLE_RATE, 20.0)
    )
    score = playing("modulation", rate_hz=changing, depth=0.5)
    assert abs(flutter(heard(score, 48, 8), 20.0, 48)) > 0.6
    assert abs(flutter(heard(score, 48, 8), 10.0, 48)) < 0.15


@pytest.mark.parametrize(("rate", "share"), [(4.0, 0.4), (6.0, 0.5), (7.0, 0.33)])
def test_breath_swells_at_its_rate_and_share(rate: float, share: float) -> None:
    score = playing("breath", rate_per_minute=rate, inhale_share=share)
    seconds = 2 * 60 / rate
    samples = heard(score, 60, seconds)
    hop = SAMPLE_RATE // 5
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop, 2)
    level = np.sqrt(np.mean(frames**2, axis=(1, 2)))
    smooth = np.convolve(level, np.hanning(7) / np.hanning(7).sum(), "same")
    breath = np.mean(smooth[: len(smooth) // 2 * 2].reshape(2, -1), axis=0)
    # A breath begins at every multiple of 60 / rate seconds; 60 s is one of them.
    full = np.argmax(breath) / len(breath)
    assert full == pytest.approx(share, abs=0.08)
    assert breath.max() > 2 * np.median(np.sort(breath)[:5])


def test_a_breath_is_two_raised_cosines() -> None:
    cycles = np.array([0.0, 0.2, 0.4, 0.7, 1.0, 7.2])
    full, _ = swell(cycles, np.full(6, 0.4))
    assert full == pytest.approx([0.0, 0.5, 1.0, 0.5, 0.0, 0.5])


@pytest.mark.parametrize("rate", [40.0, 54.0, 70.0])
def test_pulse_beats_evenly_at_its_rate(rate: float) -> None:
    starts = cycle_starts(
        Part(playing("pulse", rate_per_minute=rate), 0),
        "rate_per_minute",
        0,
        10 * MINUTE,
    )
    assert np.diff(starts) == pytest.approx(
        np.full(len(starts) - 1, MINUTE / rate), abs=1
    )


def test_pulse_swells_rather_than_knocks() -> None:
    samples = np.abs(heard(playing("pulse", rate_per_minute=40.0), 30, 6)).max(axis=1)
    starts = cycle_starts(
        Part(playing("pulse", rate_per_minute=40.0), 0),
        "rate_per_minute",
        31 * SAMPLE_RATE,
        33 * SAMPLE_RATE,
    )
    beat = samples[starts[0] - 30 * SAMPLE_RATE :][: SAMPLE_RATE // 2]
    reached = np.flatnonzero(beat > 0.7 * beat.max())[0]
    assert reached > 0.03 * SAMPLE_RATE


def test_a_falling_rate_counts_the_area_under_it() -> None:
    part = Part(
        playing("pulse", rate_per_minute=Curve.through((0, 70.0), (MINUTE * 60, 40.0))),
        0,
    )
    at = np.array([MINUTE * 60])
    # The curve is symmetric about its middle: 55 a minute on average.
    assert cycles_at(part, "rate_per_minute", at)[0] == pytest.approx(55 * 60, rel=2e-3)


def test_cycles_do_not_jump_where_cells_meet() -> None:
    part = Part(
        playing("breath", rate_per_minute=Curve.through((0, 7.0), (MINUTE, 4.0))), 0
    )
    near = np.arange(CELL * 3 - 2, CELL * 3 + 3)
    steps = np.diff(cycles_at(part, "rate_per_minute", near))
    assert steps == pytest.approx(np.full(4, steps[0]), rel=0.2)


def test_any_span_has_the_beats_of_the_whole() -> None:
    part = Part(
        playing("pulse", rate_per_minute=Curve.through((0, 70.0), (MINUTE * 5, 40.0))),
        0,
    )
    whole = cycle_starts(part, "rate_per_minute", 0, 5 * MINUTE)
    cut = 123 * SAMPLE_RATE + 7
    parts = [
        cycle_starts(part, "rate_per_minute", *span)
        for span in ((0, cut), (cut, 5 * MINUTE))
    ]
    assert parts[0] + parts[1] == whole
