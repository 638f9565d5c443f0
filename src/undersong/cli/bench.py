"""`undersong bench`: the figures in docs/performance.md, on this machine."""

import subprocess
import sys
from pathlib import Path

import click

from undersong.errors import NotFoundError

CHECKOUT = Path(__file__).parents[3]


@click.command("bench")
def command() -> None:
    """Measure how fast this machine reads, composes, renders and serves."""
    if not (CHECKOUT / "benchmarks").is_dir():
        raise NotFoundError(
            "the benchmarks are part of the source checkout, not of the installed "
            "package; run make bench there"
        )
    run = subprocess.run([sys.executable, "-m", "benchmarks"], cwd=CHECKOUT)
    sys.exit(run.returncode)
