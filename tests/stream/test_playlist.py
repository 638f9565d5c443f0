"""Playlists against an independent reader (m3u8) and RFC 8216."""

import m3u8
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.stream.playlist import (
    AHEAD_SEGMENTS,
    WINDOW_SEGMENTS,
    live_list,
    published_at,
    whole_list,
)
from undersong.stream.segments import SEGMENT_SAMPLES
from undersong.units import SAMPLE_RATE

HOUR = 3600 * SAMPLE_RATE


def test_whole_list_of_five_seconds_reads_as_written_by_hand() -> None:
    assert whole_list(5 * SAMPLE_RATE) == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:7\n"
        "#EXT-X-TARGETDURATION:2\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        "#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:1.920000,\n0.m4s\n"
        "#EXTINF:1.920000,\n1.m4s\n"
        "#EXTINF:1.160000,\n2.m4s\n"
        "#EXT-X-ENDLIST\n"
    )


@given(st.integers(1, HOUR // 3))
@settings(max_examples=50)
def test_whole_list_lasts_as_long_as_the_session(end: int) -> None:
    read = m3u8.loads(whole_list(end))
    seconds = sum(segment.duration for segment in read.segments)
    assert seconds == pytest.approx(end / SAMPLE_RATE, abs=1e-3)
    assert read.is_endlist
    assert read.playlist_type == "vod"
    assert max(s.duration for s in read.segments) <= read.target_duration


@given(st.integers(1, 60 * SAMPLE_RATE), st.integers(0, 40))
def test_event_list_begins_like_the_whole_list(end: int, published: int) -> None:
    whole, live = m3u8.loads(whole_list(end)), m3u8.loads(live_list(end, published))
    count = len(live.segments)
    assert count == min(published, len(whole.segments))
    assert [s.uri for s in live.segments] == [s.uri for s in whole.segments[:count]]
    assert live.is_endlist == (count == len(whole.segments))
    assert live.playlist_type == "event"


def test_list_of_a_night_slides_over_the_last_hour() -> None:
    read = m3u8.loads(live_list(8 * HOUR, 5000))
    assert len(read.segments) == WINDOW_SEGMENTS
    assert read.media_sequence == 5000 - WINDOW_SEGMENTS
    assert read.segments[0].uri == f"{read.media_sequence}.m4s"
    # An EVENT list may not lose entries (RFC 8216, 4.3.3.5).
    assert read.playlist_type is None
    assert not read.is_endlist


@given(st.floats(0, 1e5), st.floats(0, 1e4))
def test_more_time_never_unpublishes(seconds: float, later: float) -> None:
    assert published_at(seconds + later) >= published_at(seconds)


def test_a_live_list_begins_with_three_target_durations() -> None:
    assert published_at(0) == published_at(-5) == AHEAD_SEGMENTS
    assert AHEAD_SEGMENTS * SEGMENT_SAMPLES / SAMPLE_RATE >= 3 * 2
