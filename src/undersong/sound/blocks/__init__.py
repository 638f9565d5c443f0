"""One module a block, named like its row in the palette, with one function `reads`.

``reads(part, begin, end, palette)`` yields every `Read` that sounds between two sample
indices. It is pure: the reads of two spans that meet are the reads of the whole.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read

Reads = Callable[[Part, int, int, Palette], Iterable[Read]]


@cache
def reads_of(block: str) -> Reads:
    """Return the `reads` function of a block in the palette."""
    found: Reads = import_module(f"{__name__}.{block}").reads
    return found
