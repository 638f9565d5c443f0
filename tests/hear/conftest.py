"""Real voices for the tests of `hear`; a few clips, each read once."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

Samples = NDArray[np.float32]
RATE = 16_000


def _rows(shared: Path, corpus: str) -> list[dict[str, str]]:
    with (shared / "data/voice/manifest.csv").open(encoding="utf-8") as file:
        return [r for r in csv.DictReader(file) if r["path"].startswith(corpus)]


def _samples(shared: Path, row: dict[str, str]) -> Samples:
    path = shared / "data/voice" / row["path"]
    return np.asarray(soundfile.read(path, dtype="float32")[0][: 20 * RATE], np.float32)


@pytest.fixture(scope="session")
def book_clips(shared: Path) -> list[Samples]:
    """The first 14 s of twelve clean LibriSpeech clips, of twelve speakers."""
    found: dict[str, Samples] = {}
    for row in _rows(shared, "librispeech_mini"):
        if float(row["dur_s"]) >= 10.0 and row["speaker"] not in found:
            found[row["speaker"]] = _samples(shared, row)[: 14 * RATE]
    return list(found.values())[::10][:12]


@pytest.fixture(scope="session")
def one_reader(shared: Path) -> list[Samples]:
    """Clips of 5 s and more of one LibriSpeech speaker."""
    by_speaker: dict[str, list[Samples]] = defaultdict(list)
    for row in _rows(shared, "librispeech_mini"):
        if float(row["dur_s"]) >= 5.0 and row["speaker"] == "libri_2609":
            by_speaker[row["speaker"]].append(_samples(shared, row))
    return by_speaker["libri_2609"]


@pytest.fixture(scope="session")
def acted(shared: Path) -> dict[str, Samples]:
    """Four EMO-DB takes of one woman in a row, by feeling."""
    found: dict[str, list[Samples]] = defaultdict(list)
    for row in _rows(shared, "emodb"):
        if row["speaker"] == "emodb_16" and len(found[row["emotion"]]) < 4:
            found[row["emotion"]].append(_samples(shared, row))
    return {feeling: np.concatenate(takes) for feeling, takes in found.items()}


@pytest.fixture(scope="session")
def whisper(shared: Path) -> Samples:
    """A real whisper, four times in a row."""
    rows = _rows(shared, "thorsten_emotional")
    return np.tile(_samples(shared, next(r for r in rows if "whisper" in r["path"])), 4)
