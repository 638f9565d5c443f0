"""What players are sent: lists, segments, continuous streams; fixed once served."""

from collections.abc import Callable

import m3u8
import numpy as np
import pytest
from clocks import Clock
from decoding import decoded_int16
from fastapi import FastAPI
from problem_checks import sentence_of
from scores import small_score
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.compose.score import Score
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.settings import Settings
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.stream.playlist import AHEAD_SEGMENTS
from undersong.stream.segments import SEGMENT_SAMPLES, SEGMENT_SECONDS

SCORE = small_score(minutes=0.25)
COUNT = 8  # 15 s in segments of 1.92 s


@pytest.fixture
def session(store: Store) -> Session:
    return store.sessions.add(SCORE)


@pytest.fixture
def get(client: TestClient, session: Session) -> Callable[[str], bytes]:
    def fetched(name: str) -> bytes:
        answer = client.get(f"/s/{session.key}/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content

    return fetched


def send(client: TestClient, session: Session, **event: object) -> dict:
    answer = client.post(f"/api/v1/sessions/{session.id}/events", json=event)
    assert answer.status_code == 201, answer.text
    return answer.json()


def rendered(score: Score) -> np.ndarray:
    return render(score, 0, score.end, Palette())


def played(get: Callable[[str], bytes], count: int = COUNT) -> np.ndarray:
    parts = [get("init.mp4"), *(get(f"{n}.m4s") for n in range(count))]
    return decoded_int16(b"".join(parts)) / 32768


def test_list_names_segments_that_play_the_session(get) -> None:
    listed = m3u8.loads(get("main.m3u8").decode())
    assert [part.uri for part in listed.segments] == [f"{n}.m4s" for n in range(COUNT)]
    assert listed.segments[0].init_section.uri == "init.mp4"
    assert np.abs(played(get) - rendered(SCORE)).max() <= 0.5 / 32768


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("main.m3u8", "application/vnd.apple.mpegurl"),
        ("init.mp4", "audio/mp4"),
        ("0.m4s", "audio/mp4"),
        ("live.flac", "audio/flac"),
        ("live.ogg", "audio/ogg"),
        ("live.mp3", "audio/mpeg"),
    ],
)
def test_each_address_says_what_it_sends(
    client: TestClient, session: Session, store: Store, name: str, kind: str
) -> None:
    store.sessions.serve(session.id, COUNT)
    answer = client.get(f"/s/{session.key}/{name}")
    assert answer.headers["content-type"].partition(";")[0] == kind


@pytest.mark.parametrize(
    "name", ["main.m3u8", "init.mp4", "0.m4s", "live.flac", "live.ogg", "live.mp3"]
)
def test_head_says_what_get_would_and_settles_nothing(
    client: TestClient, session: Session, store: Store, name: str
) -> None:
    asked = client.head(f"/s/{session.key}/{name}")
    assert (asked.status_code, asked.content) == (200, b"")
    assert store.sessions.get(session.id).served == -1
    store.sessions.serve(session.id, COUNT)
    given = client.get(f"/s/{session.key}/{name}")
    for header in ("content-type", "cache-control"):
        assert asked.headers[header] == given.headers[header]
    stated = asked.headers.get("content-length", str(len(given.content)))
    assert stated == str(len(given.content))


@pytest.mark.parametrize("name", ["8.m4s", "live.wav", "live.flac?begin=16"])
def test_head_of_what_is_not_there_is_not_found(
    client: TestClient, session: Session, name: str
) -> None:
    assert client.head(f"/s/{session.key}/{name}").status_code == 404


def test_range_header_changes_nothing(
    client: TestClient, session: Session, get
) -> None:
    ranges = {"Range": "bytes=" + ",".join("0-" for _ in range(1000))}
    answer = client.get(f"/s/{session.key}/0.m4s", headers=ranges)
    assert answer.status_code == 200
    assert answer.content == get("0.m4s")


@pytest.mark.parametrize("name", ["8.m4s", "-1.m4s", f"{10**30}.m4s"])
def test_segment_beyond_the_end_is_not_found(
    client: TestClient, session: Session, store: Store, name: str
) -> None:
    answer = client.get(f"/s/{session.key}/{name}")
    assert "0 to 7" in sentence_of(answer, 404)
    assert store.sessions.get(session.id).served == -1


@pytest.mark.parametrize(
    "name", ["main.m3u8", "main.m3u8?live=1", "init.mp4", "0.m4s", "live.flac"]
)
@pytest.mark.parametrize("key", ["guess", "a" * 24, "%00", "..%2f..%2fetc", "é"])
def test_guessed_key_finds_nothing(client: TestClient, key: str, name: str) -> None:
    answer = client.get(f"/s/{key}/{name}")
    assert answer.status_code == 404
    sentence_of(answer, 404)


def test_unknown_format_is_answered_with_those_that_work(
    client: TestClient, session: Session
) -> None:
    answer = client.get(f"/s/{session.key}/live.wma")
    assert "flac, ogg, mp3" in sentence_of(answer, 404)


# What was served never changes


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


# The list that grows


def live(client: TestClient, session: Session) -> m3u8.M3U8:
    answer = client.get(f"/s/{session.key}/main.m3u8", params={"live": 1})
    return m3u8.loads(answer.text)


def test_live_list_starts_with_what_players_want_and_grows_with_the_clock(
    client: TestClient, store: Store, clock: Clock
) -> None:
    session = store.sessions.add(small_score(minutes=1.0))
    clock.seconds += 500  # made, but nobody listens yet
    assert len(live(client, session).segments) == AHEAD_SEGMENTS
    clock.seconds += 10 * SEGMENT_SECONDS
    assert len(live(client, session).segments) == AHEAD_SEGMENTS + 10
    clock.seconds += 60
    assert live(client, session).is_endlist


def test_clock_set_back_leaves_the_list_where_the_player_is(
    client: TestClient, store: Store, clock: Clock
) -> None:
    session = store.sessions.add(small_score(minutes=1.0))
    live(client, session)
    clock.seconds += 10 * SEGMENT_SECONDS
    store.sessions.serve(session.id, 12)
    clock.seconds -= 3600
    assert len(live(client, session).segments) >= 13
    clock.seconds += 2 * SEGMENT_SECONDS
    assert len(live(client, session).segments) >= 15


# One continuous response


@pytest.mark.parametrize("name", ["flac", "ogg", "mp3"])
def test_what_was_served_streams_at_once_and_whole(
    client: TestClient, session: Session, store: Store, get, name: str
) -> None:
    store.sessions.serve(session.id, COUNT - 1)
    seconds = len(decoded_int16(get(f"live.{name}"))) / 48_000
    assert seconds == pytest.approx(15, abs=0.1)


def test_continuous_flac_is_the_render(session: Session, store: Store, get) -> None:
    store.sessions.serve(session.id, COUNT - 1)
    heard = decoded_int16(get("live.flac")) / 32768
    assert np.abs(heard - rendered(SCORE)).max() <= 0.5 / 32768


def test_stream_begins_where_it_is_asked_to(
    session: Session, store: Store, get
) -> None:
    store.sessions.serve(session.id, COUNT - 1)
    heard = decoded_int16(get("live.flac?begin=4"))
    # 4 s lie in the third segment, which begins at 3.84 s.
    assert len(heard) == SCORE.end - 2 * SEGMENT_SAMPLES


def test_stream_cannot_begin_after_the_end(
    client: TestClient, session: Session
) -> None:
    answer = client.get(f"/s/{session.key}/live.flac?begin=15.5")
    assert "less than 15" in sentence_of(answer, 404)


def test_segments_are_counted_and_nothing_else(
    client: TestClient, session: Session, get, app: FastAPI
) -> None:
    get("0.m4s")
    text = client.get("/metrics").text
    assert 'undersong_segments_total{codec="flac"} 1' in text
    assert session.key not in text
    assert session.id not in text


def test_unserved_sound_comes_at_the_pace_it_plays(
    get, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("undersong.app.streams.pause", note)
    get("live.flac")
    # The clock stands nearly still, so each wait is counted from the beginning.
    due = [max(n - AHEAD_SEGMENTS, 0) * SEGMENT_SECONDS for n in range(COUNT)]
    assert waits == pytest.approx(due, abs=1.0)


def test_forgotten_session_ends_its_stream_quietly(
    client: TestClient, session: Session, store: Store
) -> None:
    with client.stream("GET", f"/s/{session.key}/live.flac") as answer:
        store.sessions.delete(session.id)
        assert answer.status_code == 200
        assert sum(len(part) for part in answer.iter_bytes()) >= 0
