"""Lists and segments: what each address sends, and how the list grows."""

import m3u8
import numpy as np
import pytest
from clocks import Clock
from player import COUNT, SCORE, played, rendered
from problem_checks import sentence_of
from scores import small_score
from starlette.testclient import TestClient

from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.stream.playlist import AHEAD_SEGMENTS
from undersong.stream.segments import SEGMENT_SECONDS


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
