"""Recordings of any common kind become samples, bounded in time and memory."""

import builtins
import contextlib
import io
import socket
import struct
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong import library
from undersong.errors import AudioFormatError, NotFoundError, UndersongError
from undersong.hear.reading import Reading
from undersong.stream.reading import read_file, read_many
from undersong.stream.recording import container_of, decode

T = TypeVar("T")
RATE = 48_000


def tone(seconds: float, channels: int = 1) -> np.ndarray:
    time_seconds = np.arange(int(seconds * RATE)) / RATE
    mono = 0.5 * np.sin(2 * np.pi * 440.0 * time_seconds)
    return np.repeat(mono[:, None], channels, axis=1).astype(np.float32)


def wav(samples: np.ndarray, kind: str = "WAV", subtype: str | None = None) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format=kind, subtype=subtype)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "subtype", "tolerance"),
    [
        ("WAV", "FLOAT", 0.0),
        ("WAV", "PCM_16", 2.0**-15),
        ("FLAC", "PCM_24", 2.0**-22),
        ("AIFF", "PCM_16", 2.0**-15),
        ("OGG", "VORBIS", 0.05),
    ],
)
def test_libsndfile_kinds_come_back(kind: str, subtype: str, tolerance: float) -> None:
    samples = tone(1.0, 2)
    found = decode(wav(samples, kind, subtype))
    assert found.sample_rate == RATE
    assert found.samples.dtype == np.float32
    assert found.samples.shape == samples.shape
    assert np.abs(found.samples - samples).max() <= tolerance


@pytest.mark.parametrize(
    "arguments",
    [
        ("-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-f", "ipod"),
        ("-c:a", "libopus", "-f", "webm"),
        ("-c:a", "libopus", "-f", "ogg"),
        ("-c:a", "libmp3lame", "-f", "mp3"),
        ("-c:a", "aac", "-f", "adts"),
    ],
    ids=["m4a", "webm", "opus", "mp3", "aac"],
)
def test_what_ffmpeg_wrote_is_heard_alike(arguments: tuple[str, ...]) -> None:
    made = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", "pipe:0", *arguments, "pipe:1"],
        input=wav(tone(2.0)),
        capture_output=True,
        check=True,
    ).stdout
    found = decode(made)
    mono = found.samples[:, 0]
    spectrum = np.abs(np.fft.rfft(mono[: found.sample_rate]))
    assert len(mono) / found.sample_rate == pytest.approx(2.0, abs=0.1)
    assert int(spectrum.argmax()) == pytest.approx(440, abs=1)


def test_a_path_gives_what_its_bytes_give(tmp_path: Path) -> None:
    data = wav(tone(0.5))
    path = tmp_path / "voice.raw"
    path.write_bytes(data)
    np.testing.assert_array_equal(decode(path).samples, decode(data).samples)


def test_no_more_than_the_limit_is_decoded() -> None:
    found = decode(wav(tone(3.0)), limit_seconds=1.25)
    assert len(found.samples) == int(1.25 * RATE)


def wav_header(seconds: float, channels: int = 1, sample_rate: int = 8_000) -> bytes:
    n_bytes = min(int(seconds * sample_rate) * 2 * channels, 2**32 - 100)
    byte_rate = sample_rate * 2 * channels
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", n_bytes + 36, b"WAVE", b"fmt ", 16, 1, channels),
        *(sample_rate, byte_rate, 2 * channels, 16, b"data", n_bytes),
    )


def test_ten_hours_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "night.wav"
    path.write_bytes(wav_header(36_000.0))
    with path.open("r+b") as file:
        file.truncate(36_000 * 8_000 * 2 + 44)
    begin = time.monotonic()
    with pytest.raises(AudioFormatError, match="hours"):
        decode(path)
    assert time.monotonic() - begin < 5.0


def test_two_gigabytes_are_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "huge.wav"
    path.write_bytes(wav_header(60.0))
    with path.open("r+b") as file:
        file.truncate(2 * 2**30)
    with pytest.raises(AudioFormatError, match="MB"):
        decode(path)


def test_a_header_that_promises_too_much_takes_little_memory() -> None:
    data = wav_header(3_000.0, channels=2, sample_rate=48_000) + bytes(4_000)
    tracemalloc.start()
    found = decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.samples) <= 1_000
    assert peak < 300e6


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "empty"), (b"hello, this is text", "WAV"), (bytes(5_000), "WAV")],
)
def test_what_is_no_recording_is_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(AudioFormatError, match=word) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"nobody\.wav"):
        decode(tmp_path / "nobody.wav")
    with pytest.raises(
        AudioFormatError, match="is a folder; give the recordings in it"
    ):
        decode(tmp_path)


def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(wav(tone(1.0)))
    listing = f"#EXTM3U\n#EXTINF:1,\n{tmp_path / 'voice.wav'}\n"
    with pytest.raises(AudioFormatError):
        decode(listing.encode())
    assert container_of(listing.encode()) is None


@settings(max_examples=150)
@given(
    st.sampled_from([b"", b"RIFF", b"fLaC", b"OggS", b"\x1aE\xdf\xa3", b"\xff\xfb"]),
    st.binary(max_size=2_000),
)
def test_any_bytes_give_sound_or_a_clear_error(head: bytes, rest: bytes) -> None:
    with contextlib.suppress(UndersongError):
        assert decode(head + rest).samples.ndim == 2


def test_decoding_writes_nothing_and_calls_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("decoding touched the world")

    data = wav(tone(0.5))
    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    assert len(decode(data).samples) == RATE // 2


def test_many_are_read_in_order_by_any_executor(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.wav" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(wav(tone(0.5 + number)))
    with ThreadPoolExecutor(2) as executor:
        found = list(read_many([*paths, tmp_path / "none.wav"], executor))
    assert [path.name for path, _ in found] == ["0.wav", "1.wav", "2.wav", "none.wav"]
    readings = [outcome for _, outcome in found]
    assert all(isinstance(reading, Reading) for reading in readings[:3])
    assert isinstance(readings[3], NotFoundError)


class Sequential(Executor):
    """The least an executor may be: it runs each call when it is handed in."""

    def submit(self, fn: Callable[..., T], /, *args: object, **more: object) -> Future:
        done: Future = Future()
        done.set_result(fn(*args, **more))
        return done


def test_an_executor_of_any_kind_will_do(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    path.write_bytes(wav(tone(4.0)))
    with Sequential() as plain, ProcessPoolExecutor(1) as processes:
        (one,), (other,) = read_many([path], plain), read_many([path], processes)
    assert one == other


def test_a_wav_with_one_value_that_is_no_number_says_so(shared: Path) -> None:
    folder = shared / "data/voice/librispeech_mini"
    path = sorted(folder.glob("3331-*.flac"))[0]
    samples = soundfile.read(path, dtype="float32")[0]
    samples[len(samples) // 2] = np.nan
    file = io.BytesIO()
    soundfile.write(file, samples, 16_000, format="WAV", subtype="FLOAT")
    reading = library.read(file.getvalue())
    assert reading.quality.damaged_fraction == pytest.approx(1 / len(samples))
    assert any("damaged" in sentence for sentence in reading.sentences)


def test_recording_of_too_low_a_rate_is_named(tmp_path):
    path = tmp_path / "slow.wav"
    soundfile.write(path, np.zeros(20_000), 4000)
    with pytest.raises(AudioFormatError, match=r"slow\.wav: sample_rate=4000"):
        read_file(path)
