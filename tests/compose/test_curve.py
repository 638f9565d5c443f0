"""Curves pass through their knots, never overshoot, and hold beyond the ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.interpolate import PchipInterpolator

from undersong.compose.curve import Curve

knots = st.dictionaries(
    st.integers(0, 10**9), st.floats(-100, 100), min_size=1, max_size=8
).map(lambda rows: sorted(rows.items()))


@given(knots)
def test_curve_passes_through_its_knots(rows):
    curve = Curve.through(*rows)
    for index, value in rows:
        assert curve.value(index) == pytest.approx(value, abs=1e-9)


@given(knots, st.integers(0, 10**9))
def test_curve_never_overshoots_its_knots(rows, index):
    values = [value for _, value in rows]
    slack = 1e-9
    assert min(values) - slack <= Curve.through(*rows).value(index)
    assert Curve.through(*rows).value(index) <= max(values) + slack


@given(knots)
def test_curve_holds_its_ends(rows):
    curve = Curve.through(*rows)
    first, last = rows[0], rows[-1]
    ends = curve.at(np.array([first[0] - 5, last[0] + 5]))
    np.testing.assert_allclose(ends, [first[1], last[1]], atol=1e-9)


def test_inner_slopes_are_those_of_scipys_monotone_cubic():
    x = np.arange(6) * 1000
    y = np.array([0.0, 1.0, 4.0, 4.5, 3.0, 2.0])
    ours = Curve.through(*zip(x, y, strict=True))
    # Between inner knots only: the ends are flat here, one-sided there.
    indices = np.arange(1000, 4001)
    np.testing.assert_allclose(
        ours.at(indices), PchipInterpolator(x, y)(indices), atol=1e-9
    )


@pytest.mark.parametrize("rows", [[(5, 1.0), (5, 2.0)], [(6, 1.0), (5, 2.0)]])
def test_curve_refuses_knots_out_of_order(rows):
    with pytest.raises(ValidationError, match="rising"):
        Curve.through(*rows)


def test_curve_refuses_values_that_are_no_numbers():
    with pytest.raises(ValidationError, match="finite"):
        Curve.through((0, float("nan")))
