"""Draw each block's spectrogram, beside a real recording's where there is one.

`python -m scripts.sound_pictures [BLOCK ...]` writes docs/pictures/sound/BLOCK.png; the
recordings are looked for in ../shared/data/nature.
"""

import csv
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import soundfile
from matplotlib.axes import Axes
from PIL import Image
from scipy.signal import spectrogram

from scripts.plain_score import plain_score
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures" / "sound"
NATURE = ROOT.parent / "shared" / "data" / "nature"

SECONDS = 10
SEARCH_SECONDS = 240

# Block: the recording it is shown beside.
REAL = {
    "rain": "rain/esc10__1-17367-A.flac",
    "ocean": "ocean_waves/",
    "hearth": "fire/",
    "wind": "wind/dsurround__wind.flac",
    "stream": "stream/exile__env_sounds_water.1.flac",
    "thunder": "thunder/dsurround__thunder2.flac",
    "birds": "birds/dsurround__pine_forest.flac",
    "crickets": "crickets/blanket__summer-night.flac",
}


def ours(block: str, palette: Palette) -> np.ndarray:
    """Return ten seconds of a block, where it is loudest if it has single events."""
    row = BLOCK_BY_NAME[block]
    score = plain_score([(block, 0.0, {})], depth=0.3)
    seconds = SEARCH_SECONDS if row.salience >= 0.3 else SECONDS
    begin = 30 * SAMPLE_RATE
    samples = render(score, begin, begin + seconds * SAMPLE_RATE, palette).mean(axis=1)
    power = np.cumsum(samples[::480] ** 2)
    window = SECONDS * SAMPLE_RATE // 480
    spans = power[window - 1 :] - np.concatenate([[0.0], power[:-window]])
    start = int(np.argmax(spans)) * 480
    return np.asarray(samples[start : start + SECONDS * SAMPLE_RATE])


def recording(block: str) -> tuple[np.ndarray, int, str] | None:
    """Return a real recording, its rate and its credit."""
    wanted = REAL.get(block)
    if wanted is None or not NATURE.is_dir():
        return None
    with open(NATURE / "manifest.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["path"].startswith(wanted)]
    samples, rate = soundfile.read(NATURE / rows[0]["path"], always_2d=True)
    author = rows[0]["author"].split(";")[0]
    credit = f"recording: {author}, {rows[0]['licence'].split(' (')[0]}"
    return samples.mean(axis=1)[: SECONDS * rate], rate, credit


def draw(axes: Axes, samples: np.ndarray, rate: int, title: str) -> None:
    """Draw one spectrogram, 70 dB deep, frequency on a logarithmic axis."""
    frequency_hz, seconds, power = spectrogram(
        samples, rate, nperseg=2048, noverlap=1024
    )
    level_db = 10 * np.log10(power + 1e-20)
    top = np.percentile(level_db, 99.8)
    keep = (frequency_hz > 40) & (frequency_hz < 16_000)
    axes.pcolormesh(
        *(seconds, frequency_hz[keep], level_db[keep]),
        vmin=top - 70,
        vmax=top,
        cmap="magma",
        rasterized=True,
        shading="auto",
    )
    axes.set_yscale("log")
    axes.set_ylim(40, 16_000)
    axes.set_yticks([100, 1_000, 10_000], ["100", "1k", "10k"])
    axes.set_title(title, fontsize=8)
    axes.tick_params(labelsize=7)


def main(names: list[str]) -> None:
    """Draw the blocks of the given names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    palette = Palette()
    for block in names or list(BLOCK_BY_NAME):
        real = recording(block)
        figure, axes = plt.subplots(
            1, 2 if real else 1, figsize=(6.4 if real else 3.4, 1.9), squeeze=False
        )
        draw(axes[0, 0], ours(block, palette), SAMPLE_RATE, BLOCK_BY_NAME[block].label)
        if real:
            draw(axes[0, 1], *real)
        axes[0, 0].set_ylabel("Hz", fontsize=7)
        figure.tight_layout(pad=0.4)
        path = FOLDER / f"{block}.png"
        figure.savefig(path, dpi=80)
        plt.close(figure)
        # A few colours are enough, and a third of the size.
        Image.open(path).convert("RGB").quantize(48).save(path, optimize=True)
        print(block, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
