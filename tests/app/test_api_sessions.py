"""Sessions over HTTP: made, listed, described, explained, answered, forgotten."""

from datetime import datetime

import pytest
from clocks import Clock
from fastapi import FastAPI
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.app.trusting import trust_of
from undersong.compose.novelty import distance
from undersong.compose.score import Score
from undersong.compose.taste import Taste
from undersong.hear.reading import Reading, Signal
from undersong.keep.store import Store
from undersong.keep.tasting import TASTE

URL = "/api/v1/sessions"


def make(client: TestClient, **wish: object) -> dict:
    answer = client.post(URL, json={"outcome": "calm", "minutes": 1, **wish})
    assert answer.status_code == 201, answer.text
    return answer.json()


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


def test_answer_is_kept_and_teaches_the_taste(client: TestClient, store: Store) -> None:
    made = make(client)
    url = f"{URL}/{made['id']}/answers"
    answer = client.post(url, json={"said": {"stress": 2}, "liked": True, "note": "ah"})
    assert answer.status_code == 201
    assert client.get(url).json() == [answer.json()]
    assert client.get(f"{URL}/{made['id']}").json()["answers"] == [answer.json()]
    taste = Taste.from_json(store.tastes.get(TASTE) or "")
    assert [a.liked for a in taste.answers] == [1.0]


def test_what_was_done_while_it_played_is_learned_after_any_first_answer(
    client: TestClient, store: Store
) -> None:
    made = make(client)
    nudge = {"kind": "nudge", "name": f"no:{made['layers'][0]['block']}"}
    assert client.post(f"{URL}/{made['id']}/events", json=nudge).status_code == 201
    answers = f"{URL}/{made['id']}/answers"
    for body in ({"said": {"stress": 3}}, {"liked": True}, {"liked": True}):
        assert client.post(answers, json=body).status_code == 201
    taste = Taste.from_json(store.tastes.get(TASTE) or "")
    # Two answers, and the layer that was sent away: once.
    assert len(taste.answers) == 3


@pytest.mark.parametrize("liked", [2, "yes", [1]])
def test_liking_that_is_no_number_is_named_plainly(
    client: TestClient, liked: object
) -> None:
    made = make(client)
    answer = client.post(f"{URL}/{made['id']}/answers", json={"liked": liked})
    assert sentence_of(answer, 422).startswith("liked: ")


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


def test_answer_without_an_opinion_leaves_the_taste(
    client: TestClient, store: Store
) -> None:
    made = make(client)
    client.post(f"{URL}/{made['id']}/answers", json={"said": {"energy": 7}})
    assert store.tastes.get(TASTE) is None


@pytest.mark.parametrize(("felt", "liked"), [("better", 0.5), ("worse", -0.5)])
def test_how_it_felt_is_kept_apart_from_whether_it_was_liked(
    client: TestClient, store: Store, felt: str, liked: float
) -> None:
    made = make(client)
    answer = client.post(f"{URL}/{made['id']}/answers", json={"felt": felt}).json()
    assert (answer["felt"], answer["liked"]) == (felt, None)
    taste = Taste.from_json(store.tastes.get(TASTE) or "")
    assert [(a.kind, a.liked) for a in taste.answers] == [("felt", liked)]


def test_changes_while_it_plays_teach_the_taste_without_any_answer(
    client: TestClient, store: Store
) -> None:
    made = make(client, minutes=30)
    block = made["layers"][0]["block"]
    for event in (
        {"kind": "nudge", "name": f"no:{block}"},
        {"kind": "nudge", "name": "softer"},
        {"kind": "pause"},
        {"kind": "stop"},
    ):
        assert client.post(f"{URL}/{made['id']}/events", json=event).is_success
    taste = Taste.from_json(store.tastes.get(TASTE) or "")
    assert {(a.kind, a.block) for a in taste.answers} == {
        ("mute", block),
        ("skip", None),
    }
    assert len(taste.answers) == 2


@pytest.mark.parametrize(
    ("liked", "kept"), [(True, 1.0), (False, -1.0), (0.25, 0.25), (None, None)]
)
def test_liked_is_yes_no_or_a_number(
    client: TestClient, liked: object, kept: float | None
) -> None:
    made = make(client)
    answer = client.post(f"{URL}/{made['id']}/answers", json={"liked": liked})
    assert answer.json()["liked"] == kept


@pytest.mark.parametrize("liked", [2, -1.5, "very"])
def test_liked_outside_its_range_is_refused(client: TestClient, liked: object) -> None:
    made = make(client)
    answer = client.post(f"{URL}/{made['id']}/answers", json={"liked": liked})
    assert "liked" in sentence_of(answer, 422)


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


HEARD = Signal(value=0.9, low=0.8, high=0.95, confidence=0.4, versus="you")


def test_words_against_the_voice_are_a_question_not_a_verdict(
    client: TestClient, store: Store
) -> None:
    reading = store.readings.add(
        Reading(ok=True, stress=HEARD, fatigue=HEARD, energy=HEARD), device="a"
    )
    alike = make(client, reading_id=reading.id, said={"stress": 9})
    assert alike["question"] is None
    differ = make(client, reading_id=reading.id, said={"stress": 1})
    assert differ["question"]["signal"] == "stress"
    assert differ["question"]["sentence"].endswith("?")


def test_what_fitted_decides_how_far_the_voice_is_trusted(
    client: TestClient, app: FastAPI
) -> None:
    for _ in range(3):
        made = make(client)
        for _ in range(2):
            client.post(
                f"{URL}/{made['id']}/answers",
                json={"fits": {"signal": "stress", "fits": "said"}},
            )
    # Three sessions against the voice: half its weight (docs of voice_weight).
    assert trust_of(app.state.context) == 0.5


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
