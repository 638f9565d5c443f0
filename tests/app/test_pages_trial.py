"""A person's own trial on the pages: blind while it runs, honest when it is done."""

import re

import pytest

from undersong.app.trying import trial_of
from undersong.trial.design import COMPARISONS


@pytest.fixture
def begun(client):
    """Begin the shortest trial and return the client."""
    data = {"comparison": "adaptive", "outcome": "calm", "sessions": "12"}
    client.post("/trial/begin", data=data)
    return client


def played(client, before: int) -> str:
    answer = client.post(
        "/trial/session", data={"feeling": before}, follow_redirects=False
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


def test_session_that_was_not_answered_is_counted_but_not_compared(begun, app):
    played(begun, 4)
    played(begun, 5)
    trial = trial_of(app.state.context)
    assert trial is not None
    assert [session.after for session in trial.sessions] == [None]


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
