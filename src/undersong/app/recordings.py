"""Recordings as they arrive: kept in memory, never on disk, dropped after the read."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from undersong.app.problems import HttpProblem
from undersong.phrases import phrase

FIELDS = ("audio", "file")
"""Names under which a form may hold the recording; the first is ours."""

RECEIVE_SECONDS = 120.0
MOST_FIELDS = 10
MOST_FIELD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Upload:
    """One recording's bytes, and the form's other fields."""

    data: bytes
    fields: Mapping[str, str]


class _InMemory(MultiPartParser):
    # The size of the whole request is limited already: nothing is ever spooled.
    spool_max_size = 2**62


async def received(request: Request) -> Upload:
    """Return the recording in a request: a form's file, or the body itself.

    Raises
    ------
    HttpProblem
        400 or 415 if there is none, 408 if it takes too long.
    """
    try:
        async with asyncio.timeout(RECEIVE_SECONDS):
            kind = request.headers.get("content-type", "").partition(";")[0].strip()
            if kind.lower() == "multipart/form-data":
                return await _from_form(request)
            if kind.lower().startswith("audio/") or kind == "application/octet-stream":
                return Upload(await request.body(), request.query_params)
    except ClientDisconnect as error:
        # Nobody is left to read this; it keeps the log free of an alarm.
        raise HttpProblem(
            400, phrase("the recording was cut off; send it again")
        ) from error
    except TimeoutError as error:
        raise HttpProblem(
            408,
            phrase(
                "the recording did not arrive within {seconds:g} s; try again",
                seconds=RECEIVE_SECONDS,
            ),
        ) from error
    raise HttpProblem(
        415,
        phrase(
            "send the recording as a form with a file named audio, or as an audio/ body"
        ),
    )


async def _from_form(request: Request) -> Upload:
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise HttpProblem(
            400, phrase("the form could not be read; send one file named audio")
        ) from error
    try:
        for name in FIELDS:
            part = form.get(name)
            if isinstance(part, UploadFile):
                texts = {k: v for k, v in form.items() if isinstance(v, str)}
                return Upload(await part.read(), texts)
    finally:
        await form.close()
    raise HttpProblem(
        400, phrase("the form has no file named audio; send the recording there")
    )
