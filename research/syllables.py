"""How well the pace is counted: `python -m research.syllables`.

EMO-DB is spoken from ten sentences whose syllables are known, and the manifest knows
how long each take was before it was cut to 2 s: syllables over that length is the true
rate. Prints how well the rate agrees with it for each length of smoothing; then how
well the first seconds of LibriSpeech readers agree with the rest of the same reading,
with pauses left out and included.
"""

import csv

import numpy as np

from research.corpus import VOICE, takes
from undersong.hear.clip import Clip, clip_of
from undersong.hear.tempo import Tempo, nuclei

SYLLABLES = {
    "a01": 8, "a02": 9, "a04": 11, "a05": 18, "a07": 10,
    "b01": 15, "b02": 20, "b03": 23, "b09": 17, "b10": 14,
}  # fmt: skip
"""Of the ten sentences, counted in standard German."""

LEAST_SECONDS = 12.0

LENGTHS = (4, 5, 6, 7, 9, 11)
"""Points of the smoothing window, its zero ends included; 10 ms apart."""


def true_rates() -> dict[str, float]:
    """Return syllables a second of each take, by its path in the manifest."""
    with (VOICE / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["path"]: SYLLABLES[row["text_id"]] / float(row["orig_dur_s"])
            for row in csv.DictReader(file)
            if row["path"].startswith("emodb/")
        }


def rate(clip: Clip, length: int) -> float:
    """Return syllables a second of speech after smoothing with a window."""
    window = np.hanning(length)[1:-1]
    found = nuclei(clip.frames.level_db, clip.pitch.voiced, window / window.sum())
    return len(found) / max(clip.tempo.speech_seconds, 0.1)


def beginnings(seconds: int) -> tuple[list[Tempo], list[Tempo]]:
    """Return the tempo of each reader's first seconds, and that from 4 s on."""
    seen: set[str] = set()
    first, rest = [], []
    for take in takes("librispeech_mini"):
        samples = take.samples(20.0)
        if len(samples) >= LEAST_SECONDS * 16_000 and take.speaker not in seen:
            seen.add(take.speaker)
            first.append(clip_of(samples[: seconds * 16_000]).tempo)
            rest.append(clip_of(samples[4 * 16_000 :]).tempo)
    return first, rest


def main() -> None:
    """Print the agreement for each length, and of the first seconds with the rest."""
    truth = true_rates()
    found = [
        (truth[f"emodb/{take.path.name}"], clip_of(take.samples()))
        for take in takes("emodb")
    ]
    wanted = np.array([each for each, _ in found])
    for length in LENGTHS:
        rates = np.array([rate(clip, length) for _, clip in found])
        r = np.corrcoef(rates, wanted)[0, 1]
        print(
            f"{10 * (length - 2)} ms: r {r:.3f}, mean {rates.mean():.2f} "
            f"of {wanted.mean():.2f} syllables/s"
        )
    for seconds in (2, 4):
        first, rest = beginnings(seconds)
        wanted = np.array([each.syllables / each.speech_seconds for each in rest])
        for kind in ("speech_seconds", "span_seconds"):
            early = [each.syllables / getattr(each, kind) for each in first]
            r = np.corrcoef(early, wanted)[0, 1]
            print(f"first {seconds} s over {kind}: r {r:.3f}, {len(first)} readers")


if __name__ == "__main__":
    main()
