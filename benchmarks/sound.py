"""How many times faster than it is heard: `python -m benchmarks.sound`.

One core, the processor's own time (which other programs on the machine disturb less
than the clock on the wall), 60 s of a standard score of eight layers, stereo 48 kHz
float32, ceiling included.
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
RUNS = 7

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
    begun = time.process_time()
    render(score, begin, end, palette)
    return time.process_time() - begun


def warm(score: Score, palette: Palette) -> float:
    """Return the least processor time for a minute, tables made."""
    render(score, BEGIN, BEGIN + MINUTE, palette)
    end = BEGIN + MINUTE
    return min(cpu_seconds(score, palette, BEGIN, end) for _ in range(RUNS))


def plain_addition() -> float:
    """Return the seconds in which NumPy adds one stereo minute, times a gain."""
    table = np.ones((32_768, 2), np.float32)
    total, product = np.zeros_like(table), np.empty_like(table)
    count = 88
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        for _ in range(count):
            np.multiply(table, 0.5, out=product)
            np.add(total, product, out=total)
        times.append(time.process_time() - begun)
    return min(times) * MINUTE / (count * len(table))


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


def cold(folder: Path | None, seconds: int) -> float:
    """Return the seconds on the clock for the first seconds in this process."""
    score = standard_score()
    begun = time.perf_counter()
    render(score, 0, seconds * SAMPLE_RATE, open_palette(folder))
    return time.perf_counter() - begun


def fresh(*arguments: str) -> float:
    """Return what this module prints in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sound", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout))


def best_fresh(*arguments: str) -> float:
    return min(fresh(*arguments) for _ in range(3))


def listener_bytes(score: Score, palette: Palette) -> int:
    """Return the most memory that rendering two seconds takes beside the tables."""
    render(score, BEGIN, BEGIN + 2 * SAMPLE_RATE, palette)
    tracemalloc.start()
    render(score, BEGIN, BEGIN + 2 * SAMPLE_RATE, palette)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def row(name: str, value: str, target: str = "") -> None:
    print(f"{name:<46} {value:>14}   {target}", flush=True)


def peers() -> None:
    """Time the programs that people would use instead, when they are installed."""
    if shutil.which("csound"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        command = ["csound", "-o", os.devnull, str(PEERS / "scene.csd")]
        subprocess.run(command, check=True, capture_output=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        row("Csound, whole process, same kind of scene", f"{60 / used:.0f} x")
    else:
        row("Csound", "skipped", "csound is not installed (apt-get install csound)")
    if importlib.util.find_spec("signalflow"):
        command = [sys.executable, str(PEERS / "signalflow_scene.py"), "60"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        used = float(done.stdout.split()[-1])
        row("SignalFlow, render only, same kind of scene", f"{60 / used:.0f} x")
    else:
        row("SignalFlow", "skipped", "it is not installed (pip install signalflow)")
    print(
        "Equivalent: four moving beds, a five-note pad, a drone, notes; stereo, 48 kHz."
        "\nNot equivalent: the others compute every sample and take any modulation;"
        "\nUndersong streams tables made before. They have a reverb on the run; here it"
        "\nis in the tables. Their beds are plain filtered noise."
    )


def main() -> None:
    score, palette = standard_score(), Palette()
    with tempfile.TemporaryDirectory() as folder:
        first = best_fresh("cold", "", "1")
        minute = fresh("cold", "", "60")
        fresh("cold", folder, "60")
        cached = best_fresh("cold", folder, "1")
    seconds = warm(score, palette)
    floor = plain_addition()
    row("warm, 60 s of eight layers", f"{60 / seconds:.0f} x", "1000 x")
    row("  in plain table additions", f"{seconds / floor:.1f}", "about 30")
    row("  one plain addition", f"{60 / floor:.0f} x")
    for block, count in additions(score, palette).items():
        row(f"  tables at a time: {block}", f"{count:.2f}")
    row("cold, first second, no cache on disk", f"{first:.2f} s", "1.2 s")
    row("cold, first second, cache on disk", f"{cached:.2f} s", "0.3 s")
    row("cold, one minute, no cache", f"{60 / minute:.0f} x", "60 x")
    row("palette after one minute", f"{palette.held_bytes / 1e6:.0f} MB", "400 MB")
    row("one more listener", f"{listener_bytes(score, palette) / 1e6:.2f} MB", "2 MB")
    peers()


if __name__ == "__main__":
    if sys.argv[1:2] == ["cold"]:
        chosen = Path(sys.argv[2]) if sys.argv[2] else None
        print(json.dumps(cold(chosen, int(sys.argv[3]))))
    else:
        main()
