"""Sessions over HTTP: made, listed, described, explained, forgotten."""

from datetime import datetime

import pytest
from clocks import Clock
from fastapi import FastAPI
from problem_checks import sentence_of
from session_calls import URL, make
from starlette.testclient import TestClient

from undersong.compose.novelty import distance
from undersong.compose.score import Score
from undersong.hear.reading import Reading
from undersong.keep.store import Store


@pytest.mark.parametrize("outcome", ["calm", "focus", "sleep"])
def test_session_is_made_and_says_where_it_plays(
    client: TestClient, outcome: str
) -> None:
    made = make(client, outcome=outcome)
    assert made["stream"]["hls"] == f"/s/{made['key']}/main.m3u8"
    assert made["stream"]["direct"] == f"/s/{made['key']}/live.flac"
    assert client.get(made["score_url"]).json()["outcome"] == outcome
    assert client.get(made["stream"]["hls"]).status_code == 200


def test_location_is_the_session_as_it_was_made(client: TestClient) -> None:
    answer = client.post(URL, json={"outcome": "calm"})
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_thirty_minutes_is_what_is_not_said(client: TestClient) -> None:
    assert client.post(URL, json={"outcome": "sleep"}).json()["seconds"] == 1800


def test_score_is_whole_and_of_its_seed(client: TestClient) -> None:
    made = make(client, seed=99, said={"stress": 8})
    score = Score.from_json(client.get(made["score_url"]).content)
    assert score.seed == 99 == made["seed"]
    assert score.minutes == 1
    assert [layer["block"] for layer in made["layers"]] == [
        layer.block for layer in score.layers
    ]


def test_why_has_five_to_ten_reasons_of_the_score(client: TestClient) -> None:
    made = make(client)
    why = client.get(f"{URL}/{made['id']}/why").json()["why"]
    assert why == made["why"]
    assert 5 <= len(why) <= 10
    score = Score.from_json(client.get(made["score_url"]).content)
    assert {row["sentence"] for row in why} <= {r.sentence for r in score.reasons}


def test_key_of_the_music_is_the_listeners_in_every_session(
    client: TestClient,
) -> None:
    scores = [client.get(make(client)["score_url"]).json() for _ in range(3)]
    assert len({str(score["signature"]) for score in scores}) == 1
    assert len({score["seed"] for score in scores}) == 3


def test_each_session_keeps_its_distance_from_the_last(client: TestClient) -> None:
    scores = [
        Score.from_json(client.get(make(client)["score_url"]).content) for _ in range(4)
    ]
    assert all(distance(a, b) > 0.1 for i, a in enumerate(scores) for b in scores[:i])


def test_reading_is_heard_in_the_score(client: TestClient, store: Store) -> None:
    refused = store.readings.add(Reading(ok=False), device="a")
    made = make(client, reading_id=refused.id)
    assert made["reading_id"] == refused.id


def test_unknown_reading_is_named(client: TestClient) -> None:
    answer = client.post(URL, json={"outcome": "calm", "reading_id": "nope"})
    assert "'nope'" in sentence_of(answer, 404)


@pytest.mark.parametrize(
    ("wish", "part"),
    [
        ({}, "outcome"),
        ({"outcome": "party"}, "'calm', 'focus' or 'sleep'"),
        ({"outcome": "calm", "minutes": 0}, "0.25"),
        ({"outcome": "calm", "minutes": 601}, "600"),
        ({"outcome": "calm", "minutes": "long"}, "minutes"),
        ({"outcome": "calm", "said": {"stress": 11}}, "said.stress"),
        ({"outcome": "calm", "said": {"joy": 1}}, "said.joy"),
        ({"outcome": "calm", "reading_id": ""}, "reading_id"),
        ({"outcome": "calm", "seed": -1}, "seed"),
        ({"outcome": "calm", "seed": 2**60}, "seed"),
        ({"outcome": "calm", "mood": "blue"}, "mood"),
        ({"outcome": "calm", "never": ["dragons"]}, "'dragons'"),
    ],
)
def test_wish_that_does_not_fit_is_answered_with_its_rule(
    client: TestClient, wish: dict, part: str
) -> None:
    assert part in sentence_of(client.post(URL, json=wish), 422)


def test_all_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    answer = client.post(URL, json={"outcome": "party", "minutes": -1, "seed": "x"})
    assert {row["field"] for row in answer.json()["errors"]} == {
        "outcome",
        "minutes",
        "seed",
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"calm"', b"\xff\xfe"])
def test_body_that_is_no_object_is_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post(URL, content=body)
    assert answer.status_code in {400, 422}
    sentence_of(answer, answer.status_code)


def test_numbers_json_does_not_know_are_refused(client: TestClient) -> None:
    for text in (
        b'{"outcome":"calm","minutes":NaN}',
        b'{"outcome":"calm","minutes":1e999}',
    ):
        sentence_of(client.post(URL, content=text), 422)


def test_newest_session_is_listed_first_in_pages(
    client: TestClient, clock: Clock
) -> None:
    made = []
    for _ in range(3):
        clock.seconds += 5
        made.append(make(client)["id"])
    listed = client.get(URL, params={"limit": 2}).json()
    assert [row["id"] for row in listed] == made[:0:-1]
    older = client.get(URL, params={"before": clock.seconds - 5}).json()
    assert [row["id"] for row in older] == made[:1]


def test_list_goes_on_before_the_last_time_it_showed(
    client: TestClient, clock: Clock
) -> None:
    made = []
    for _ in range(5):
        clock.seconds += 0.123_456_789
        made.append(make(client)["id"])
    seen: list[str] = []
    page = client.get(URL, params={"limit": 2}).json()
    while page:
        seen += [row["id"] for row in page]
        last = {"limit": 2, "before": page[-1]["created_at"]}
        page = client.get(URL, params=last).json()
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "before=nan"])
def test_page_that_cannot_be_is_refused(client: TestClient, query: str) -> None:
    sentence_of(client.get(f"{URL}?{query}"), 422)


def test_session_is_renamed_and_favoured(client: TestClient) -> None:
    made = make(client)
    url = f"{URL}/{made['id']}"
    client.patch(url, json={"title": "  rain "})
    assert client.patch(url, json={"favourite": True}).json()["title"] == "rain"
    assert client.get(url).json()["favourite"] is True


@pytest.mark.parametrize("title", ["x" * 121, "a\x00b", 5])
def test_title_that_cannot_be_kept_is_refused(
    client: TestClient, title: object
) -> None:
    made = make(client)
    answer = client.patch(f"{URL}/{made['id']}", json={"title": title})
    assert "title" in sentence_of(answer, 422)


def test_lone_surrogate_is_refused_and_not_a_failure(client: TestClient) -> None:
    made = make(client)
    answer = client.patch(f"{URL}/{made['id']}", content=b'{"title": "\\ud800"}')
    sentence_of(answer, 422)


def test_forgotten_session_is_gone_with_its_addresses(client: TestClient) -> None:
    made = make(client)
    assert client.delete(f"{URL}/{made['id']}").status_code == 204
    for path in (f"{URL}/{made['id']}", made["score_url"], made["stream"]["hls"]):
        sentence_of(client.get(path), 404)
    sentence_of(client.delete(f"{URL}/{made['id']}"), 404)


def test_all_times_are_written_alike(client: TestClient) -> None:
    made = make(client)
    kept = client.post(f"{URL}/{made['id']}/answers", json={"note": "x"}).json()
    for shown in (made, kept):
        assert datetime.fromisoformat(shown["created_at"]).tzinfo is not None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", 'body: there is none; send a JSON object such as {"outcome": "calm"}'),
        (b"{", "body: this is not JSON"),
        (b'{"outcome": "calm", "said": 5}', "said: "),
    ],
)
def test_body_that_is_wrong_as_a_whole_is_told_from_a_wrong_field(
    client: TestClient, content: bytes, says: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.post(URL, content=content, headers=headers)
    assert says in sentence_of(answer, 422)


@pytest.mark.parametrize("part", ["", "/score", "/why", "/answers", "/events"])
def test_unknown_session_is_a_problem_everywhere(client: TestClient, part: str) -> None:
    sentence_of(client.get(f"{URL}/nope{part}"), 404)


def test_what_is_never_wanted_is_never_played(
    client: TestClient, store: Store, app: FastAPI
) -> None:
    plain = [row["block"] for row in make(client, seed=5)["layers"]]
    store.listeners.set_settings({"never": plain})
    again = [row["block"] for row in make(client, seed=5)["layers"]]
    assert not set(plain) & set(again)


@pytest.mark.parametrize(
    ("content", "media_type", "words"),
    [
        (b"{outcome", "application/json", "this is not JSON"),
        (b"[]", "application/json", "must be a JSON object"),
        (b'{"outcome": "calm"}', "text/plain", "must be a JSON object"),
    ],
)
def test_body_that_is_no_object_is_told_so(
    client: TestClient, content: bytes, media_type: str, words: str
) -> None:
    headers = {"content-type": media_type}
    answer = client.post(URL, content=content, headers=headers)
    assert words in sentence_of(answer, 422)
