"""Settings: comfort in every session, microphones, licences, what erasing clears."""

from importlib.metadata import version

import numpy as np
import pytest
from starlette.testclient import TestClient

from undersong.app.hearing import BASELINE
from undersong.compose.score import OUTCOMES
from undersong.hear.baseline import Baseline, BaselineClip
from undersong.keep.store import Store

EVERY_MINUTE = np.arange(1, 10) * 60 * 48_000


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_session_is_louder_than_the_comfort_that_was_set(
    client: TestClient, store: Store, outcome: str
) -> None:
    client.post("/settings", data={"most_lufs": "-32", "softness": ""})
    wish = {"outcome": outcome, "minutes": 10}
    made = client.post("/api/v1/sessions", json=wish).json()
    score = store.sessions.score(made["id"])
    assert score.at("loudness_lufs", EVERY_MINUTE).max() <= -32 + 1e-6
    page = client.get(f"/sessions/{made['id']}").text
    assert "Your settings keep it at -32 LUFS or less." in page


def test_softness_is_kept_and_taken_back(client: TestClient, store: Store) -> None:
    wish = {"outcome": "calm", "minutes": 10, "seed": 4}
    for softness, events in (("2", ["soft=2"]), ("", []), ("9", [])):
        client.post("/settings", data={"softness": softness})
        made = client.post("/api/v1/sessions", json=wish).json()
        assert [event["name"] for event in made["events"]] == events


def test_comfort_teaches_the_taste_nothing(client: TestClient, store: Store) -> None:
    client.post("/settings", data={"most_lufs": "-32", "softness": "3"})
    made = client.post("/api/v1/sessions", json={"outcome": "calm"}).json()
    client.post(f"/sessions/{made['id']}/answers", data={"liked": "more"})
    body = store.tastes.get("taste")
    assert body is not None
    assert body.count('"kind": "nudge"') + body.count('"kind":"nudge"') == 0


def test_one_microphone_is_forgotten_and_the_others_stay(
    client: TestClient, store: Store
) -> None:
    clips = [
        BaselineClip(day=day, hour=9, device=device, markers={"f0_mean": 40.0})
        for day, device in enumerate(["Desk <mic>", "Desk <mic>", "Phone"])
    ]
    store.baselines.update(BASELINE, lambda _: Baseline(clips=tuple(clips)).to_json())
    page = client.get("/settings").text
    assert "Desk &lt;mic&gt;" in page
    assert "Readings: 2" in page
    client.post("/settings/forget-device", data={"device": "Desk <mic>"})
    kept = Baseline.from_json(store.baselines.get(BASELINE) or "")
    assert [clip.device for clip in kept.clips] == ["Phone"]
    answer = client.post("/settings/forget-device", data={"device": "Desk <mic>"})
    assert answer.status_code == 404


def test_place_of_what_is_kept_is_told(client: TestClient, store: Store) -> None:
    assert store.place in client.get("/settings").text


def test_licences_name_the_installed_packages(client: TestClient) -> None:
    page = client.get("/settings/licences").text
    for package in ("numpy", "fastapi", "starlette"):
        assert package in page.lower()
        assert version(package) in page
    assert "BSD-3-Clause" in page


def test_erasing_clears_what_the_browser_remembers(client: TestClient) -> None:
    answer = client.post("/erase", data={"word": "erase"}, follow_redirects=False)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
