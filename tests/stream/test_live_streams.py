"""Continuous streams against FFmpeg's decoder, read from a pipe."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

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


LEAVING = """
    import threading, time
    import numpy as np
    from scores import small_score
    from undersong.stream.live import LiveStream

    noise = np.random.default_rng(0).standard_normal((92_160, 2)).astype(np.float32)
    for turn in range(24):
        stream = LiveStream("{name}", small_score())
        threads = [threading.Thread(target=stream.feed, args=(noise,)) for _ in "ab"]
        for thread in threads:
            thread.start()
        time.sleep(0.002 * (turn % 12))
        stream.abandon()
        for thread in threads:
            thread.join()
        assert stream.feed(noise) == b""
"""
"""In a process of its own: without a lock FFmpeg ends the whole process."""


@pytest.mark.parametrize("name", ["flac", "ogg"])
def test_player_that_leaves_while_its_bytes_are_made_harms_nothing(name: str) -> None:
    program = textwrap.dedent(LEAVING).format(name=name)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
