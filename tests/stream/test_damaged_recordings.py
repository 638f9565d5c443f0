"""Recordings cut, flipped or reduced to a header: a sentence or a sound, never a fault.

The containers are made by FFmpeg's command line, then damaged at random.
"""

import contextlib
import subprocess
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.errors import AudioFormatError, UndersongError
from undersong.hear.read import read
from undersong.stream.recording import decode

CONTAINERS = {
    "wav": ("wav", "pcm_s16le"),
    "flac": ("flac", "flac"),
    "ogg": ("ogg", "libopus"),
    "mp3": ("mp3", "libmp3lame"),
    "webm": ("webm", "libopus"),
    "aac": ("adts", "aac"),
    "m4a": ("ipod", "aac"),
}
HEADER_BYTES = 200
"""Where damage does most."""


@cache
def whole(name: str) -> bytes:
    container, codec = CONTAINERS[name]
    run = subprocess.run(
        [
            *(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "sine=220:duration=1",
            ),
            *("-c:a", codec, "-f", container),
            # MP4 puts its index in front by itself when it cannot seek back.
            *(["-movflags", "frag_keyframe+empty_moov"] if name == "m4a" else []),
            "pipe:1",
        ],
        capture_output=True,
        check=True,
    )
    return run.stdout


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    data = bytearray(whole(name))
    if draw(st.booleans()):
        data = data[: draw(st.integers(1, len(data)))]
    last = draw(st.sampled_from([min(HEADER_BYTES, len(data)), len(data)])) - 1
    for place in draw(st.lists(st.integers(0, last), max_size=20)):
        data[place] = draw(st.integers(0, 255))
    return bytes(data)


@pytest.mark.parametrize("name", CONTAINERS)
def test_whole_recording_is_decoded(name: str) -> None:
    recording = decode(whole(name))
    assert len(recording.samples) / recording.sample_rate == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("name", CONTAINERS)
def test_damaged_recording_gives_a_sound_or_a_sentence(name: str) -> None:
    @given(damaged(name))
    @settings(max_examples=60, derandomize=True, database=None)
    def try_one(data: bytes) -> None:
        with contextlib.suppress(UndersongError):
            recording = decode(data)
            assert recording.samples.ndim == 2
            read(recording.samples, recording.sample_rate)

    try_one()


@pytest.mark.parametrize(
    "head",
    [b"\xff\xf1", b"\xff\xf9", b"OggS", b"RIFF", b"\x1aE\xdf\xa3", b"0000ftyp"],
)
def test_header_by_itself_is_no_recording(head: bytes) -> None:
    with pytest.raises(AudioFormatError):
        decode(head)


def test_noise_of_every_length_is_no_recording() -> None:
    chance = np.random.default_rng(3)
    for length in (1, 2, 3, 7, 64, 4096):
        with pytest.raises(AudioFormatError):
            decode(b"\x01" + chance.bytes(length))
