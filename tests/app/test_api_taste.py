"""What is liked and how far the voice counts, over HTTP."""

import pytest
from problem_checks import sentence_of
from starlette.testclient import TestClient

URL = "/api/v1/taste"


def answered(client: TestClient, liked: float = 1.0) -> dict:
    made = client.post("/api/v1/sessions", json={"outcome": "calm", "minutes": 1})
    path = f"/api/v1/sessions/{made.json()['id']}/answers"
    assert client.post(path, json={"liked": liked}).status_code == 201
    return made.json()


def test_taste_is_told_in_sentences_with_their_weights(client: TestClient) -> None:
    assert client.get(URL).json() == []
    made = answered(client)
    rows = {row["block"]: row for row in client.get(URL).json()}
    assert set(rows) == {layer["block"] for layer in made["layers"]}
    for row in rows.values():
        assert row["sentence"].startswith("You have kept ")
        assert row["weight"] > 0


def test_liking_is_set_by_hand_and_taken_back(client: TestClient) -> None:
    row = client.put(f"{URL}/focus/rain", json={"liked": -1}).json()
    assert row["weight"] < -0.3
    assert row["sentence"] == "You set rain yourself for focus."
    assert client.put(f"{URL}/focus/rain", json={"liked": None}).json()["weight"] == 0
    assert client.get(URL).json() == []


@pytest.mark.parametrize("path", ["/focus/tuba", "/party/rain"])
def test_unknown_sound_or_outcome_is_refused(client: TestClient, path: str) -> None:
    sentence_of(client.put(f"{URL}{path}", json={"liked": 1}), 422)


def test_one_outcome_or_all_is_forgotten(client: TestClient) -> None:
    answered(client)
    client.put(f"{URL}/focus/rain", json={"liked": 1})
    assert client.delete(URL, params={"outcome": "calm"}).status_code == 204
    assert {row["outcome"] for row in client.get(URL).json()} == {"focus"}
    client.delete(URL)
    assert client.get(URL).json() == []


def test_weight_of_the_voice_is_read_and_put_back(client: TestClient) -> None:
    made = answered(client)
    path = f"/api/v1/sessions/{made['id']}/answers"
    client.post(path, json={"fits": {"signal": "stress", "fits": "said"}})
    # Three answers in its favour are assumed; this is a fourth, against it.
    assert client.get("/api/v1/voice").json() == {"weight": 0.75, "answers": 1}
    assert client.delete("/api/v1/voice").status_code == 204
    assert client.get("/api/v1/voice").json() == {"weight": 1.0, "answers": 0}


def test_dawn_swells_so_many_minutes_from_the_start(client: TestClient) -> None:
    wish = {"outcome": "sleep", "minutes": 30, "dawn": {"at_minutes": 60}}
    made = client.post("/api/v1/sessions", json=wish).json()
    assert made["seconds"] == 70 * 60
    early = {**wish, "dawn": {"at_minutes": 20, "block": "birds"}}
    assert "may come from minute 30" in sentence_of(
        client.post("/api/v1/sessions", json=early), 422
    )
