"""The doors: hosts, origins, rates, sizes, paths, headers."""

import pytest
from clocks import Clock
from fastapi import FastAPI
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.app.limits import RATES, Rate, RateLimits
from undersong.app.problems import HttpProblem
from undersong.app.security import HEADERS

URL = "/api/v1/sessions"
CALM = {"outcome": "calm", "minutes": 1}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080", "[::1]"],
)
def test_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", ":8080"),
        *(
            "localhost:8080@evil.example",
            "127.0.0.1:80:80",
            "localhost:x",
            "[::1",
            "::1",
        ),
        *("192.168.1.5:8080", "0.0.0.0", "127.1", "2130706433", "localhost."),
    ],
)
def test_other_names_are_not(client: TestClient, host: str) -> None:
    answer = client.get("/healthz", headers={"host": host})
    assert "localhost or 127.0.0.1" in sentence_of(answer, 421)


@pytest.mark.parametrize("path", ["/", "/api/v1/sessions", "/static/base.css", "/s/x"])
def test_other_names_get_nothing_at_all(client: TestClient, path: str) -> None:
    sentence_of(client.get(path, headers={"host": "evil.example"}), 421)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8080.evil.example"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:8080", "sec-fetch-site": "cross-site"},
    ],
)
def test_other_sites_change_nothing(client: TestClient, headers: dict) -> None:
    answer = client.post(URL, json=CALM, headers=headers)
    assert "another site" in sentence_of(answer, 403)
    assert client.get(URL).json() == []


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_other_sites_may_use_no_method(client: TestClient, method: str) -> None:
    headers = {"origin": "http://evil.example"}
    sentence_of(client.request(method, f"{URL}/x", json={}, headers=headers), 403)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8080"},
        {"origin": "http://127.0.0.1:8080", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_own_pages_and_the_terminal_may(client: TestClient, headers: dict) -> None:
    assert client.post(URL, json=CALM, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "path", ["/healthz", "/nothing", "/api/v1/sessions", "/s/x/0.m4s"]
)
def test_every_answer_bears_every_header(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_refused_hosts_and_failures_bear_them_too(
    app: FastAPI, client: TestClient
) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret detail")

    failure = client.get("/broken")
    assert "secret" not in sentence_of(failure, 500)
    refusal = client.get("/", headers={"host": "evil.example"})
    for answer in (failure, refusal):
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_policy_lets_no_inline_and_no_foreign_code_in() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../main.py",
        "/static/%2e%2e/main.py",
        "/static/..%2f..%2fsettings.py",
        "/static//etc/passwd",
        "/static/%00",
        "/s/../../etc/passwd",
    ],
)
def test_path_tricks_find_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    sentence_of(answer, 404)


def test_body_over_a_megabyte_is_refused(client: TestClient) -> None:
    answer = client.post(URL, content=b" " * 1_000_001)
    assert "1 MB" in sentence_of(answer, 413)


def test_body_that_grows_over_a_megabyte_is_refused(client: TestClient) -> None:
    answer = client.post(URL, content=(b" " * 1000 for _ in range(1100)))
    assert "1 MB" in sentence_of(answer, 413)


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "٣"])
def test_length_that_is_no_number_is_refused(client: TestClient, length: str) -> None:
    headers = {"content-length": length.encode()}
    answer = client.post(URL, content=b"{}", headers=headers)
    assert "whole number" in sentence_of(answer, 400)


def test_too_many_at_once_are_told_when_to_come_back(
    client: TestClient, clock: Clock
) -> None:
    answers = [client.post(URL, json={}) for _ in range(61)]
    assert {a.status_code for a in answers[:60]} == {422}
    assert "try again in 1 s" in sentence_of(answers[60], 429)
    assert answers[60].headers["retry-after"] == "1"
    clock.seconds += 1
    assert client.post(URL, json={}).status_code == 422


def test_a_bucket_fills_by_its_rate_and_no_further() -> None:
    clock = Clock()
    limits = RateLimits(clock, (Rate("GET", "/a", burst=3, per_second=2.0),))
    for _ in range(3):
        limits.check("GET", "/a")
    clock.seconds += 1
    for _ in range(2):
        limits.check("GET", "/a")
    clock.seconds += 1000
    for _ in range(3):
        limits.check("GET", "/a")
    with pytest.raises(HttpProblem, match="too many"):
        limits.check("GET", "/a")


def test_clock_set_back_empties_no_bucket() -> None:
    clock = Clock()
    limits = RateLimits(clock, (Rate("GET", "/a", burst=2, per_second=1.0),))
    limits.check("GET", "/a")
    clock.seconds -= 3600
    limits.check("GET", "/a")
    clock.seconds += 1
    limits.check("GET", "/a")


def test_players_are_not_limited(client: TestClient) -> None:
    assert all(client.get("/s/x/0.m4s").status_code == 404 for _ in range(300))


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: rate.path)
def test_a_person_never_meets_a_limit(rate: Rate) -> None:
    # One tap a second for as long as one likes.
    clock = Clock()
    limits = RateLimits(clock)
    path = rate.path.partition("|")[0].replace(".*", "x")
    for _ in range(200):
        clock.seconds += 1
        limits.check(rate.method.partition("|")[0], path)
