"""A person's own trial on the pages: blind while it runs, honest when it is done."""

import re

import pytest

from undersong.app.trying import TRIAL, trial_of
from undersong.compose.score import Score
from undersong.hear.reading import Reading, Signal
from undersong.trial.design import COMPARISONS
from undersong.trial.result import Trial


@pytest.fixture
def begun(client):
    """Begin the shortest trial and return the client."""
    data = {"comparison": "adaptive", "outcome": "calm", "sessions": "12"}
    client.post("/trial/begin", data=data)
    return client


def played(client, before: int, **told: str) -> str:
    said = told or {"stress": "8", "said": "stress"}
    answer = client.post(
        "/trial/session", data={"feeling": before, **said}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_page_offers_every_question(client):
    page = client.get("/trial").text
    assert re.findall(r'name="comparison" value="(\w+)"', page) == [
        row.name for row in COMPARISONS
    ]


def test_session_of_a_trial_does_not_tell_its_side(begun, store):
    page = begun.get(played(begun, 4)).text
    assert "reasons are told later" in page
    assert "data-nudges" not in page
    assert 'class="why"' not in page
    assert "plain" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("page", ["/past", "/"])
def test_line_of_a_trials_session_tells_nothing_before_the_answer(begun, page):
    session = played(begun, 4).rsplit("/", 1)[1]
    assert f"line-{session}" not in begun.get(page).text
    begun.post("/trial/answer", data={"feeling": 5})
    assert f"line-{session}" in begun.get(page).text


def test_two_taps_a_session_make_a_result_after_the_planned_number(begun, app):
    for number in range(12):
        played(begun, 4)
        begun.post("/trial/answer", data={"feeling": 4 + number % 3})
    trial = trial_of(app.state.context)
    assert trial is not None
    assert trial.complete
    assert [trial.design.arm(n) for n in range(12)] == [s.arm for s in trial.sessions]
    page = begun.get("/trial").text
    assert "12 of 12 sessions" in page
    assert "made for the moment" in page.lower()
    assert page.count("<circle") >= 12
    assert "90 % interval" in page


def test_session_that_was_not_answered_is_counted_but_not_compared(begun, app):
    played(begun, 4)
    played(begun, 5)
    trial = trial_of(app.state.context)
    assert trial is not None
    assert [session.after for session in trial.sessions] == [None]


def scores_of(client, store, n, **told) -> dict[str, list[Score]]:
    """Return the scores of a trial's first sessions by side."""
    found: dict[str, list[Score]] = {"a": [], "b": []}
    for _ in range(n):
        arm = trial_in(store).next_arm
        session = played(client, 4, **told).rsplit("/", 1)[1]
        client.post("/trial/answer", data={"feeling": 5})
        found[arm].append(store.sessions.score(session))
    return found


def trial_in(store) -> Trial:
    return Trial.from_json(store.trials.get(TRIAL) or "")


def test_side_made_for_the_moment_follows_it_and_the_plain_one_never_changes(
    begun, store
):
    lively = {"energy": "9", "said": "energy"}
    weary = {"energy": "1", "said": "energy"}
    first, second = (scores_of(begun, store, 4, **told) for told in (lively, weary))
    starts = [
        [score.journey["arousal"].value(0) for score in found["a"]]
        for found in (first, second)
    ]
    assert min(starts[0]) > max(starts[1]) + 0.2
    assert len({score.seed for score in first["a"] + second["a"]}) == 4
    plain = first["b"] + second["b"]
    assert len(plain) == 4
    assert all(score == plain[0] for score in plain)


def test_voice_of_a_moment_ago_is_taken_along_and_an_old_one_is_not(
    begun, store, clock
):
    signal = Signal(value=0.9, low=0.8, high=0.95, confidence=0.5, versus="you")
    told = ("Your voice sounded quicker than your usual.",)
    reading = Reading(
        ok=True, stress=signal, fatigue=signal, energy=signal, sentences=told
    )
    kept = store.readings.add(reading, device="microphone")
    assert "Use it for your trial" in begun.get(f"/heard/{kept.id}").text
    assert "is taken along" in begun.get("/trial").text
    session = played(begun, 4, said="").rsplit("/", 1)[1]
    assert store.sessions.get(session).reading_id == kept.id
    begun.post("/trial/answer", data={"feeling": 5})
    clock.seconds += 3600
    answer = begun.post("/trial/session", data={"feeling": "4"})
    assert answer.status_code == 422
    assert "set at least one slider" in answer.text.lower()


def test_trial_that_needs_no_moment_asks_for_none(client):
    data = {"comparison": "breath", "outcome": "calm", "sessions": "12"}
    client.post("/trial/begin", data=data)
    assert "How do you feel?" not in client.get("/trial").text
    assert played(client, 4, said="").startswith("/sessions/")


def test_no_session_is_played_without_a_trial(client):
    answer = client.post("/trial/session", data={"feeling": "5"})
    assert answer.status_code == 409


@pytest.mark.parametrize("feeling", ["", "11", "-1", "nan", "fine"])
def test_answer_outside_the_scale_is_refused(begun, feeling):
    assert begun.post("/trial/session", data={"feeling": feeling}).status_code == 422


def test_trial_is_forgotten_when_asked(begun, store):
    played(begun, 5)
    begun.post("/trial/end")
    assert store.trials.all() == {}


@pytest.mark.parametrize("sessions", ["", "13", "nan", "inf", "-1"])
def test_trial_of_another_length_is_refused(client, sessions):
    data = {"comparison": "shape", "outcome": "sleep", "sessions": sessions}
    assert client.post("/trial/begin", data=data).status_code == 422
