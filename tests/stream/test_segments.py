"""Segments against FFmpeg's decoder and the boxes of ISO 14496-12."""

import struct
from collections.abc import Iterator

import numpy as np
import pytest
from decoding import decoded_int16
from hypothesis import given, settings
from hypothesis import strategies as st
from scores import small_score

from undersong.errors import NotFoundError
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.stream.segments import (
    SEGMENT_SAMPLES,
    encode,
    init_segment,
    segment,
    segment_count,
)
from undersong.units import SAMPLE_RATE

PALETTE = Palette()
SCORE = small_score(minutes=0.2)


def boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    place = 0
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        yield name.decode(), data[place + 8 : place + length]
        place += length


def box(data: bytes, *path: str) -> bytes:
    for name in path:
        data = dict(boxes(data))[name]
    return data


def whole() -> list[bytes]:
    return [segment(SCORE, number, PALETTE) for number in range(segment_count(SCORE))]


def test_all_segments_decode_to_the_render_within_half_a_step() -> None:
    decoded = decoded_int16(init_segment() + b"".join(whole()))
    rendered = render(SCORE, 0, SCORE.end, PALETTE)
    assert decoded.shape == rendered.shape
    assert np.abs(decoded / 32768 - rendered).max() * 32768 <= 0.5


def test_segment_length_is_a_whole_number_of_frames_of_every_codec() -> None:
    for frame_samples in (3072, 1024, 960):  # FLAC here, AAC-LC, Opus
        assert SEGMENT_SAMPLES % frame_samples == 0
    assert SEGMENT_SAMPLES / SAMPLE_RATE == 1.92


def test_init_segment_holds_the_movie_and_no_media() -> None:
    assert [name for name, _ in boxes(init_segment())] == ["ftyp", "moov"]


@pytest.mark.parametrize("number", [0, 1, 5])
def test_segment_is_one_fragment_that_knows_its_place(number: int) -> None:
    data = segment(SCORE, number, PALETTE)
    assert [name for name, _ in boxes(data)] == ["moof", "mdat"]
    # FullBox version 1: 4 bytes of version and flags, then 64 bits of time.
    decode_time = struct.unpack(">Q", box(data, "moof", "traf", "tfdt")[4:12])[0]
    assert decode_time == number * SEGMENT_SAMPLES


@given(st.permutations(range(segment_count(SCORE))))
@settings(max_examples=3)
def test_order_of_making_does_not_change_the_bytes(order: list[int]) -> None:
    made = {number: segment(SCORE, number, PALETTE) for number in order}
    assert [made[number] for number in sorted(made)] == whole()


@pytest.mark.parametrize("length", [1, 15, 16, 3071, 3073, SEGMENT_SAMPLES])
def test_a_shorter_segment_decodes_to_its_own_length(length: int) -> None:
    samples = np.full((length, 2), 0.25, np.float32)
    decoded = decoded_int16(init_segment() + encode(samples, 0))
    assert len(decoded) == length
    assert np.all(decoded == 8192)


@pytest.mark.parametrize("number", [-1, segment_count(SCORE), 10**12])
def test_segment_beyond_the_end_names_those_there_are(number: int) -> None:
    with pytest.raises(NotFoundError, match=f"0 to {segment_count(SCORE) - 1}"):
        segment(SCORE, number, PALETTE)
