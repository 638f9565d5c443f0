"""Sessions are randomised in blocks of four, fixed by the seed, two of each side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.score import OUTCOMES
from undersong.errors import ParameterError
from undersong.trial.design import (
    BLOCK_SIZE,
    COMPARISONS,
    PLANNED_SESSIONS,
    SCALES,
    begun,
)

seeds = st.integers(0, 2**53 - 1)


@given(seeds, st.integers(0, 50))
def test_every_block_of_four_has_two_of_each_side(seed, block):
    design = begun("shape", "calm", seed=seed)
    arms = [design.arm(BLOCK_SIZE * block + place) for place in range(BLOCK_SIZE)]
    assert sorted(arms) == ["a", "a", "b", "b"]


@given(seeds)
def test_order_is_fixed_by_the_seed(seed):
    first, second = (begun("breath", "sleep", seed=seed) for _ in range(2))
    assert [first.arm(n) for n in range(40)] == [second.arm(n) for n in range(40)]


def test_all_six_orders_of_a_block_come_about_equally_often():
    design = begun("shape", "calm", seed=5)
    orders: dict[str, int] = {}
    for block in range(3000):
        order = "".join(design.arm(BLOCK_SIZE * block + n) for n in range(BLOCK_SIZE))
        orders[order] = orders.get(order, 0) + 1
    assert len(orders) == 6
    # 500 expected, standard deviation 20.
    assert all(400 < count < 600 for count in orders.values())


def test_planned_lengths_are_whole_blocks():
    assert all(n % BLOCK_SIZE == 0 for n in PLANNED_SESSIONS)


def test_every_outcome_has_its_one_tap_question():
    assert set(SCALES) == set(OUTCOMES)


@pytest.mark.parametrize("row", COMPARISONS, ids=lambda row: row.name)
def test_sides_differ_and_name_blocks_that_exist(row):
    assert row.a != row.b
    for side in (row.a, row.b):
        assert set(side.wanted + side.never) <= set(BLOCK_BY_NAME)
    assert row.question.endswith("?")
    assert row.withheld


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"comparison": "colour"}, "'colour' must be one of adaptive, shape, breath"),
        ({"planned_sessions": 5}, "planned_sessions=5 must be one of 12, 16"),
    ],
)
def test_trial_that_is_not_offered_is_refused(wish, says):
    asked = {"comparison": "shape", "outcome": "calm", "seed": 1, **wish}
    with pytest.raises(ParameterError, match=says):
        begun(**asked)
