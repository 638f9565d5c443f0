"""Recordings in, readings out; what could not be read comes back as a refusal."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter, ValidationError

from undersong.app.api.fields import Device
from undersong.app.context import InContext
from undersong.app.hearing import DEFAULT_DEVICE, hear
from undersong.app.problems import HttpProblem, responses
from undersong.app.recordings import received
from undersong.hear.reading import Reading
from undersong.keep.readings import StoredReading

router = APIRouter(tags=["readings"])

DEVICE: TypeAdapter[str] = TypeAdapter(Device)

AUDIO_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["audio"],
                    "properties": {
                        "audio": {"type": "string", "format": "binary"},
                        "device": {"type": "string", "maxLength": 64},
                    },
                }
            },
            "audio/wav": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class ReadingBody(Reading):
    """A reading and the id by which a session may name it."""

    id: str
    created_at: datetime
    device: str


def body_of(stored: StoredReading) -> ReadingBody:
    """Return a kept reading as a response."""
    return ReadingBody(
        id=stored.id,
        created_at=datetime.fromtimestamp(stored.created_at, UTC),
        device=stored.device,
        **{name: getattr(stored.reading, name) for name in Reading.model_fields},
    )


@router.post("/readings", responses=responses(408), openapi_extra=AUDIO_BODY)
async def create_reading(request: Request, context: InContext) -> ReadingBody:
    """Read a voice: WAV, FLAC, Ogg, MP3, m4a, webm and their like, a minute at most.

    The recording is dropped after the read. One that cannot be read is no error: the
    answer has ``ok: false`` and says why and what to try.
    """
    upload = await received(request)
    try:
        device = DEVICE.validate_python(upload.fields.get("device") or DEFAULT_DEVICE)
    except ValidationError as error:
        raise HttpProblem(422, "device must be plain text up to 64 letters") from error
    return body_of(await context.work(hear, context, upload.data, device))


@router.get("/readings/{reading_id}", responses=responses(404))
def get_reading(reading_id: str, context: InContext) -> ReadingBody:
    """Return a kept reading."""
    return body_of(context.store.readings.get(reading_id))


@router.delete("/readings/{reading_id}", status_code=204, responses=responses(404))
def delete_reading(reading_id: str, context: InContext) -> Response:
    """Forget a reading; sessions made from it stay."""
    context.store.readings.delete(reading_id)
    return Response(status_code=204)
