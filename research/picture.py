"""Draw docs/pictures/hearing from one LibriSpeech clip: python -m research.picture.

The clip is by speaker 1688 of LibriSpeech (CC BY 4.0).
"""

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes

matplotlib.use("Agg")

from matplotlib import pyplot
from numpy.lib.stride_tricks import sliding_window_view

from research.corpus import takes
from undersong.hear.cepstrum import (
    QUEFRENCY,
    WINDOW,
    WINDOW_LENGTH,
    cepstral_levels_db,
)
from undersong.hear.clip import Clip, clip_of
from undersong.hear.frames import BIN_HZ, FRAME_LENGTH, HOP_LENGTH, HOP_SECONDS
from undersong.hear.mono import ANALYSIS_RATE
from undersong.hear.spectrum import voice_spectrum
from undersong.hear.tempo import nuclei

FOLDER = Path(__file__).parent.parent / "docs" / "pictures" / "hearing"
SPEAKER = "libri_1688"
SECONDS = 8.0


def frame_times(clip: Clip) -> np.ndarray:
    """Return the middle of each frame in seconds."""
    return np.arange(len(clip.frames)) * HOP_SECONDS + FRAME_LENGTH / ANALYSIS_RATE / 2


def melody(axes: Axes, clip: Clip) -> None:
    """F0: its mean, range and slope, over the spectrogram."""
    top = round(1_000.0 / BIN_HZ)
    level = 10.0 * np.log10(clip.frames.power[:, :top].T + 1e-9)
    axes.imshow(
        level, origin="lower", aspect="auto", cmap="Greys",
        extent=(0.0, SECONDS, 0.0, 1_000.0), vmin=level.max() - 60.0,
    )  # fmt: skip
    f0_hz = np.where(clip.pitch.voiced, clip.pitch.f0_hz, np.nan)
    axes.plot(frame_times(clip), f0_hz, color="tab:blue", linewidth=2)
    low, high = np.nanquantile(f0_hz, (0.2, 0.8))
    axes.axhspan(low, high, color="tab:blue", alpha=0.15)
    axes.set(ylabel="Hz", title="Melody: F0, with its 20-80 % range shaded")


def pace(axes: Axes, clip: Clip) -> None:
    """Speech, pauses and syllable nuclei, over the level."""
    times = frame_times(clip)
    level_db = np.maximum(clip.frames.level_db, -60.0)
    axes.plot(times, level_db, color="0.5", linewidth=1)
    axes.fill_between(times, -60.0, 0.0, where=clip.speech, alpha=0.15)
    tops = nuclei(clip.frames.level_db, clip.pitch.voiced)
    axes.plot(times[tops], level_db[tops], "v", color="tab:red")
    title = "Pace: speech shaded, syllables marked, the rest are pauses"
    axes.set(ylabel="dB", title=title)


def colour(axes: Axes, clip: Clip) -> None:
    """Levels in 20 mel bands, which tilt and flux are measured from."""
    axes.imshow(
        clip.levels_db.T, origin="lower", aspect="auto", cmap="viridis",
        extent=(0.0, SECONDS, 0.0, 20.0),
    )  # fmt: skip
    title = "Colour: levels of 20 bands up to 4 kHz; their tilt, and how they change"
    axes.set(ylabel="band", xlabel="seconds", title=title)


def balance(axes: Axes, clip: Clip) -> None:
    """The voice's mean spectrum with the bands of alpha ratio and slope."""
    spectrum = voice_spectrum(clip.frames, clip.pitch.voiced, clip.background)
    top = round(4_500.0 / BIN_HZ)
    level = 10.0 * np.log10(spectrum[:top] / spectrum.max())
    axes.plot(np.arange(top) * BIN_HZ, level, color="0.3")
    axes.axvspan(50, 1_000, alpha=0.12, color="tab:blue", label="alpha ratio: low")
    axes.axvspan(1_000, 4_000, alpha=0.12, color="tab:orange", label="and high band")
    low, high = (round(f / BIN_HZ) for f in (500.0, 1_500.0))
    line = np.polyfit(np.arange(low, high), level[low:high], 1)
    places = np.arange(low, high)
    axes.plot(places * BIN_HZ, np.polyval(line, places), "r--", label="slope 500-1500")
    axes.set(xlabel="Hz", ylabel="dB", title="Balance of the voice's mean spectrum")
    axes.legend(fontsize=8)


def steadiness(axes: Axes, clip: Clip) -> None:
    """Thirty cycles of the voice with the distance from each to the next."""
    chosen = slice(0, 30)
    gap_ms = 1_000.0 * clip.cycles.period[chosen] / ANALYSIS_RATE
    axes.step(np.arange(len(gap_ms)), gap_ms, where="mid", color="tab:green")
    title = (
        "Steadiness: length of thirty cycles in a row; jitter is how much they differ"
    )
    axes.set(xlabel="cycle", ylabel="ms", title=title)


def fullness(axes: Axes, clip: Clip) -> None:
    """Mean cepstrum of the voice, with the line that its peak stands over."""
    at = np.flatnonzero(clip.pitch.voiced)[30:300:3] * HOP_LENGTH
    begins = at + (FRAME_LENGTH - WINDOW_LENGTH) // 2
    begins = begins[begins <= len(clip.frames.samples) - WINDOW_LENGTH]
    windows = sliding_window_view(clip.frames.samples, WINDOW_LENGTH)[begins]
    level_db = cepstral_levels_db(windows * WINDOW).mean(axis=0)
    ms = 1_000.0 * QUEFRENCY
    fitted = (ms >= 1.0) & (ms <= 50.0)
    line = np.polyval(np.polyfit(ms[fitted], level_db[fitted], 1), ms)
    axes.plot(ms[fitted], level_db[fitted], color="0.3")
    axes.plot(ms[fitted], line[fitted], "r--")
    searched = np.flatnonzero((ms >= 1_000.0 / 330.0) & (ms <= 1_000.0 / 60.0))
    peak = searched[level_db[searched].argmax()]
    axes.vlines(ms[peak], line[peak], level_db[peak], color="tab:purple", linewidth=3)
    title = "Fullness: cpp is how far the cepstrum's peak stands over its line"
    axes.set(xlabel="quefrency, ms", ylabel="dB", title=title)


def main() -> None:
    """Draw both pictures."""
    take = next(take for take in takes("librispeech_mini") if take.speaker == SPEAKER)
    clip = clip_of(take.samples(SECONDS))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, parts in (
        ("time", (melody, pace, colour)),
        ("spectrum", (balance, steadiness, fullness)),
    ):
        figure, axes = pyplot.subplots(
            len(parts), figsize=(8, 2.6 * len(parts)), layout="constrained"
        )
        for part, each in zip(parts, axes, strict=True):
            part(each, clip)
        figure.savefig(FOLDER / f"{name}.png", dpi=90)


if __name__ == "__main__":
    main()
