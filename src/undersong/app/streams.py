"""Addresses for players: lists, segments and continuous streams under a session's key.

Range headers are not looked at: every answer is whole and small, or endless.
"""

import asyncio
import logging
from asyncio import sleep as pause
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from undersong.app.context import Context, InContext
from undersong.app.playing import (
    live_playlist,
    made_samples,
    made_segment,
    score_of,
    whole_playlist,
)
from undersong.app.problems import responses
from undersong.compose.score import Score
from undersong.errors import NotFoundError, StoreUnavailableError
from undersong.stream.live import LIVE_FORMATS, LiveStream, live_format
from undersong.stream.playlist import AHEAD_SEGMENTS, MEDIA_TYPE
from undersong.stream.segments import (
    SEGMENT_SAMPLES,
    SEGMENT_SECONDS,
    init_segment,
    segment_count,
    segment_span,
)
from undersong.units import samples_to_seconds, seconds_to_samples

router = APIRouter(prefix="/s/{key}", tags=["streams"])

log = logging.getLogger(__name__)

SEGMENT_TYPE = "audio/mp4"
FOR_GOOD = {"Cache-Control": "private, max-age=31536000, immutable"}
NOT_KEPT = {"Cache-Control": "no-store"}


def _media(kind: str) -> dict[str, object]:
    return {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}


@router.head("/main.m3u8", include_in_schema=False)
@router.get(
    "/main.m3u8",
    response_class=Response,
    responses=responses(404) | {200: _media(MEDIA_TYPE)},
)
def get_playlist(
    key: str, context: InContext, live: Annotated[bool, Query()] = False
) -> Response:
    """Return the list of segments: the whole session, or with live=1 as it plays."""
    text = (live_playlist if live else whole_playlist)(context, key)
    return Response(text, media_type=MEDIA_TYPE, headers=NOT_KEPT)


@router.head("/init.mp4", include_in_schema=False)
@router.get(
    "/init.mp4",
    response_class=Response,
    responses=responses(404) | {200: _media(SEGMENT_TYPE)},
)
def get_init(key: str, context: InContext) -> Response:
    """Return the initialisation segment."""
    context.store.sessions.by_key(key)
    return Response(init_segment(), media_type=SEGMENT_TYPE, headers=FOR_GOOD)


@router.head("/{number}.m4s", include_in_schema=False)
def head_segment(key: str, number: int, context: InContext) -> Response:
    """Say that a segment is there; it is neither made nor settled by that."""
    segment_span(score_of(context, context.store.sessions.by_key(key)), number)
    return _bodiless(SEGMENT_TYPE, FOR_GOOD)


def _bodiless(media_type: str, headers: Mapping[str, str]) -> Response:
    """Return an answer to HEAD; a stream's length is known only when it is made."""
    return StreamingResponse(iter(()), media_type=media_type, headers=headers)


@router.get(
    "/{number}.m4s",
    response_class=Response,
    responses=responses(404) | {200: _media(SEGMENT_TYPE)},
)
async def get_segment(key: str, number: int, context: InContext) -> Response:
    """Return one segment; it is made now, and the same for ever."""
    data = await context.work(made_segment, context, key, number)
    context.counts.add("undersong_segments_total", "flac")
    return Response(data, media_type=SEGMENT_TYPE, headers=FOR_GOOD)


Begin = Annotated[float, Query(ge=0, le=86_400, allow_inf_nan=False)]


@router.head("/live.{name}", include_in_schema=False)
def head_live(key: str, name: str, context: InContext, begin: Begin = 0.0) -> Response:
    """Say that a continuous response would come."""
    _first_segment(score_of(context, context.store.sessions.by_key(key)), begin)
    return _bodiless(live_format(name).media_type, NOT_KEPT)


@router.get(
    "/live.{name}",
    response_class=StreamingResponse,
    responses=responses(404)
    | {200: {"content": {row.media_type: {} for row in LIVE_FORMATS.values()}}},
)
async def get_live(
    key: str, name: str, context: InContext, begin: Begin = 0.0
) -> StreamingResponse:
    """Return one continuous response from `begin` seconds on, at the pace it plays.

    What has been served before comes at once; the rest stays a few seconds ahead.
    """
    session = await context.work(context.store.sessions.by_key, key)
    score = await context.work(score_of, context, session)
    first = _first_segment(score, begin)
    stream = LiveStream(name, score)
    context.counts.add("undersong_streams_total", name)
    return StreamingResponse(
        _continuous(context, key, first, stream),
        media_type=live_format(name).media_type,
        headers=NOT_KEPT,
    )


def _first_segment(score: Score, begin_seconds: float) -> int:
    """Return the segment in which a time lies."""
    first = seconds_to_samples(begin_seconds) // SEGMENT_SAMPLES
    if first >= segment_count(score):
        raise NotFoundError(
            f"begin={begin_seconds:g} lies beyond the end of this session; "
            f"use less than {samples_to_seconds(score.end):g}"
        )
    return first


async def _continuous(
    context: Context, key: str, first: int, stream: LiveStream
) -> AsyncIterator[bytes]:
    """Yield a session's encoded bytes, never further ahead than a live list is."""
    clock = asyncio.get_running_loop().time
    number, began = first, clock()
    try:
        while True:
            session = await context.work(context.store.sessions.by_key, key)
            if number >= segment_count(await context.work(score_of, context, session)):
                break
            if number <= session.served:
                # Fixed already: no pace to keep, and none behind.
                began = clock() - (number - first) * SEGMENT_SECONDS
            else:
                due = began + (number - first - AHEAD_SEGMENTS) * SEGMENT_SECONDS
                await pause(max(due - clock(), 0))
            samples = await context.work(made_samples, context, key, number)
            yield await context.work(stream.feed, samples)
            number += 1
        yield await context.work(stream.finish)
    except NotFoundError:
        # It was stopped or forgotten while it played: the stream ends here.
        stream.abandon()
    except StoreUnavailableError:
        log.exception("a continuous stream ended early")
        stream.abandon()
    finally:
        stream.abandon()
