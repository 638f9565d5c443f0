"""Time to the first sound, segments a second, encoding speed.

Every figure is the best of several runs; "CPU" is this process's own processor time,
which other programs on the machine disturb little.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.app.warming import warm, wishes
from undersong.compose.score import OUTCOMES
from undersong.keep.store import Store
from undersong.settings import settings_from
from undersong.stream.encoders import Encoder
from undersong.stream.files import FORMATS
from undersong.stream.playlist import whole_list
from undersong.stream.segments import SEGMENT_SECONDS, encode
from undersong.units import SAMPLE_RATE

RUNS = 5
SESSIONS = 9
SEGMENTS_EACH = 10


def best(function: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least CPU time of several runs, in seconds."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        function()
        times.append(time.process_time() - begun)
    return min(times)


def row(name: str, value: float, unit: str, target: str = "") -> None:
    """Print one figure."""
    print(f"{name:<48} {value:>9.3g} {unit:<22} {target}")


def hiss(seconds: float) -> np.ndarray:
    """Return noise, the hardest there is to encode."""
    chance = np.random.default_rng(1)
    samples = 0.1 * chance.standard_normal((int(seconds * SAMPLE_RATE), 2))
    return samples.astype(np.float32)


def encoding(folder: Path) -> None:
    one = hiss(SEGMENT_SECONDS)
    seconds = best(lambda: encode(one, 3), 20)
    row("FLAC segment of 1.92 s, encode and mux", 1e3 * seconds, "ms CPU")
    row("FLAC segments, times real time", SEGMENT_SECONDS / seconds, "x, one core")
    some = hiss(20.0)
    for suffix in FORMATS:

        def write(suffix: str = suffix) -> None:
            with Encoder(folder / f"a{suffix}", FORMATS[suffix], {}) as encoder:
                encoder.feed(some)

        row(f"{suffix} file, times real time", 20.0 / best(write, 3), "x, one core")
    night = 8 * 3600 * SAMPLE_RATE
    row("list of eight hours", 1e3 * best(lambda: whole_list(night)), "ms CPU")


def serving(folder: Path) -> None:
    chosen = settings_from({"UNDERSONG_DATA": str(folder)})
    with Store.open(chosen) as store:
        # A clock that runs fast: the rate limits are not what is measured.
        app = create_app(chosen, store, now=lambda: 60.0 * time.monotonic())
        for wish in wishes():
            warm(app.state.context, wish)
        with TestClient(app, base_url="http://127.0.0.1:8080") as client:
            first_wall, first_cpu, later = [], [], []
            for number in range(SESSIONS):
                outcome = OUTCOMES[number % len(OUTCOMES)]
                wall, cpu = time.perf_counter(), time.process_time()
                made = client.post("/api/v1/sessions", json={"outcome": outcome})
                base = f"/s/{made.json()['key']}"
                assert client.get(f"{base}/0.m4s").status_code == 200
                first_wall.append(time.perf_counter() - wall)
                first_cpu.append(time.process_time() - cpu)
                begun = time.process_time()
                for segment in range(1, 1 + SEGMENTS_EACH):
                    client.get(f"{base}/{segment}.m4s")
                later.append((time.process_time() - begun) / SEGMENTS_EACH)
    row("POST /sessions to first segment, median", median(first_wall), "s", "<= 0.5")
    row("the same, slowest", max(first_wall), "s", "<= 0.5")
    row("the same, median", median(first_cpu), "s CPU")
    row("next segments over HTTP, median", 1 / median(later), "a second, one core")
    row("listeners one core can serve", SEGMENT_SECONDS / median(later), "")


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        encoding(Path(name))
        serving(Path(name) / "data")


if __name__ == "__main__":
    main()
