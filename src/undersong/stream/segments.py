"""HLS segments: each is made by itself, from the score and its number alone.

One grid for all codecs that may come: 1.92 s is a whole number of FLAC, AAC and Opus
frames. Nothing is carried from one segment to the next, so any node can make any of
them, again and in any order, with the same bytes.
"""

from fractions import Fraction
from functools import cache
from io import BytesIO

import av
import numpy as np

from undersong.compose.score import Score
from undersong.errors import NotFoundError
from undersong.sound.palette import Palette
from undersong.sound.render import Samples, render
from undersong.stream.notice import generated_by
from undersong.stream.pcm import to_int16
from undersong.units import SAMPLE_RATE

FRAME_SAMPLES = 3072
"""Samples of a FLAC frame; 5 of them are the 15 360 samples of the common grid."""

SEGMENT_SAMPLES = 30 * FRAME_SAMPLES
SEGMENT_SECONDS = SEGMENT_SAMPLES / SAMPLE_RATE


MUXER_OPTIONS = {
    # A fragment by itself, with its place on the time axis and no index or trailer.
    "movflags": "frag_custom+empty_moov+default_base_moof+frag_discont"
    "+skip_trailer+skip_sidx",
    "use_editlist": "0",
    "avoid_negative_ts": "disabled",
    "fflags": "+bitexact",
}
ENCODER_OPTIONS = {"frame_size": str(FRAME_SAMPLES), "compression_level": "5"}


def segment_count(score: Score) -> int:
    """Return how many segments a session has; the last may be shorter."""
    return -(-score.end // SEGMENT_SAMPLES)


def segment_span(score: Score, number: int) -> tuple[int, int]:
    """Return the sample indices ``(begin, end)`` of a segment.

    Raises
    ------
    NotFoundError
        If the session has no such segment.
    """
    count = segment_count(score)
    if not 0 <= number < count:
        raise NotFoundError(
            f"segment {number} is not one of this session's, 0 to {count - 1}"
        )
    begin = number * SEGMENT_SAMPLES
    return begin, min(begin + SEGMENT_SAMPLES, score.end)


def segment(score: Score, number: int, palette: Palette) -> bytes:
    """Return one media segment.

    Parameters
    ----------
    score : Score
        With the events so far; later ones lie beyond this segment.
    number : int
        From 0.
    palette : Palette
        Where tables come from.

    Returns
    -------
    segment : bytes
        ``moof`` and ``mdat`` of fragmented MP4 holding 16-bit FLAC, equal to
        ``render`` of the segment's span within half a 16-bit step.

    Raises
    ------
    NotFoundError
        If the session has no such segment.
    """
    begin, end = segment_span(score, number)
    return encode(render(score, begin, end, palette), number)


def encode(samples: Samples, number: int) -> bytes:
    """Return samples, float32 of shape (n, 2), as the media segment of a number."""
    whole = _mux(samples, number)
    return whole[_media_start(whole) :]


@cache
def init_segment() -> bytes:
    """Return the initialisation segment, the same for every session."""
    whole = _mux(np.zeros((FRAME_SAMPLES, 2), np.float32), 0)
    return whole[: _media_start(whole)]


def _mux(samples: Samples, number: int) -> bytes:
    """Return an MP4 file of one fragment at the segment's place in time."""
    out = BytesIO()
    options = {**MUXER_OPTIONS, "fragment_index": str(number + 1)}
    with av.open(out, "w", format="mp4", options=options) as container:
        container.metadata["comment"] = generated_by()
        stream = container.add_stream(
            "flac", rate=SAMPLE_RATE, layout="stereo", options=ENCODER_OPTIONS
        )
        stream.codec_context.format = av.AudioFormat("s16")
        interleaved = to_int16(samples)
        for start in range(0, len(samples), FRAME_SAMPLES):
            frame = av.AudioFrame.from_ndarray(
                interleaved[start : start + FRAME_SAMPLES].reshape(1, -1),
                format="s16",
                layout="stereo",
            )
            frame.sample_rate = SAMPLE_RATE
            frame.time_base = Fraction(1, SAMPLE_RATE)
            frame.pts = number * SEGMENT_SAMPLES + start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _media_start(whole: bytes) -> int:
    """Return where the ``moof`` box begins."""
    place = 0
    while whole[place + 4 : place + 8] != b"moof":
        place += int.from_bytes(whole[place : place + 4], "big")
    return place
