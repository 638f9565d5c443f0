"""The shared recordings, clip by clip, as this folder's scripts use them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

VOICE = Path(__file__).parent.parent.parent / "shared" / "data" / "voice"


@dataclass(frozen=True, slots=True)
class Take:
    """One recording and what is known of it."""

    path: Path
    corpus: str
    speaker: str
    sex: str
    emotion: str
    arousal: str

    def samples(self, longest_seconds: float = 60.0) -> NDArray[np.float32]:
        """Return its samples; every clip here is mono at 16 kHz."""
        found, sample_rate = soundfile.read(
            self.path, frames=int(longest_seconds * 16_000), dtype="float32"
        )
        assert sample_rate == 16_000
        return np.asarray(found, np.float32)


def takes(corpus: str, folder: Path = VOICE) -> Iterator[Take]:
    """Yield the takes of a corpus: emodb, librispeech_mini or thorsten_emotional."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["path"].startswith(f"{corpus}/"):
                yield Take(
                    folder / row["path"],
                    corpus,
                    row["speaker"],
                    row["sex"],
                    row["emotion"],
                    row["arousal"],
                )
