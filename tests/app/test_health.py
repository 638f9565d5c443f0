"""Health, readiness, counts, and the description of the API."""

import sqlite3

import pytest
from fastapi import FastAPI
from problem_checks import sentence_of
from scores import small_score
from sqlalchemy import event
from starlette.testclient import TestClient

from undersong import errors
from undersong.app.counts import METRICS
from undersong.app.problems import STATUSES, status_of
from undersong.keep.store import Store


def test_running_app_says_so(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_app_without_its_store_is_not_ready(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise errors.StoreUnavailableError("the disk is gone; put it back")

    monkeypatch.setattr(store.database, "ping", fail)
    assert sentence_of(client.get("/readyz"), 503) == "the disk is gone; put it back"
    assert client.get("/healthz").status_code == 200


def test_counts_follow_the_text_format(client: TestClient) -> None:
    client.get("/healthz")
    client.get("/nothing")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for name, _, _ in METRICS:
        assert f"# TYPE {name} counter" in lines
    assert 'undersong_requests_total{status="2xx"} 1' in lines
    assert 'undersong_requests_total{status="4xx"} 1' in lines


@pytest.mark.parametrize(
    "error", [*errors.UndersongError.__subclasses__(), errors.UndersongError]
)
def test_every_error_has_a_status(error: type[errors.UndersongError]) -> None:
    assert error in [kind for kind, _ in STATUSES]
    assert 400 <= status_of(error("x")) <= 599


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_method_that_is_not_taken_is_a_problem(client: TestClient, method: str) -> None:
    answer = client.request(method, "/healthz")
    sentence_of(answer, 405)
    assert answer.headers["allow"] == "GET"


def test_description_names_every_address_of_the_contract(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    wanted = {
        "/api/v1/readings": {"post"},
        "/api/v1/sessions": {"get", "post"},
        "/api/v1/sessions/{session_id}": {"get", "patch", "delete"},
        "/api/v1/sessions/{session_id}/score": {"get"},
        "/api/v1/sessions/{session_id}/events": {"get", "post"},
        "/api/v1/sessions/{session_id}/why": {"get"},
        "/api/v1/sessions/{session_id}/answers": {"get", "post"},
        "/s/{key}/main.m3u8": {"get"},
        "/healthz": {"get"},
        "/readyz": {"get"},
        "/metrics": {"get"},
    }
    for path, methods in wanted.items():
        assert methods <= set(paths[path])


def test_docs_page_shows_every_operation_without_script(client: TestClient) -> None:
    page = client.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    described = client.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in page.text
    assert "cdn" not in page.text


def test_description_shows_problems_as_problems(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert "Problem" in described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    where = (path, method, status)
                    assert set(answer["content"]) == {"application/problem+json"}, where


def test_erased_app_remembers_nothing(
    app: FastAPI, client: TestClient, store: Store
) -> None:
    session = store.sessions.add(small_score())
    assert client.get(f"/s/{session.key}/main.m3u8").status_code == 200
    app.state.context.erase()
    sentence_of(client.get(f"/s/{session.key}/main.m3u8"), 404)
    with pytest.raises(KeyError):
        app.state.context.scores.get(session.id, 0, lambda: {}["not kept"])


def test_full_disk_is_a_sentence_and_what_was_kept_still_plays(
    client: TestClient, store: Store
) -> None:
    session = store.sessions.add(small_score())
    store.sessions.serve(session.id, 0)

    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    store.database.close()
    event.listen(store.database.engine, "connect", fill)
    wish = {"outcome": "calm", "minutes": 1}
    answer = client.post("/api/v1/sessions", json=wish)
    assert "disk is full; free some space" in sentence_of(answer, 503)
    assert client.get(f"/s/{session.key}/0.m4s").status_code == 200
    assert len(client.get("/api/v1/sessions").json()) == 1
