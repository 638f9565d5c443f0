"""Signals on acted speech: EMO-DB, single takes of 2 s and four in a row."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from research.activity import area
from research.corpus import Take, takes

from benchmarks.hear.clips import RATE
from benchmarks.hear.figure import Figure, figure
from undersong.hear.baseline import Baseline, BaselineClip
from undersong.hear.clip import clip_of
from undersong.hear.markers import markers_of
from undersong.hear.read import read, signals_of
from undersong.hear.reading import Quality, Reading

ACTED = (
    ("energy: high over low arousal", "energy", ("arousal", "high"),
     ("arousal", "low"), ">= .99", ">= .975"),
    ("fatigue: bored over neutral", "fatigue", ("emotion", "boredom"),
     ("emotion", "neutral"), ">= .85", ""),
    ("fatigue: sad over neutral", "fatigue", ("emotion", "sadness"),
     ("emotion", "neutral"), ">= .94", ""),
    ("stress: fear over neutral", "stress", ("emotion", "fear"),
     ("emotion", "neutral"), ">= .98", ""),
    ("stress: fear over happiness", "stress", ("emotion", "fear"),
     ("emotion", "happiness"), "report", ""),
    ("stress: fear over anger", "stress", ("emotion", "fear"),
     ("emotion", "anger"), "report", ""),
)  # fmt: skip


def acted_speech() -> Iterator[Figure]:
    singles = []
    for take in takes("emodb"):
        markers = markers_of(clip_of(take.samples()))
        quality = Quality(snr_db=40.0, speech_seconds=2.0, bandwidth_hz=8_000.0)
        singles.append((take, Reading(ok=True, quality=quality, markers=markers)))
    yield from areas("takes of 2 s", singles)
    groups: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for take in takes("emodb"):
        groups[take.speaker, take.emotion].append(take)
    joined = []
    for group in groups.values():
        for begin in range(0, len(group) - 3, 4):
            four = group[begin : begin + 4]
            samples = np.concatenate([take.samples() for take in four])
            joined.append((four[0], read(samples, RATE)))
    refused = np.mean([not reading.ok for _, reading in joined])
    yield figure("four takes in a row: refused", 100 * refused, "", "%")
    yield from areas("four takes", [each for each in joined if each[1].ok])


def areas(kind: str, found: list[tuple[Take, Reading]]) -> Iterator[Figure]:
    own, people = [], []
    for take, reading in found:
        others = [
            other.markers
            for one, other in found
            if one.speaker == take.speaker
            and one.emotion == "neutral"
            and other is not reading
        ]
        neutral = tuple(
            BaselineClip(day=day, device="a", markers=markers)
            for day, markers in enumerate(others)
        )
        own.append(signals_of(reading, Baseline(clips=neutral)))
        people.append(signals_of(reading, Baseline()))
    for name, signal, high, low, own_bar, people_bar in ACTED:
        chosen = [
            place
            for place, (take, _) in enumerate(found)
            if getattr(take, high[0]) == high[1] or getattr(take, low[0]) == low[1]
        ]
        is_high = np.array([getattr(found[p][0], high[0]) == high[1] for p in chosen])
        for versus, signals, bar in (
            ("own neutral", own, own_bar), ("people", people, people_bar),
        ):  # fmt: skip
            value = np.array([signals[place][signal].value for place in chosen])
            yield figure(f"{name}, {kind}, {versus}: AUC", area(value, is_high), bar)
