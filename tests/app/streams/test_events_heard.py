"""What is asked while it plays is heard soon; what was served never changes."""

import numpy as np
import pytest
from player import COUNT, SCORE, played, rendered
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.settings import Settings
from undersong.stream.segments import SEGMENT_SAMPLES, SEGMENT_SECONDS


def send(client: TestClient, session: Session, **event: object) -> dict:
    answer = client.post(f"/api/v1/sessions/{session.id}/events", json=event)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_nudge_is_heard_from_the_first_segment_nobody_has(
    client: TestClient, session: Session, get
) -> None:
    for n in range(3):
        get(f"{n}.m4s")
    event = send(client, session, kind="nudge", name="softer")["event"]
    assert event["at"] == 3 * SEGMENT_SAMPLES
    before, after = rendered(SCORE), played(get)
    cut = 3 * SEGMENT_SAMPLES
    assert np.abs(after[:cut] - before[:cut]).max() <= 0.5 / 32768
    # Softer is 4 dB less (docs of the nudge), once its glide of 6 s has ended.
    last = slice(5 * 48_000 + cut, 6 * 48_000 + cut)
    drop_db = 10 * np.log10(np.mean(after[last] ** 2) / np.mean(before[last] ** 2))
    assert drop_db < -3


def test_nudge_is_heard_within_fifteen_seconds_of_what_a_player_holds(
    client: TestClient, session: Session, get
) -> None:
    # A player holds six seconds: segments 0 to 3 when it plays segment 0.
    for n in range(4):
        get(f"{n}.m4s")
    event = send(client, session, kind="nudge", name="darker")["event"]
    assert event["at_seconds"] <= 15


@pytest.mark.parametrize(
    ("position", "segment"), [(0, 1), (SEGMENT_SAMPLES, 1), (SEGMENT_SAMPLES + 1, 2)]
)
def test_what_the_player_holds_is_left_alone(
    client: TestClient, session: Session, get, position: int, segment: int
) -> None:
    get("0.m4s")
    event = send(client, session, kind="nudge", name="softer", position=position)[
        "event"
    ]
    assert event["at"] == segment * SEGMENT_SAMPLES


def test_served_segments_stay_the_same_bytes_through_events(
    client: TestClient, session: Session, get
) -> None:
    served = {}
    for n in range(COUNT - 1):
        served[n] = get(f"{n}.m4s")
        send(client, session, kind="nudge", name=("softer", "darker")[n % 2])
    assert {n: get(f"{n}.m4s") for n in served} == served


def test_another_node_serves_the_same_bytes(
    client: TestClient, session: Session, get, settings: Settings, store: Store
) -> None:
    get("0.m4s")
    send(client, session, kind="nudge", name="softer")
    mine = [get(f"{n}.m4s") for n in range(4)]
    with Store.open(settings) as other_store:
        other = TestClient(
            create_app(settings, other_store), base_url=str(client.base_url)
        )
        theirs = [other.get(f"/s/{session.key}/{n}.m4s").content for n in range(4)]
    assert theirs == mine


def test_second_node_sees_an_event_of_the_first(
    client: TestClient, session: Session, get, settings: Settings
) -> None:
    with Store.open(settings) as other_store:
        other = TestClient(
            create_app(settings, other_store), base_url=str(client.base_url)
        )
        other.get(f"/s/{session.key}/0.m4s")
        send(client, session, kind="stop")
        listed = other.get(f"/s/{session.key}/main.m3u8").text
    # Stopped at 1.92 s with an outro of 2 s: 3.92 s are three segments.
    assert listed.count(".m4s") == 3


def test_stop_ends_after_its_outro(client: TestClient, session: Session, get) -> None:
    get("0.m4s")
    changed = send(client, session, kind="stop")
    assert changed["seconds"] == pytest.approx(SEGMENT_SECONDS + 2.0)
    heard = played(get, 3)
    assert len(heard) / 48_000 == pytest.approx(SEGMENT_SECONDS + 2.0)
    assert np.abs(heard[-48:]).max() < 1e-3
    sentence_of(client.get(f"/s/{session.key}/3.m4s"), 404)


def test_pause_marks_the_score_and_leaves_the_sound(
    client: TestClient, session: Session, get
) -> None:
    get("0.m4s")
    send(client, session, kind="pause")
    send(client, session, kind="resume")
    assert np.abs(played(get) - rendered(SCORE)).max() <= 0.5 / 32768


def test_check_in_moves_the_journey(client: TestClient, session: Session) -> None:
    changed = send(client, session, kind="check_in", said={"stress": 9, "energy": 9})
    assert changed["event"]["kind"] == "check_in"
    assert "said" in {row["because"] for row in changed["why"]}


@pytest.mark.parametrize(
    ("event", "part"),
    [
        ({"kind": "jump"}, "'nudge', 'check_in', 'pause', 'resume' or 'stop'"),
        (
            {"kind": "nudge"},
            "name is missing, and a nudge needs one; use one of softer",
        ),
        ({"kind": "nudge", "name": "purple"}, "'purple'"),
        ({"kind": "check_in"}, "said or reading_id"),
        ({"kind": "stop", "position": -1}, "position"),
        ({"kind": "stop", "position": "here"}, "position"),
    ],
)
def test_event_that_does_not_fit_is_answered_with_its_rule(
    client: TestClient, session: Session, store: Store, event: dict, part: str
) -> None:
    answer = client.post(f"/api/v1/sessions/{session.id}/events", json=event)
    assert part in sentence_of(answer, 422)
    assert store.sessions.get(session.id).event_count == 0


@pytest.mark.parametrize("kind", ["nudge", "check_in", "pause"])
def test_nothing_changes_after_a_stop(
    client: TestClient, session: Session, kind: str
) -> None:
    send(client, session, kind="stop")
    answer = client.post(
        f"/api/v1/sessions/{session.id}/events",
        json={"kind": kind, "name": "softer", "said": {"stress": 1}},
    )
    assert "stopped" in sentence_of(answer, 409)


def test_nudge_after_all_was_sent_is_a_conflict_and_a_stop_is_not(
    client: TestClient, session: Session, store: Store
) -> None:
    store.sessions.serve(session.id, COUNT - 1)
    url = f"/api/v1/sessions/{session.id}/events"
    answer = client.post(url, json={"kind": "nudge", "name": "softer"})
    assert "sent to its end" in sentence_of(answer, 409)
    answer = client.post(url, json={"kind": "nudge", "name": "purple"})
    assert "'purple' is not known" in sentence_of(answer, 422)
    assert send(client, session, kind="stop")["applied"] is False


def test_two_stops_are_one(client: TestClient, session: Session) -> None:
    first = send(client, session, kind="stop")
    second = send(client, session, kind="stop")
    assert (first["applied"], second["applied"]) == (True, False)
    assert first["seconds"] == second["seconds"]
