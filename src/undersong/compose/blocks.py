"""The palette as data: one row a block, for composer, engine and docs."""

from collections.abc import Mapping

from undersong.compose.block import Block, Family, Parameter, WeatherName
from undersong.compose.nature_rows import NATURE
from undersong.compose.tone_rows import TONES

__all__ = ["BLOCKS", "BLOCK_BY_NAME", "Block", "Family", "Parameter", "WeatherName"]

BLOCKS: tuple[Block, ...] = (*NATURE, *TONES)

BLOCK_BY_NAME: Mapping[str, Block] = {row.name: row for row in BLOCKS}
