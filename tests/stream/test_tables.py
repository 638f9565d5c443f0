"""Tables on disk: shared, bounded, mended without a word."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from undersong.stream.tables import TableFiles, open_palette

CALLS: list[int] = []


def ramp(count: int) -> np.ndarray:
    CALLS.append(count)
    return np.arange(2 * count, dtype=np.float32).reshape(count, 2)


def only_file(folder: Path) -> Path:
    (found,) = folder.glob("*/*.npy")
    return found


def make_in_process(folder: str) -> float:
    return float(open_palette(Path(folder)).table(ramp, 50_000).sum())


def test_second_palette_finds_what_the_first_made(tmp_path: Path) -> None:
    made = open_palette(tmp_path).table(ramp, 5)
    CALLS.clear()
    np.testing.assert_array_equal(open_palette(tmp_path).table(ramp, 5), made)
    assert CALLS == []


def test_table_from_disk_is_mapped_and_read_only(tmp_path: Path) -> None:
    open_palette(tmp_path).table(ramp, 5)
    table = open_palette(tmp_path).table(ramp, 5)
    assert not table.flags.writeable
    assert not table.flags.owndata


@pytest.mark.parametrize("kept", [0, 1, 60, 200])
def test_file_cut_short_is_made_again(kept: int, tmp_path: Path) -> None:
    made = open_palette(tmp_path).table(ramp, 50)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    np.testing.assert_array_equal(open_palette(tmp_path).table(ramp, 50), made)
    np.testing.assert_array_equal(np.load(only_file(tmp_path)), made)


def test_file_that_is_no_table_is_made_again(tmp_path: Path) -> None:
    made = open_palette(tmp_path).table(ramp, 50)
    only_file(tmp_path).write_bytes(b"not a table" * 50)
    np.testing.assert_array_equal(open_palette(tmp_path).table(ramp, 50), made)


def test_folder_removed_while_open_is_made_again(tmp_path: Path) -> None:
    palette = open_palette(tmp_path)
    palette.table(ramp, 5)
    only_file(tmp_path).unlink()
    assert palette.table(ramp, 6).shape == (6, 2)


def test_disk_that_refuses_does_not_stop_the_sound(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert open_palette(blocked / "below").table(ramp, 5).shape == (5, 2)


def test_disk_never_holds_more_than_its_limit(tmp_path: Path) -> None:
    palette = open_palette(tmp_path, limit_bytes=10_000)
    for count in range(100, 400, 10):
        palette.table(ramp, count)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.npy")) <= 10_400


def test_limit_of_zero_keeps_nothing(tmp_path: Path) -> None:
    open_palette(tmp_path, limit_bytes=0).table(ramp, 5)
    assert not list(tmp_path.iterdir())


def test_no_folder_keeps_tables_in_memory_only() -> None:
    assert open_palette(None).table(ramp, 5).shape == (5, 2)


def test_two_processes_may_write_the_same_table(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        sums = list(pool.map(make_in_process, [str(tmp_path)] * 4))
    assert len(set(sums)) == 1
    np.testing.assert_array_equal(np.load(only_file(tmp_path)), ramp(50_000))
    assert not list(tmp_path.rglob("*.part"))


def test_many_threads_share_one_palette(tmp_path: Path) -> None:
    palette = open_palette(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(lambda n: palette.table(ramp, 10 + n % 7), range(200)))
    assert {len(table) for table in tables} == set(range(10, 17))


def test_store_that_has_nothing_gives_none(tmp_path: Path) -> None:
    assert TableFiles(tmp_path, 10**6).get("rain.bed:1") is None
