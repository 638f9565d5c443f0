"""The live meter says what helps while a person is recording."""

import numpy as np
import pytest
from research.sounds import overdriven

from undersong.hear.live import ENOUGH_SPEECH_SECONDS, meter

RATE = 16_000


def test_nothing_yet_is_said_so() -> None:
    hint = meter(np.zeros(RATE), RATE)
    assert not hint.enough
    assert "microphone" in hint.sentence


def test_speech_so_far_says_keep_going(book_clips: list[np.ndarray]) -> None:
    hint = meter(book_clips[0][: 3 * RATE], RATE)
    assert hint.sentence == "Keep going."


def test_a_whole_clip_is_enough(book_clips: list[np.ndarray]) -> None:
    found = [meter(samples, RATE) for samples in book_clips[:6]]
    enough = [hint for hint in found if hint.enough]
    assert len(enough) >= 4
    assert all(hint.speech_seconds >= ENOUGH_SPEECH_SECONDS for hint in enough)


def test_too_loud_is_said_so(book_clips: list[np.ndarray]) -> None:
    assert meter(overdriven(book_clips[0], 0.1), RATE).clipped


@pytest.mark.parametrize("n_samples", [0, 1, 639, 5_000])
def test_any_length_gives_a_hint(n_samples: int) -> None:
    assert meter(np.ones(n_samples), RATE).sentence


def test_the_level_is_the_peak_in_dbfs() -> None:
    assert meter(np.array([0.1, -0.1] * 4_000), RATE).level_db == pytest.approx(-20.0)
