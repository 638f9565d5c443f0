"""Blocks of a session, by one worker or several."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scores import small_score

from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.stream.spans import rendered_blocks, rendered_by, spans

PALETTE = Palette()
SCORE = small_score(minutes=0.1)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.floats(0.1, 60))
def test_spans_meet_and_cover(begin: int, length: int, block_seconds: float) -> None:
    cuts = list(spans(begin, begin + length, block_seconds))
    assert [low for low, _ in cuts] == [begin, *[high for _, high in cuts[:-1]]]
    assert cuts[-1][1] == begin + length


@pytest.mark.parametrize("block_seconds", [0.5, 1.7, 100.0])
def test_blocks_together_are_the_render(block_seconds: float) -> None:
    blocks = list(rendered_blocks(SCORE, 1000, SCORE.end, PALETTE, block_seconds))
    np.testing.assert_array_equal(
        np.concatenate(blocks), render(SCORE, 1000, SCORE.end, PALETTE)
    )


def test_any_executor_gives_the_same_samples_in_order() -> None:
    cuts = list(spans(0, SCORE.end, 1.3))
    with ThreadPoolExecutor(2) as executor:
        blocks = list(rendered_by(executor, SCORE, cuts, waiting=3))
    np.testing.assert_array_equal(
        np.concatenate(blocks), render(SCORE, 0, SCORE.end, PALETTE)
    )
