"""docs/blocks.md: every block of the palette, from its row."""

from itertools import groupby

from undersong.compose.blocks import BLOCKS, Block, Parameter
from undersong.sound.loudness_table import LOUDNESS

HEAD = """# The palette

Made by `make docs` from the rows in `compose/`. The pictures are spectrograms of ten
seconds, 40 Hz to 16 kHz, 70 dB deep; where there is a recording of the real thing it
stands on the right, with the name of its author (`python -m scripts.sound_pictures`).
How the engine plays them is told in [sound.md](sound.md).
"""


def blocks_page() -> str:
    """Return the page."""
    parts = [HEAD]
    for family, rows in groupby(BLOCKS, key=lambda row: row.family):
        parts.append(f"## {family.capitalize()}\n")
        parts += [_section(row) for row in rows]
    return "\n".join(parts)


def _section(row: Block) -> str:
    lines = [f"### {row.label} (`{row.name}`)\n", f"{row.help.capitalize()}.\n"]
    if row.parameters:
        lines += ["| parameter | range | default | what it does |", "|---|---|---|---|"]
        lines += [_line(parameter) for parameter in row.parameters]
        lines.append("")
    weather = ", ".join(row.follows) or "nothing"
    axes = LOUDNESS[row.name].axes if row.name in LOUDNESS else ()
    calibrated = ", ".join(name for name, _ in axes) or "nothing"
    lines.append(f"Follows {weather}; its loudness is measured over {calibrated}.\n")
    lines.append(f"![Spectrogram of {row.label}](pictures/sound/{row.name}.png)\n")
    return "\n".join(lines)


def _line(row: Parameter) -> str:
    span = f"{row.low:g} to {row.high:g} {row.unit}".rstrip()
    return f"| `{row.name}` | {span} | {row.default:g} | {row.help} |"
