"""Errors as RFC 9457 problems: one table from error class to status."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from undersong import errors
from undersong.app.language import words_for
from undersong.app.rendering import problem_page
from undersong.phrases import Phrase, phrase

MEDIA_TYPE = "application/problem+json"

STATUSES: tuple[tuple[type[errors.UndersongError], int], ...] = (
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.AudioFormatError, 415),
    (errors.ParameterError, 422),
    (errors.EncoderError, 500),
    (errors.StoreUnavailableError, 503),
    (errors.UndersongError, 500),
)
"""The first row that fits decides."""

SENTENCES = {
    404: phrase("there is nothing at this address"),
    405: phrase("this address does not take that method"),
    500: phrase(
        "something went wrong here; the log says what, and nothing was changed"
    ),
}

log = logging.getLogger(__name__)


class Invalid(BaseModel):
    """One field that breaks its rule."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong, in one sentence that says what would work (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Invalid] | None = None


class HttpProblem(HTTPException):
    """A refusal that belongs to HTTP alone: its status and its sentence."""

    def __init__(
        self, status: int, detail: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, headers)


def problem(
    status: int,
    detail: str,
    *,
    invalid: Sequence[Invalid] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem as a response."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=list(invalid) or None,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of an endpoint's problems."""
    # 413 and 415 may answer any body, 421 any host, 429 any call.
    every = sorted({*statuses, 400, 403, 413, 415, 421, 422, 429, 500, 503})
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: schema},
        }
        for status in every
    }


def install(app: FastAPI) -> None:
    """Let every error of the app leave as a problem."""
    app.add_exception_handler(errors.UndersongError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def sentence_of(error: errors.UndersongError) -> str:
    """Return what one of our errors says, a phrase if it was made of one."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Phrase) else str(error)


def status_of(error: errors.UndersongError) -> int:
    """Return the status of one of our errors."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.UndersongError)
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s", error, exc_info=error)
    return problem(status, words_for(request).say(sentence_of(error)))


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [_invalid_field(row) for row in error.errors()]
    detail = "; ".join(f"{row.field}: {row.detail}" for row in wrong)
    return problem(422, detail or "the request does not fit", invalid=wrong)


def _invalid_field(row: Mapping[str, Any]) -> Invalid:
    """Return one of pydantic's errors as a field and what is wrong with it."""
    where = row["loc"]
    # The place of a fault in what is no JSON is a number of letters, not a field.
    if where == ("body",) or row["type"] == "json_invalid":
        sentence = BODY_SENTENCES.get(row["type"], _lowered(row["msg"]))
        return Invalid(field="body", detail=sentence)
    return Invalid(field=_path(where), detail=_lowered(row["msg"]))


BODY_SENTENCES = {
    "missing": 'there is none; send a JSON object such as {"outcome": "calm"}',
    "json_invalid": 'this is not JSON; send an object such as {"outcome": "calm"}',
    "model_attributes_type": "this must be a JSON object, sent as application/json",
}
"""What is said where the whole body is wrong, by pydantic's name of the error."""


def _path(where: Sequence[object]) -> str:
    """Return a field's path without the word for where it was sent."""
    parts = [str(part) for part in where]
    return ".".join(parts[1:]) or ".".join(parts)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refusal_response(request, error)


def _is_a_person(request: Request) -> bool:
    """Return whether a browser asks for a page, not a program for data."""
    wants_page = "text/html" in request.headers.get("accept", "")
    return wants_page and not request.url.path.startswith(FOR_PROGRAMS)


FOR_PROGRAMS = ("/api/", "/s/", "/static/")
"""Addresses under which every answer is data."""


def refusal_response(request: Request, error: HTTPException) -> Response:
    """Return an HTTP refusal: a page for a person, a problem for a program."""
    plain = HTTPStatus(error.status_code).phrase
    detail: str = error.detail
    if detail == plain:
        detail = SENTENCES.get(error.status_code, _lowered(plain))
    headers = dict(error.headers or {})
    if not _is_a_person(request):
        told = words_for(request).say(detail)
        return problem(error.status_code, told, headers=headers)
    page = problem_page(request, detail, error.status_code)
    page.headers.update(headers)
    return page


def unforeseen(request: Request) -> Response:
    """Return what is told of an error that nobody thought of."""
    return refusal_response(request, HTTPException(500))
