"""Answers over HTTP: kept, and what they teach of taste and of the voice."""

import pytest
from fastapi import FastAPI
from problem_checks import sentence_of
from session_calls import URL, make
from starlette.testclient import TestClient

from undersong.app.trusting import trust_of
from undersong.compose.taste import Taste
from undersong.hear.reading import Reading, Signal
from undersong.keep.store import Store
from undersong.keep.tasting import TASTE


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
