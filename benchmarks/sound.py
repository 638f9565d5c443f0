"""How many times faster than it is heard: `python -m benchmarks.sound`.

One core, 60 s of a standard score of eight layers, stereo 48 kHz float32, ceiling
included. Times are the processor's own, which other programs on the machine disturb
less than the clock on the wall; where a person waits, the clock is shown beside it.
"""

import os

# Before NumPy is loaded: its linear algebra would use every core.
os.environ["OMP_NUM_THREADS"] = "1"

import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scripts.plain_score import plain_score

from undersong.compose.score import Score
from undersong.sound.blocks import reads_of
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.render import render
from undersong.stream.tables import open_palette
from undersong.units import SAMPLE_RATE

MINUTE = 60 * SAMPLE_RATE
BEGIN = 300 * SAMPLE_RATE
RUNS = 9
TABLES = 48
SPAN = 92_160
"""Samples of a segment of the stream."""

LAYERS = (
    ("rain", 0.0, {}),
    ("ocean", -3.0, {}),
    ("wind", -6.0, {}),
    ("hearth", -8.0, {}),
    ("warm_pad", -4.0, {}),
    ("drone", -8.0, {}),
    ("felt_piano", -8.0, {}),
    ("birds", -10.0, {}),
)
PEERS = Path(__file__).parent / "peers"


def standard_score() -> Score:
    """Return the eight layers in moving weather."""
    return plain_score(LAYERS, depth=0.5)


def cpu_seconds(score: Score, palette: Palette, begin: int, end: int) -> float:
    # A copy: nothing that was worked out for the score before may help.
    score = score.model_copy()
    begun = time.process_time()
    render(score, begin, end, palette)
    return time.process_time() - begun


def warm(score: Score, palette: Palette) -> float:
    """Return the least processor time for a minute, tables made."""
    render(score, BEGIN, BEGIN + MINUTE, palette)
    end = BEGIN + MINUTE
    return min(cpu_seconds(score, palette, BEGIN, end) for _ in range(RUNS))


def plain_addition() -> float:
    """Return the seconds in which NumPy adds one stereo minute, times a gain.

    From as many tables as a score has, so that they come from as far away.
    """
    tables = np.ones((TABLES, 2**18, 2), np.float32)
    total = np.zeros((8192, 2), np.float32)
    product, count = np.empty_like(total), MINUTE // len(total)
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        for number in range(count):
            start = number // TABLES * len(total)
            piece = tables[number % TABLES, start : start + len(total)]
            np.multiply(piece, 0.5, out=product)
            np.add(total, product, out=total)
        times.append(time.process_time() - begun)
    return min(times) * MINUTE / (count * len(total))


def additions(score: Score, palette: Palette) -> dict[str, float]:
    """Return how many tables sound at a time, for each layer."""
    found = {}
    for number, layer in enumerate(score.layers):
        part = Part(score, number)
        total = 0
        for read in reads_of(layer.block)(part, BEGIN, BEGIN + MINUTE, palette):
            low = max(read.start, BEGIN)
            total += max(min(read.start + read.length, BEGIN + MINUTE) - low, 0)
        found[layer.block] = total / MINUTE
    return found


def span_seconds(score: Score, palette: Palette) -> float:
    """Return the processor time for one span as a listener is sent it."""
    count = 20
    score = score.model_copy()
    begun = time.process_time()
    for begin in range(BEGIN, BEGIN + count * SPAN, SPAN):
        render(score, begin, begin + SPAN, palette)
    return (time.process_time() - begun) / count


class Spent(NamedTuple):
    """Seconds on the clock and of the processor."""

    clock: float
    processor: float


def cold(folder: Path | None, seconds: int) -> Spent:
    """Return what the first seconds in this process take, its imports left out."""
    score = standard_score()
    clock, processor = time.perf_counter(), time.process_time()
    render(score, 0, seconds * SAMPLE_RATE, open_palette(folder))
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def fresh(folder: str, seconds: int) -> Spent:
    """Return what `cold` takes in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sound", "cold", folder, str(seconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Spent(*json.loads(done.stdout))


def best_fresh(folder: str, seconds: int) -> Spent:
    """Return the least that `fresh` takes of three times."""
    return min(fresh(folder, seconds) for _ in range(3))


def listener_bytes(score: Score, palette: Palette) -> int:
    """Return the most memory that rendering two seconds takes beside the tables."""
    render(score, BEGIN, BEGIN + 2 * SAMPLE_RATE, palette)
    score = score.model_copy()
    tracemalloc.start()
    render(score, BEGIN, BEGIN + 2 * SAMPLE_RATE, palette)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def row(name: str, value: str, target: str = "") -> None:
    print(f"{name:<46} {value:>14}   {target}", flush=True)


def waited(name: str, spent: Spent, target: str) -> None:
    row(
        name, f"{spent.clock:.2f} s", f"{target} ({spent.processor:.2f} s of processor)"
    )


def process_seconds(*command: str) -> float:
    """Return the processor time of a program from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peers() -> None:
    """Time one minute, whole processes, of the programs people would use instead."""
    python = sys.executable
    commands = {
        "Undersong, no cache": (python, "-m", "benchmarks.sound", "cold", "", "60"),
        "Csound": ("csound", "-o", os.devnull, str(PEERS / "scene.csd")),
        "SignalFlow": (python, str(PEERS / "signalflow_scene.py"), "60"),
    }
    missing = {}
    if not shutil.which("csound"):
        missing["Csound"] = "it is not installed (apt-get install csound)"
    if not importlib.util.find_spec("signalflow"):
        missing["SignalFlow"] = "it is not installed (pip install signalflow)"
    for name, command in commands.items():
        if name in missing:
            row(f"whole process: {name}", "skipped", missing[name])
        else:
            row(f"whole process: {name}", f"{60 / process_seconds(*command):.0f} x")
    print(
        "Equivalent: four moving beds, a five-note pad, a drone, notes; stereo, 48 kHz."
        "\nNot equivalent: the others compute every sample and take any modulation;"
        "\nUndersong streams tables it makes first. They have a reverb on the run; here"
        "\nit is in the tables. Their beds are plain filtered noise, four in number."
    )


def main() -> None:
    score, palette = standard_score(), Palette()
    with tempfile.TemporaryDirectory() as folder:
        first, minute = best_fresh("", 1), best_fresh("", 60)
        fresh(folder, 60)
        cached = best_fresh(folder, 1)
        mapped = warm(score, open_palette(Path(folder)))
    seconds = warm(score, palette)
    floor = plain_addition()
    row("warm, 60 s of eight layers", f"{60 / seconds:.0f} x", "1000 x")
    row("  in plain table additions", f"{seconds / floor:.1f}")
    row("  one plain addition", f"{60 / floor:.0f} x")
    row("  with tables mapped from the disk", f"{60 / mapped:.0f} x")
    span = min(span_seconds(score, palette) for _ in range(RUNS))
    row(
        "  in spans of 1.92 s, as listeners get it",
        f"{SPAN / SAMPLE_RATE / span:.0f} x",
    )
    for block, count in additions(score, palette).items():
        row(f"  tables at a time: {block}", f"{count:.2f}")
    waited("cold, first second, no cache on disk", first, "1.2 s")
    waited("cold, first second, cache on disk", cached, "0.3 s")
    row("cold, one minute, no cache", f"{60 / minute.processor:.0f} x", "60 x")
    row("  by the clock", f"{60 / minute.clock:.0f} x")
    row("palette after one minute", f"{palette.held_bytes / 1e6:.0f} MB", "400 MB")
    row("one more listener", f"{listener_bytes(score, palette) / 1e6:.2f} MB", "2 MB")
    peers()


if __name__ == "__main__":
    if sys.argv[1:2] == ["cold"]:
        chosen = Path(sys.argv[2]) if sys.argv[2] else None
        print(json.dumps(cold(chosen, int(sys.argv[3]))))
    else:
        main()
