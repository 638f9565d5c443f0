"""`undersong bench`: the figures in docs/performance.md, on this machine."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from undersong.errors import NotFoundError

NEEDED = ("parselmouth", "httpx2")
"""Packages of `requirements-dev.lock` that benchmarks import."""

CHECKOUT = Path(__file__).parents[3]


@click.command("bench")
def command() -> None:
    """Measure how fast this machine reads, composes, renders and serves."""
    if not (CHECKOUT / "benchmarks").is_dir():
        raise NotFoundError(
            "the benchmarks are part of the source checkout, not of the installed "
            "package; run make bench there"
        )
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise NotFoundError(
            f"the benchmarks need {' and '.join(missing)}, which only developers have; "
            "run make bench, which installs them"
        )
    click.echo("This takes a quarter of an hour or more; Ctrl-C ends it.", err=True)
    run = subprocess.run([sys.executable, "-m", "benchmarks"], cwd=CHECKOUT)
    sys.exit(run.returncode)
