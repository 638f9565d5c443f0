"""A new block is one file and one row: all that walks the table finds it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ROW = """
    Block(
        name="surf_far_off",
        label="surf far off",
        family="water",
        help="a shore heard from over the hill",
        suits=suits(1, 0, 0),
        recordings="ocean_waves",
    ),
    # noise
"""

MODULE = '''
"""A shore heard from over the hill."""

from functools import partial

from undersong.sound.noise import pool, slope
from undersong.sound.tiles import tiles


def bed():
    """Return its pool."""
    return pool(0x5EA, slope(-5.0))


def reads(part, begin, end, palette):
    """Yield its reads."""
    return tiles(part, partial(palette.table, bed), (begin, end))
'''

FOUND_BY = """
from click.testing import CliRunner
from scripts import loudness
from scripts.blocks_page import blocks_page
from tests.sound import test_blocks, test_texture
from undersong.cli.palette import command
from undersong.compose.composer import compose

loudness.BED_SECONDS = 10
loudness.main(["surf_far_off"])
scores = [compose("calm", seed=seed, minutes=5) for seed in range(60)]
found_by = {
    "composer": any("surf_far_off" in {x.block for x in s.layers} for s in scores),
    "documents": "### surf far off (`surf_far_off`)" in blocks_page(),
    "calibration": '"surf_far_off": Row(' in loudness.TABLE.read_text(),
    "laws": "surf_far_off" in test_blocks.NAMES,
    "texture": ("surf_far_off", "ocean_waves", {}) in test_texture.NAMED,
    "command": "surf_far_off" in CliRunner().invoke(command, ["--json"]).output,
}
print([name for name, found in found_by.items() if not found])
"""


@pytest.fixture
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with one more row and one more module."""
    project = tmp_path_factory.mktemp("project")
    for name in ("src", "scripts", "tests/sound"):
        left_out = shutil.ignore_patterns("__pycache__", "static", "*.png")
        shutil.copytree(ROOT / name, project / name, ignore=left_out)
    rows = project / "src" / "undersong" / "compose" / "nature_rows.py"
    text = rows.read_text(encoding="utf-8")
    assert text.count("\n    # noise\n") == 1
    rows.write_text(text.replace("\n    # noise\n", ROW), encoding="utf-8")
    blocks = project / "src" / "undersong" / "sound" / "blocks"
    (blocks / "surf_far_off.py").write_text(MODULE, encoding="utf-8")
    return project


def test_new_row_is_found_without_being_named_anywhere_else(grown: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FOUND_BY],
        cwd=grown,
        env={"PYTHONPATH": f"{grown / 'src'}:{grown}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
