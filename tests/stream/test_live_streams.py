"""Continuous streams against FFmpeg's decoder, read from a pipe."""

import numpy as np
import pytest
from decoding import decoded_int16
from scores import small_score

from undersong.errors import NotFoundError
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.stream.live import LIVE_FORMATS, LiveStream

SCORE = small_score(minutes=0.1)
RENDERED = render(SCORE, 0, SCORE.end, Palette())

PADDING = {"flac": 0, "ogg": 0, "mp3": 2 * 1152 + 528}
"""MP3 without its first frame of tags keeps the codec's delay."""


def streamed(name: str) -> list[bytes]:
    stream = LiveStream(name, SCORE)
    blocks = np.array_split(RENDERED, 4)
    return [*(stream.feed(block) for block in blocks), stream.finish()]


@pytest.mark.parametrize("name", LIVE_FORMATS)
def test_stream_decodes_to_its_whole_length(name: str) -> None:
    decoded = decoded_int16(b"".join(streamed(name)))
    assert 0 <= len(decoded) - len(RENDERED) <= PADDING[name]


def test_flac_stream_is_exact() -> None:
    decoded = decoded_int16(b"".join(streamed("flac")))
    assert np.abs(decoded / 32768 - RENDERED).max() <= 0.5 / 32768


@pytest.mark.parametrize("name", LIVE_FORMATS)
def test_bytes_come_while_samples_go_in(name: str) -> None:
    assert all(len(part) > 1000 for part in streamed(name)[:-1])


def test_unknown_format_is_answered_with_those_that_work() -> None:
    with pytest.raises(NotFoundError, match="flac, ogg, mp3"):
        LiveStream("wma", SCORE)
