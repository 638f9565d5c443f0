"""Dials over the API: kept with their reasons, refused in a sentence, heard."""

import numpy as np
import pytest
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.compose.composer import compose
from undersong.compose.events import nudge
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE


@pytest.fixture
def session(client: TestClient) -> dict:
    wish = {"outcome": "calm", "minutes": 5, "seed": 2, "wanted": ["rain", "birds"]}
    return client.post("/api/v1/sessions", json=wish).json()


def test_level_is_kept_as_an_event_with_its_reason(client, session):
    events = f"/api/v1/sessions/{session['id']}/events"
    answer = client.post(events, json={"kind": "nudge", "name": "level:rain=30"})
    assert answer.status_code == 201
    assert answer.json()["why"][0]["sentence"] == "You set rain to 30 percent."
    assert client.get(events).json()[0]["name"] == "level:rain=30"


@pytest.mark.parametrize("name", ["level:rain=101", "level:owl=3", "rarity:rain=3"])
def test_dial_that_does_not_fit_changes_nothing(client, session, name):
    events = f"/api/v1/sessions/{session['id']}/events"
    answer = client.post(events, json={"kind": "nudge", "name": name})
    told = sentence_of(answer, 422)
    assert "must be from 0 to 100" in told or "needs a layer" in told
    assert client.get(events).json() == []


def test_level_of_nothing_sounds_as_none_of_it_does(palette: Palette) -> None:
    score = compose("calm", seed=1, minutes=2, wanted=["rain", "drone"])
    span = (20 * SAMPLE_RATE, 22 * SAMPLE_RATE)
    none, gone, full = (
        render(nudge(score, name, 0), *span, palette)
        for name in ("no:rain", "level:rain=0", "level:rain=100")
    )
    assert np.array_equal(none, gone)
    assert not np.allclose(none, full, atol=0.01)
