"""Recordings over HTTP: read, refused or not a recording; never left anywhere."""

import io
import os
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from problem_checks import sentence_of
from starlette.testclient import TestClient

from undersong.app.hearing import BASELINE, baseline_of
from undersong.hear.baseline import Baseline
from undersong.hear.read import read
from undersong.hear.reading import Reading
from undersong.keep.store import Store
from undersong.stream.reading import read_file
from undersong.stream.recording import decode

URL = "/api/v1/readings"


def wav_of(samples: np.ndarray, sample_rate: int = 16_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return out.getvalue()


@pytest.fixture(scope="session")
def voice(shared: Path) -> Path:
    """Return a real recording that is long enough to be read."""
    clips = sorted((shared / "data" / "voice").rglob("*.flac"))
    longest = max(clips, key=lambda path: path.stat().st_size)
    assert read_file(longest).ok
    return longest


def test_real_voice_is_read_as_the_package_reads_it(
    client: TestClient, voice: Path
) -> None:
    answer = client.post(URL, files={"audio": voice.read_bytes()})
    assert answer.status_code == 200
    body = answer.json()
    expected = read_file(voice)
    assert body.pop("id")
    assert body.pop("device") == "microphone"
    assert body.pop("created_at") == "2025-06-15T15:06:40Z"
    assert Reading.model_validate_json(answer.text, extra="ignore") == expected


@pytest.mark.parametrize("field", ["audio", "file"])
def test_either_field_name_works(client: TestClient, voice: Path, field: str) -> None:
    answer = client.post(URL, files={field: ("a.flac", voice.read_bytes())})
    assert answer.json()["ok"] is True


def test_body_that_is_a_wav_file_works_too(client: TestClient) -> None:
    silence = wav_of(np.zeros(16_000 * 5))
    answer = client.post(URL, content=silence, headers={"content-type": "audio/wav"})
    assert answer.status_code == 200
    assert answer.json()["ok"] is False


def test_silence_is_refused_in_a_sentence_and_is_no_error(client: TestClient) -> None:
    answer = client.post(URL, files={"audio": wav_of(np.zeros(16_000 * 20))})
    assert answer.status_code == 200
    body = answer.json()
    assert body["ok"] is False
    assert body["refusal"]["sentence"].endswith(".")
    assert client.get(f"{URL}/{body['id']}").json() == body


def test_own_usual_is_used_and_then_grows(
    client: TestClient, store: Store, voice: Path
) -> None:
    first = client.post(URL, files={"audio": voice.read_bytes()}).json()
    assert first["stress"]["versus"] == "people"
    kept = Baseline.from_json(store.baselines.get(BASELINE) or "")
    assert kept.count() == 1
    again = client.post(URL, files={"audio": voice.read_bytes()}).json()
    assert again["stress"]["versus"] == "people"
    yesterday = kept.clips[0].model_copy(update={"day": kept.clips[0].day - 1.0})
    kept = Baseline(clips=(yesterday, *kept.clips))
    store.baselines.put(BASELINE, kept.to_json())
    third = client.post(URL, files={"audio": voice.read_bytes()}).json()
    assert third["stress"]["versus"] == "you"
    # Scored before it was added: the same as reading with the baseline as it was.
    recording = decode(voice)
    expected = read(recording.samples, recording.sample_rate, kept, device="microphone")
    assert third["stress"]["value"] == pytest.approx(expected.stress.value)
    assert Baseline.from_json(store.baselines.get(BASELINE) or "").count() == 3


def test_refused_recording_leaves_the_usual_alone(
    client: TestClient, app, store: Store
) -> None:
    client.post(URL, files={"audio": wav_of(np.zeros(16_000 * 20))})
    assert baseline_of(app.state.context).count() == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"garbage", b"RIFF\x00\x00\x00\x00WAVE", b"OggS" * 50, b"ID3" + bytes(99)],
    ids=["empty", "garbage", "cut wav", "false ogg", "false mp3"],
)
def test_what_is_no_recording_is_a_problem(client: TestClient, data: bytes) -> None:
    answer = client.post(URL, files={"audio": ("a.wav", data)})
    assert 400 <= answer.status_code < 500
    sentence_of(answer, answer.status_code)


def test_form_without_a_recording_names_the_field(client: TestClient) -> None:
    answer = client.post(URL, files={"picture": b"x"})
    assert "named audio" in sentence_of(answer, 400)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=b", b"x", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n--b--", 400),
        ("text/plain", b"hello", 415),
    ],
)
def test_other_bodies_are_refused(
    client: TestClient, kind: str, body: bytes, status: int
) -> None:
    answer = client.post(URL, content=body, headers={"content-type": kind})
    sentence_of(answer, status)


def test_recording_over_the_limit_is_refused_by_its_stated_length(
    client: TestClient,
) -> None:
    answer = client.post(URL, files={"audio": bytes(4_000_001)})
    assert "4 MB" in sentence_of(answer, 413)


def test_recording_over_the_limit_is_refused_while_it_arrives(
    client: TestClient,
) -> None:
    disposition = b'Content-Disposition: form-data; name="audio"; filename="a"'

    def endless() -> Iterator[bytes]:
        yield b"--b\r\n" + disposition + b"\r\n\r\n"
        for _ in range(100):
            yield bytes(100_000)

    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = client.post(URL, content=endless(), headers=headers)
    assert "4 MB" in sentence_of(answer, 413)


def test_no_byte_of_a_recording_reaches_a_disk(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    marker = np.tile(np.array([0.11, -0.23, 0.31, -0.47]), 40_000 * 3)
    recording = wav_of(marker)
    assert len(recording) > 900_000
    assert client.post(URL, files={"audio": ("a.wav", recording)}).status_code == 200
    needle = recording[1000:1100]
    for folder, _, names in os.walk(tmp_path):
        for name in names:
            assert needle not in (Path(folder) / name).read_bytes()


def test_device_is_kept_and_too_long_a_name_refused(client: TestClient) -> None:
    silence = wav_of(np.zeros(16_000 * 5))
    answer = client.post(URL, files={"audio": silence}, data={"device": "headset"})
    assert answer.json()["device"] == "headset"
    answer = client.post(URL, files={"audio": silence}, data={"device": "x" * 65})
    assert "64" in sentence_of(answer, 422)


def test_forgotten_reading_is_gone(client: TestClient) -> None:
    made = client.post(URL, files={"audio": wav_of(np.zeros(16_000 * 5))}).json()
    assert client.delete(f"{URL}/{made['id']}").status_code == 204
    assert made["id"] in sentence_of(client.get(f"{URL}/{made['id']}"), 404)
    sentence_of(client.delete(f"{URL}/{made['id']}"), 404)
