from pathlib import Path

import pytest
from tests.sound.tonal.playing import TONAL

from undersong.compose.blocks import BLOCKS
from undersong.compose.scales import SCALES

PAGE = Path(__file__).parents[3] / "docs" / "music.md"


@pytest.mark.parametrize("name", [row.name for row in SCALES] + list(TONAL))
def test_every_scale_and_tonal_block_has_its_row_in_the_page(name: str) -> None:
    assert f"| {name} |" in PAGE.read_text("utf-8")


def test_just_ratios_in_the_page_are_those_of_the_table() -> None:
    page = PAGE.read_text("utf-8")
    for row in SCALES:
        ratios = " ".join(str(a) if b == 1 else f"{a}/{b}" for a, b in row.ratios)
        assert f"| {ratios} |" in page


def test_these_tests_know_every_tonal_block() -> None:
    tonal = {row.name for row in BLOCKS if row.family in ("tone", "pluck", "pulse")}
    assert tonal == set(TONAL)
