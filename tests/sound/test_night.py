"""Eight hours: nothing comes back, nothing grows, no hour costs more."""

import numpy as np
import pytest
from scipy import fft
from scipy.signal import resample_poly
from tests.sound.scenes import RATE, alone, scene
from tests.sound.tonal.playing import PLUCKS, playing

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.compose.score import Score
from undersong.sound.blocks import reads_of
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.phrases import notes
from undersong.sound.render import render

HOUR = 3600 * RATE
STRETCH = 120 * RATE
DOWN = 6
"""Compared at 8 kHz, which keeps 50 Hz to 4 kHz of every bed."""

NOISE_LIKE = [
    row.name
    for row in BLOCKS
    if row.salience == 0 and row.family in ("water", "air", "fire", "noise")
] + ["hearth", "breath"]


def night(block: str) -> Score:
    """Return eight hours of one block in moving weather."""
    return scene((block, 0.0, {}), seed=11, minutes=480, depth=0.4)


def coarse(score: Score, begin: int, end: int, palette: Palette) -> np.ndarray:
    """Return a span as mono at 8 kHz."""
    mono = render(score, begin, end, palette).mean(axis=1)
    return resample_poly(mono, 1, DOWN).astype(np.float32)


def highest_likeness(stretch: np.ndarray, windows: list[np.ndarray]) -> float:
    """Return the largest normalised cross-correlation of any window with any place.

    The windows are equally long; the stretch is transformed once for all of them.
    """
    width = len(windows[0])
    n = fft.next_fast_len(len(stretch) + width)
    spectrum = fft.rfft(stretch, n)
    squares = np.concatenate([[0.0], np.cumsum(stretch.astype(np.float64) ** 2)])
    rms = np.sqrt(squares[width:-1] - squares[: -width - 1])
    highest = 0.0
    for window in windows:
        cross = fft.irfft(spectrum * np.conj(fft.rfft(window, n)), n)[: len(rms)]
        norm = rms * np.sqrt(np.sum(window.astype(np.float64) ** 2))
        highest = max(highest, float(np.max(np.abs(cross) / norm)))
    return highest


@pytest.mark.slow
@pytest.mark.parametrize("block", NOISE_LIKE)
def test_no_ten_seconds_of_a_bed_come_back_in_eight_hours(
    block: str, palette: Palette
) -> None:
    score = night(block)
    windows = [
        coarse(score, at, at + 10 * RATE, palette)
        for at in (77 * RATE, 3 * HOUR + 1_234, 8 * HOUR - 60 * RATE)
    ]
    for begin in range(120 * RATE, 8 * HOUR - STRETCH, STRETCH):
        stretch = coarse(score, begin, begin + STRETCH + 10 * RATE, palette)
        apart = [
            window
            for at, window in zip(
                (77 * RATE, 3 * HOUR, 8 * HOUR - 60 * RATE), windows, strict=True
            )
            if not begin - 20 * RATE < at < begin + STRETCH + 20 * RATE
        ]
        assert highest_likeness(stretch, apart) < 0.5


def test_the_likeness_of_a_window_with_itself_is_one(palette: Palette) -> None:
    stretch = coarse(night("rain"), 0, 12 * RATE, palette)
    assert highest_likeness(stretch, [stretch[4_000:20_000]]) == pytest.approx(1.0)


@pytest.mark.slow
@pytest.mark.parametrize("block", PLUCKS)
def test_notes_of_eight_hours_have_no_period(block: str) -> None:
    found = notes(Part(playing(block), 0), 0, 8 * HOUR)
    pitches = np.array([note.pitch for note in found])
    n = fft.next_fast_len(2 * len(pitches))
    same = np.zeros(n)
    for pitch in np.unique(pitches):
        spectrum = fft.rfft((pitches == pitch).astype(float), n)
        same += fft.irfft(np.abs(spectrum) ** 2, n)
    shifts = np.arange(1, len(pitches) // 2)
    # Of a sequence with a period, nearly all notes agree with those one period on.
    assert np.max(same[shifts] / (len(pitches) - shifts)) < 0.5


@pytest.mark.slow
def test_memory_is_flat_over_eight_hours() -> None:
    palette = Palette()
    layers = tuple((name, -6.0, {}) for name in ("rain", "drone", "hearth", "kalimba"))
    score = scene(*layers, minutes=480, depth=0.5)
    held = []
    for hour in range(8):
        # All of the first hour: by then most notes have been struck once.
        step = 30 if hour == 0 else 300
        for second in range(0, 3600, step):
            begin = hour * HOUR + second * RATE
            render(score, begin, begin + 30 * RATE, palette)
        held.append(palette.held_bytes)
    assert held[7] <= 1.2 * held[0]
    assert held[7] == held[4]


@pytest.mark.parametrize("block", list(BLOCK_BY_NAME))
def test_hour_seven_asks_for_no_more_reads_than_minute_one(
    block: str, palette: Palette
) -> None:
    part = Part(night(block), 0)

    def most_reads(start: int) -> int:
        return max(
            len(list(reads_of(block)(part, begin, begin + RATE, palette)))
            for begin in range(start, start + 60 * RATE, 4 * RATE)
        )

    early = most_reads(60 * RATE)
    assert most_reads(7 * HOUR) <= 1.6 * early + 12


def test_a_block_alone_for_a_day_starts_as_an_hour_of_it(palette: Palette) -> None:
    day = alone("rain").model_copy(update={"minutes": 24 * 60.0})
    np.testing.assert_array_equal(
        render(day, RATE, 2 * RATE, palette),
        render(alone("rain"), RATE, 2 * RATE, palette),
    )
