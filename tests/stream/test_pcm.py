"""Rounding to 16 bits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from undersong.stream.pcm import to_int16

SAMPLES = arrays(np.float32, (7, 2), elements=st.floats(-1, 1, width=32))


@given(SAMPLES)
def test_rounding_is_off_by_half_a_step_below_full_scale(samples: np.ndarray) -> None:
    below = np.clip(samples, -1, np.float32(32767 / 32768))
    assert np.abs(to_int16(below) / 32768 - below).max() <= 0.5 / 32768


def test_full_scale_and_beyond_are_held_at_the_ends() -> None:
    loud = np.array([[1.0, -1.0], [9.0, -9.0]], np.float32)
    assert to_int16(loud).tolist() == [[32767, -32768], [32767, -32768]]
