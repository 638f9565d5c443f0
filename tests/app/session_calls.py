"""How the tests make a session over HTTP."""

from starlette.testclient import TestClient

URL = "/api/v1/sessions"


def make(client: TestClient, **wish: object) -> dict:
    answer = client.post(URL, json={"outcome": "calm", "minutes": 1, **wish})
    assert answer.status_code == 201, answer.text
    return answer.json()
