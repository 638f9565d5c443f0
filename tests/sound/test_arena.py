"""Memory for tables: copies that do not overlap, freed together."""

import gc
import weakref

import numpy as np

from undersong.sound.arena import Arena


def test_placed_tables_keep_their_values_and_shapes() -> None:
    tables = [np.full((n, 2), n, np.float32) for n in (3, 50, 7, 64, 1, 60, 500, 2)]
    arena = Arena(block_bytes=512)
    placed = [arena.placed(table) for table in tables]
    for table, place in zip(tables, placed, strict=True):
        np.testing.assert_array_equal(place, table)
    assert not any(np.shares_memory(a, b) for a in placed for b in placed if a is not b)


def test_tables_lie_in_one_block_until_it_is_full() -> None:
    arena = Arena(block_bytes=40)
    first, second, third = (arena.placed(np.zeros(4, np.float32)) for _ in range(3))
    assert first.base is second.base
    assert third.base is not first.base


def test_block_is_freed_with_its_last_table() -> None:
    arena = Arena(block_bytes=16)
    first = arena.placed(np.zeros(4, np.float32))
    arena.placed(np.zeros(4, np.float32))
    block = weakref.ref(first.base)
    del first
    gc.collect()
    assert block() is None
