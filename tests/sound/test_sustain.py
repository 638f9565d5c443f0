"""Sustained layers: even notes, timbre that opens note by note."""

import numpy as np
import pytest
from tests.sound.scenes import RATE, alone

from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import GRID, Read
from undersong.sound.regions import drone_regions
from undersong.sound.sustain import FADE_POINTS, HOP_POINTS, WINDOW, sustain
from undersong.sound.timbres import STEPS

SPAN = (60 * RATE, 100 * RATE)


class Asked(Palette):
    """A palette whose tables are silent; it notes what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[int] = []

    def table(self, make: object, *arguments: str | int | float) -> np.ndarray:
        self.steps.append(int(arguments[1]))
        return np.zeros((2**18, 2), np.float32)


def reads(brightness: float) -> tuple[list[Read], list[int]]:
    part = Part(alone("drone", brightness=brightness), 0)
    palette = Asked()
    found = list(sustain(part, SPAN, palette, drone_regions))
    return found, palette.steps


def test_stretches_of_one_note_fade_over_evenly() -> None:
    leaving = WINDOW[HOP_POINTS:]
    np.testing.assert_allclose(WINDOW[: FADE_POINTS + 1] + leaving, 1.0)


def test_about_one_table_sounds_for_each_note() -> None:
    found, _ = reads(0.4)
    begin, end = SPAN
    sounding = sum(
        min(read.start + read.length, end) - max(read.start, begin) for read in found
    )
    # The root and what rubs against it.
    assert sounding < 2 * (HOP_POINTS + FADE_POINTS + 1) / HOP_POINTS * (end - begin)


@pytest.mark.parametrize("step", range(STEPS))
def test_brightness_on_a_step_sounds_that_step(step: int) -> None:
    assert set(reads(step / (STEPS - 1))[1]) == {step}


def test_brightness_between_two_steps_sounds_some_notes_at_each() -> None:
    assert set(reads(2.5 / (STEPS - 1))[1]) == {2, 3}


def test_every_read_starts_on_the_grid() -> None:
    assert all(read.start % GRID == 0 for read in reads(0.4)[0])
