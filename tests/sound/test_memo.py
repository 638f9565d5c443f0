"""What is kept between spans changes nothing but the time it takes."""

import numpy as np
import pytest
from tests.sound.scenes import alone, random_scene

from undersong.sound.memo import EACH, STRETCH, Memo, on_grid
from undersong.sound.palette import Palette
from undersong.sound.part import parts_of
from undersong.sound.reads import GRID
from undersong.sound.render import render


@pytest.mark.parametrize(
    ("first", "last"),
    [(0, 1), (3, STRETCH), (STRETCH - 1, STRETCH + 1), (-5, 3 * STRETCH + 2)],
)
def test_curve_kept_in_stretches_is_the_plain_curve(first: int, last: int) -> None:
    found = on_grid(Memo(), "slope", lambda at: 2.0 * at, first, last)
    # A point knows what lies one grid step before it, and nothing before the start.
    plain = [2.0 * GRID * max(point - 1, 0) for point in range(first, last)]
    np.testing.assert_array_equal(found, plain)


def test_work_is_done_once_for_a_name_and_number() -> None:
    memo, done = Memo(), []
    for name, number in (("a", 1), ("b", 1), ("a", 1), ("a", 2), ("b", 1)):
        made = memo.get(name, number, lambda: done.append(0) or len(done))
        assert made == memo.get(name, number, lambda: -1)
    assert len(done) == 3


def test_only_the_last_stretches_are_kept() -> None:
    memo = Memo()
    for number in range(10 * EACH):
        memo.get("a", number, lambda number=number: number)
    assert memo.get("a", 10 * EACH - 1, lambda: -1) == 10 * EACH - 1
    assert memo.get("a", 0, lambda: -1) == -1


def test_equal_scores_keep_their_own_parts() -> None:
    one, other = alone("rain"), alone("rain")
    assert parts_of(one) is parts_of(one)
    assert parts_of(one) is not parts_of(other)


def test_a_score_heard_before_renders_as_one_never_heard(palette: Palette) -> None:
    score = random_scene(3)
    span = (30 * 48_000 + 11, 33 * 48_000)
    render(score, 0, 100_000, palette)
    render(score, *span, palette)
    np.testing.assert_array_equal(
        render(score, *span, palette), render(score.model_copy(), *span, palette)
    )
