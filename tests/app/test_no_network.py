"""The program asks nobody for anything: the main job with every way out denied."""

import socket

import numpy as np
import pytest
from starlette.testclient import TestClient
from test_api_readings import wav_of


class AskedOutsideError(AssertionError):
    """Something tried to leave the machine."""


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*arguments: object, **_: object) -> None:
        raise AskedOutsideError(str(arguments))

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, deny)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, deny)


def test_denial_works() -> None:
    with pytest.raises(AskedOutsideError):
        socket.create_connection(("127.0.0.1", 9))


def test_main_job_needs_no_network(client: TestClient) -> None:
    silence = wav_of(np.zeros(16_000 * 5))
    reading = client.post("/api/v1/readings", files={"audio": silence}).json()
    wish = {"outcome": "calm", "minutes": 1, "reading_id": reading["id"]}
    made = client.post("/api/v1/sessions", json=wish).json()
    base = f"/s/{made['key']}"
    for path in ("main.m3u8", "init.mp4", "0.m4s"):
        assert client.get(f"{base}/{path}").status_code == 200
    url = f"/api/v1/sessions/{made['id']}"
    nudge = {"kind": "nudge", "name": "softer"}
    assert client.post(f"{url}/events", json=nudge).status_code == 201
    assert client.post(f"{url}/answers", json={"liked": True}).status_code == 201
    for path in ("/", "/api/docs", "/api/v1/export", "/metrics", "/readyz"):
        assert client.get(path).status_code == 200
