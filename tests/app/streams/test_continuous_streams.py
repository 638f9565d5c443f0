"""One continuous response: whole, at its pace, from any second."""

import numpy as np
import pytest
from decoding import decoded_int16
from fastapi import FastAPI
from player import COUNT, SCORE, rendered
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.stream.playlist import AHEAD_SEGMENTS
from undersong.stream.segments import SEGMENT_SAMPLES, SEGMENT_SECONDS


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
