"""The read card: what each marker is, which way it counts, and what is known of it."""

import re

from starlette.testclient import TestClient

from undersong.guide import evidence, features
from undersong.hear.markers import MARKERS
from undersong.hear.reading import MarkerReading, Quality, Reading, Signal
from undersong.keep.store import Store


def signal(*markers: MarkerReading) -> Signal:
    whole = {"value": 0.6, "low": 0.4, "high": 0.8, "confidence": 0.3}
    return Signal(versus="people", markers=markers, **whole)


def test_every_marker_has_a_sentence_on_what_is_known(
    client: TestClient, store: Store
) -> None:
    markers = [
        MarkerReading(name=row.name, value=1.0, unit=row.unit, z=1.0, pushes=0.1)
        for row in MARKERS
    ]
    reading = Reading(
        ok=True,
        quality=Quality(),
        stress=signal(*markers),
        fatigue=signal(),
        energy=signal(),
        sentences=("Your voice sounded as usual.",),
    )
    kept = store.readings.add(reading, device="microphone")
    page = client.get(f"/heard/{kept.id}").text
    assert page.count("counts as more tension") == len(MARKERS)
    told = set(re.findall(r"/guide/evidence#([A-Z]+-\d+)", page))
    known = {
        entry
        for row in features.load()
        if row.kind == "marker"
        for entry in row.evidence
    }
    assert told == known
    for entry in known:
        assert f">{entry}</a>, {evidence.load().strength(entry)}" in page
