"""Chance by address: even, independent, in any order."""

import numpy as np
import pytest
from scipy import stats

from undersong.sound import chance


def test_uniform_values_are_evenly_spread() -> None:
    values = chance.uniform(7, np.arange(20_000))
    assert stats.kstest(values, "uniform").pvalue > 0.01


def test_normal_values_are_normal() -> None:
    values = chance.normal(7, np.arange(20_000))
    assert stats.kstest(values, "norm").pvalue > 0.01


@pytest.mark.parametrize("other", [8, 7 + 2**32, -7])
def test_other_seed_gives_unrelated_values(other: int) -> None:
    numbers = np.arange(20_000)
    a, b = chance.uniform(7, numbers), chance.uniform(other, numbers)
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.03


def test_neighbouring_numbers_give_unrelated_values() -> None:
    values = chance.uniform(7, np.arange(-10_000, 10_000))
    assert abs(np.corrcoef(values[1:], values[:-1])[0, 1]) < 0.03


def test_value_does_not_depend_on_its_neighbours() -> None:
    numbers = np.array([5, -3, 10**12])
    one_by_one = [chance.bits(3, number) for number in numbers]
    np.testing.assert_array_equal(chance.bits(3, numbers), one_by_one)


@pytest.mark.parametrize("seed", [0, 3, -1, 2**64 - 1])
def test_word_of_one_number_is_its_bits(seed: int) -> None:
    numbers = [0, 1, -1, 10**12, -(2**63)]
    words = [chance.word(seed, number) for number in numbers]
    assert words == chance.bits(seed, np.array(numbers)).tolist()


def test_every_bit_is_set_half_the_time() -> None:
    words = chance.bits(1, np.arange(20_000))
    set_bits = [np.mean((words >> np.uint64(k)) & np.uint64(1)) for k in range(64)]
    np.testing.assert_allclose(set_bits, 0.5, atol=0.015)


def test_address_tells_orders_apart() -> None:
    assert chance.address(1, 2, 3) != chance.address(1, 3, 2)


def test_smooth_stays_within_one_and_wanders() -> None:
    values = chance.smooth(4, np.arange(0, 400_000, 10), 1_000)
    assert np.max(np.abs(values)) <= 1.0
    assert 0.3 < np.std(values) < 0.5
    assert abs(np.mean(values)) < 0.1


def test_smooth_has_no_corner() -> None:
    values = chance.smooth(4, np.arange(-20_000, 20_000), 1_000)
    # Third differences of a cubic spline with knots 1000 apart stay below 8 / 1000^3.
    assert np.max(np.abs(np.diff(values, 2))) < 8e-6


def test_smooth_is_the_same_for_any_selection_of_indices() -> None:
    indices = np.arange(-5_000, 5_000)
    whole = chance.smooth(4, indices, 777)
    np.testing.assert_allclose(
        chance.smooth(4, indices[::37], 777), whole[::37], rtol=0, atol=1e-12
    )
