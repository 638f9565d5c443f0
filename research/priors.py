"""Fit the priors of `undersong.hear.priors` to LibriSpeech read speech.

Run: python -m research.priors. One utterance of each speaker gives the median and
robust spread among people, apart for lower and higher voices; speakers with ten
utterances give the spread within a person.
"""

from collections import defaultdict

import numpy as np

from research.corpus import Take, takes
from undersong.hear.clip import clip_of
from undersong.hear.markers import MARKERS, markers_of

LEAST_UTTERANCES = 8
VOICES = {"f": "higher", "m": "lower"}

Measured = tuple[Take, dict[str, float]]


def measured() -> dict[str, list[Measured]]:
    """Return the markers of every LibriSpeech take, by speaker."""
    found: dict[str, list[Measured]] = defaultdict(list)
    for take in takes("librispeech_mini"):
        clip = clip_of(take.samples(20.0))
        found[take.speaker].append((take, markers_of(clip)))
    return found


def centre(values: np.ndarray) -> tuple[float, float]:
    """Return the median and 1.4826 times the median absolute deviation."""
    middle = float(np.median(values))
    return middle, 1.4826 * float(np.median(np.abs(values - middle)))


def among(speakers: dict[str, list[Measured]], sex: str, name: str) -> np.ndarray:
    """Return one value a speaker."""
    firsts = [found[0] for found in speakers.values() if found[0][0].sex == sex]
    return np.array([markers[name] for _, markers in firsts if name in markers])


def within(speakers: dict[str, list[Measured]], name: str) -> float:
    """Return the spread from one utterance of a person to the next."""
    variances = [
        np.var([markers[name] for _, markers in found if name in markers], ddof=1)
        for found in speakers.values()
        if len(found) >= LEAST_UTTERANCES
    ]
    return float(np.sqrt(np.mean(variances)))


def main() -> None:
    """Print the rows of the table."""
    speakers = measured()
    for marker in MARKERS:
        lower, higher = (
            centre(among(speakers, sex, marker.name)) for sex in ("m", "f")
        )
        numbers = (*lower, *higher, within(speakers, marker.name))
        text = ", ".join(f"{number:.4g}" for number in numbers)
        print(f'    Prior("{marker.name}", {text}),')


if __name__ == "__main__":
    main()
