"""The palette: each table made once, bounded, never written to."""

import numpy as np
import pytest

from undersong.errors import ParameterError
from undersong.sound.palette import Palette, table_name

CALLS: list[int] = []


def ramp(count: int) -> np.ndarray:
    CALLS.append(count)
    return np.arange(count, dtype=np.float32)


def test_table_is_made_once() -> None:
    palette = Palette()
    CALLS.clear()
    assert palette.table(ramp, 3) is palette.table(ramp, 3)
    assert CALLS == [3]


def test_least_recently_used_table_leaves_first() -> None:
    palette = Palette(limit_bytes=8 * 4)
    palette.table(ramp, 3)
    palette.table(ramp, 4)
    palette.table(ramp, 3)
    palette.table(ramp, 2)
    CALLS.clear()
    palette.table(ramp, 3)
    palette.table(ramp, 4)
    assert CALLS == [4]


def test_palette_never_holds_more_than_its_limit() -> None:
    palette = Palette(limit_bytes=100)
    for count in range(1, 20):
        palette.table(ramp, count)
    assert palette.held_bytes <= 100


def test_table_refuses_to_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Palette().table(ramp, 3)[0] = 1.0


def test_limit_below_one_is_refused() -> None:
    with pytest.raises(ParameterError, match="limit_bytes=0"):
        Palette(limit_bytes=0)


def test_name_tells_makers_and_arguments_apart() -> None:
    names = {table_name(ramp, (1,)), table_name(ramp, (1.0,)), table_name(ramp, ("1",))}
    assert len(names) == 3
