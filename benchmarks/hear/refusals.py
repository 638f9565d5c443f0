"""What is refused, and that clear voices are not."""

from collections.abc import Iterator

import numpy as np
from research import songs, sounds
from research.spoilt import SINGLE, Samples, coloured, noisy, together

from benchmarks.hear.clips import RATE, book_clips
from benchmarks.hear.figure import Figure, figure
from undersong.cli.palette import alone, sample
from undersong.compose.blocks import BLOCKS
from undersong.hear.mono import at_analysis_rate, read_samples
from undersong.hear.read import read
from undersong.hear.reading import Reading
from undersong.library import shared_palette

N_CLIPS = 40
SECONDS = 12.0


def own_sound() -> list[Samples]:
    """Return each block of the program alone, at 16 kHz."""
    found = []
    for row in BLOCKS:
        score = alone(row, {}, seed=1, seconds=SECONDS)
        stereo = sample(score, SECONDS, shared_palette())
        found.append(at_analysis_rate(read_samples(stereo, 48_000), 48_000))
    return found


def kinds(rng: np.random.Generator, some: list[Samples]) -> dict[str, list[Samples]]:
    """Return what is to be refused, by name."""
    return {
        "silence": [np.zeros(12 * RATE, np.float32)],
        "tones": list(sounds.tones()),
        "noises": list(sounds.noises(rng)),
        "rain, wind, water, fire, birds, crickets": [
            each for kind in sounds.kinds() for each in sounds.nature(kind.name, 100)
        ],
        "chords and tunes": [
            sounds.music(rng, seconds, n_notes)
            for seconds, n_notes in ((2.0, 4), (0.5, 1), (0.25, 1), (1.0, 3)) * 3
        ],
        "songs": [song for _ in range(3) for _, song in songs.songs(rng)],
        "the program's own sound": own_sound(),
        "whisper": [sounds.whispered(each[: 10 * RATE], rng) for each in some[:12]],
        "2.5 kHz bandwidth": [sounds.low_passed(each, 2_500.0) for each in some],
        "8 % clipped": [sounds.overdriven(each, 0.08) for each in some],
        **{
            f"{kind} noise at {snr_db} dB": [
                noisy(each, coloured(len(each), rng, slope), snr_db) for each in some
            ]
            for kind, slope in (("white", 0.0), ("pink", 1.0))
            for snr_db in (0, 4)
        },
        **{
            f"over music at {ratio_db:.0f} dB": [
                songs.over_music(each, ratio_db, rng) for each in some[:20]
            ]
            for ratio_db in (0.0, 6.0)
        },
    }


def refusals() -> Iterator[Figure]:
    rng = np.random.default_rng(4)
    clips = [samples for _, samples in book_clips()]
    some = clips[:N_CLIPS]
    for name, found in kinds(rng, some).items():
        share = 100 * np.mean([not read(each, RATE).ok for each in found])
        yield figure(f"refused: {name}", share, "100", f"% of {len(found)}")
    mixed = [together(one, two) for one, two in zip(some, clips[50:], strict=False)]
    readings = [read(each, RATE) for each in mixed]
    unit = f"% of {len(mixed)}"
    refused = 100 * np.mean([not each.ok for each in readings])
    yield figure("refused: two voices alike in level", refused, "100", unit)
    told = 100 * np.mean([_says_two(each) for each in readings])
    yield figure("refused or said: two voices alike in level", told, "100", unit)


def read_anyway() -> Iterator[Figure]:
    rng = np.random.default_rng(5)
    clips = [samples for _, samples in book_clips()]
    for kind, spoil in SINGLE.items():
        chosen = clips if kind == "clean" else clips[:N_CLIPS]
        readings = [read(spoil(each, rng), RATE) for each in chosen]
        bar = "> 98" if kind == "clean" else ""
        share = 100 * np.mean([each.ok for each in readings])
        yield figure(f"read: one voice, {kind}", share, bar, f"% of {len(chosen)}")
        told = 100 * np.mean([_says_two(each) for each in readings])
        yield figure(f"said to be perhaps two: {kind}", told, "", "%")


def _says_two(reading: Reading) -> bool:
    return reading.quality.second_voice > 0.0
