"""HLS media playlists: text from numbers, nothing else (RFC 8216)."""

from collections.abc import Iterable
from math import ceil, floor

from undersong.stream.segments import SEGMENT_SAMPLES, SEGMENT_SECONDS
from undersong.units import samples_to_seconds

MEDIA_TYPE = "application/vnd.apple.mpegurl"
VERSION = 7

AHEAD_SEGMENTS = 4
"""How far a live list runs ahead of the clock: players want three target durations
before they begin, and a nudge is heard no later than this."""

WINDOW_SEGMENTS = ceil(3600 / SEGMENT_SECONDS)
"""Segments in a live list of a session longer than an hour: a list that grew all
night would soon weigh more than the sound."""


def whole_list(end: int) -> str:
    """Return the list of a whole session that ends at a sample index (VOD)."""
    return _text(
        ["#EXT-X-PLAYLIST-TYPE:VOD"], _entries(end, 0, _count(end)), is_ended=True
    )


def live_list(end: int, published: int) -> str:
    """Return the list of a session of which some segments are published.

    Sessions up to an hour are EVENT lists, which only grow; longer ones slide.
    """
    count = _count(end)
    last = min(published, count)
    slides = count > WINDOW_SEGMENTS
    first = max(0, last - WINDOW_SEGMENTS) if slides else 0
    head = [f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    if not slides:
        head += ["#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-START:TIME-OFFSET=0"]
    return _text(head, _entries(end, first, last), is_ended=last == count)


def published_at(seconds: float) -> int:
    """Return how many segments are published some seconds after the start."""
    return floor(max(seconds, 0.0) / SEGMENT_SECONDS) + AHEAD_SEGMENTS


def _count(end: int) -> int:
    return -(-end // SEGMENT_SAMPLES)


def _entries(end: int, first: int, last: int) -> Iterable[str]:
    for number in range(first, last):
        begin = number * SEGMENT_SAMPLES
        seconds = samples_to_seconds(min(end - begin, SEGMENT_SAMPLES))
        yield f"#EXTINF:{seconds:.6f},"
        yield f"{number}.m4s"


def _text(head: Iterable[str], entries: Iterable[str], *, is_ended: bool) -> str:
    lines = [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        f"#EXT-X-TARGETDURATION:{ceil(SEGMENT_SECONDS)}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        *head,
        '#EXT-X-MAP:URI="init.mp4"',
        *entries,
    ]
    if is_ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"
