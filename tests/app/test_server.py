"""A real server: FFmpeg plays its address end to end; a crash loses nothing."""

import json
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

import numpy as np
import pytest
from decoding import decoded_int16
from server import Server

from undersong.compose.score import Score
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.stream.segments import SEGMENT_SAMPLES


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("data"), cache) as running:
        yield running


def fetch(server: Server, path: str, body: object = None) -> bytes:
    request = Request(
        server.base + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=30) as answer:
        return answer.read()


def make(server: Server, **wish: object) -> dict:
    wish = {"outcome": "calm", "minutes": 0.25, "seed": 11, **wish}
    return json.loads(fetch(server, "/api/v1/sessions", wish))


def score_of(server: Server, session: dict) -> Score:
    return Score.from_json(fetch(server, session["score_url"]))


def off_by_steps(decoded: np.ndarray, score: Score, palette: Palette) -> float:
    rendered = render(score, 0, score.end, palette)
    assert decoded.shape == rendered.shape
    return float(np.abs(decoded / 32768 - rendered).max() * 32768)


@pytest.mark.parametrize(
    "outcome",
    [
        "calm",
        pytest.param("focus", marks=pytest.mark.slow),
        pytest.param("sleep", marks=pytest.mark.slow),
    ],
)
def test_ffmpeg_plays_the_address_to_its_end_and_equals_render(
    server: Server, palette: Palette, outcome: str
) -> None:
    session = make(server, outcome=outcome)
    decoded = decoded_int16(server.base + session["stream"]["hls"])
    assert off_by_steps(decoded, score_of(server, session), palette) <= 1


def test_ffmpeg_plays_the_continuous_address(server: Server, palette: Palette) -> None:
    session = make(server)
    fetch(server, f"/s/{session['key']}/7.m4s")  # served: no pace to keep
    decoded = decoded_int16(server.base + session["stream"]["direct"])
    assert off_by_steps(decoded, score_of(server, session), palette) <= 1


def test_a_nudged_and_stopped_session_replays_exactly(
    server: Server, palette: Palette
) -> None:
    session = make(server)
    events = f"/api/v1/sessions/{session['id']}/events"
    first = [fetch(server, f"/s/{session['key']}/{n}.m4s") for n in range(3)]
    fetch(server, events, {"kind": "nudge", "name": "softer"})
    fetch(server, f"/s/{session['key']}/3.m4s")
    fetch(server, events, {"kind": "stop"})
    decoded = decoded_int16(server.base + session["stream"]["hls"])
    assert off_by_steps(decoded, score_of(server, session), palette) <= 1
    again = [fetch(server, f"/s/{session['key']}/{n}.m4s") for n in range(3)]
    assert again == first


def test_crash_in_the_middle_loses_nothing_and_the_stream_goes_on(
    tmp_path: Path, cache: Path, palette: Palette
) -> None:
    with Server(tmp_path, cache) as server:
        session = make(server)
        base = f"/s/{session['key']}"
        events = f"/api/v1/sessions/{session['id']}/events"
        parts = [fetch(server, f"{base}/init.mp4")]
        parts += [fetch(server, f"{base}/{n}.m4s") for n in range(3)]
        nudged = json.loads(fetch(server, events, {"kind": "nudge", "name": "softer"}))
        server.kill()
        with sqlite3.connect(tmp_path / "undersong.sqlite3") as database:
            checked = database.execute("PRAGMA integrity_check").fetchall()
        assert checked == [("ok",)]
        server.start()
        # What a player had may be asked for again, and is the same.
        assert fetch(server, f"{base}/2.m4s") == parts[3]
        kept = json.loads(fetch(server, f"/api/v1/sessions/{session['id']}"))
        assert [event["at"] for event in kept["events"]] == [nudged["event"]["at"]]
        # An event still respects what was served before the crash.
        darker = json.loads(fetch(server, events, {"kind": "nudge", "name": "darker"}))
        assert darker["event"]["at"] == 3 * SEGMENT_SAMPLES
        count = kept["stream"]["segments"]
        parts += [fetch(server, f"{base}/{n}.m4s") for n in range(3, count)]
        score = score_of(server, session)
    assert off_by_steps(decoded_int16(b"".join(parts)), score, palette) <= 1


def cut_upload(server: Server) -> None:
    """Begin to send a recording and leave in the middle."""
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            b"POST /api/v1/readings HTTP/1.1\r\n"
            b"Host: 127.0.0.1\r\nContent-Length: 900000\r\n"
            b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
            b'--b\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\n'
            + bytes(100_000)
        )


def test_listeners_who_leave_and_a_stop_raise_no_alarm(
    tmp_path: Path, cache: Path
) -> None:
    with Server(tmp_path, cache) as server:
        session = make(server)
        fetch(server, session["stream"]["hls"])
        cut_upload(server)
        with urlopen(server.base + session["stream"]["direct"], timeout=30) as answer:
            assert answer.read(1000).startswith(b"fLaC")
        assert fetch(server, "/healthz")
        assert server.stop() == ""
        assert server.code == 0


@pytest.mark.slow
def test_page_is_answered_while_sound_is_made(server: Server) -> None:
    session = make(server, minutes=1)
    listed = server.base + session["stream"]["hls"]
    with subprocess.Popen(
        ["ffmpeg", "-nostdin", "-v", "quiet", "-i", listed, "-f", "null", "-"]
    ) as player:
        waits = []
        while player.poll() is None:
            begun = time.perf_counter()
            fetch(server, "/healthz")
            waits.append(time.perf_counter() - begun)
    assert len(waits) > 5
    # Far above what was seen (some 10 ms), far below what a person would notice.
    assert median(waits) < 0.5
