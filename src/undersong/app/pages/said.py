"""What a form says: an outcome, a length, and the sliders a person touched."""

from collections.abc import Mapping
from math import isfinite
from typing import Annotated

from fastapi import Request
from pydantic import StringConstraints
from starlette.datastructures import FormData

from undersong.compose.score import OUTCOMES, Outcome
from undersong.errors import ParameterError
from undersong.hear.reading import SIGNAL_NAMES

Minutes = Annotated[str, StringConstraints(max_length=8)]
"""As it stands in an address; empty for the usual length."""


def outcome_or_calm(name: str) -> Outcome:
    """Return the outcome of that name, calm if there is none."""
    return next((outcome for outcome in OUTCOMES if outcome == name), "calm")


def number_or_none(text: str) -> float | None:
    """Return the finite number a text gives, None where it gives none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


async def form_of(request: Request) -> FormData:
    """Return the fields of a form without files."""
    return await request.form(max_files=0, max_fields=40)


def text_of(form: FormData, name: str) -> str:
    """Return one field's text, empty when it was not sent."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def said_in(form: FormData) -> Mapping[str, float] | None:
    """Return the sliders that were touched, None when none was.

    Without script a slider always has a value, so a form lists in `said` the names
    that count.
    """
    named = ",".join(str(value) for value in form.getlist("said")).split(",")
    touched: list[str] = [name for name in SIGNAL_NAMES if name in named]
    return {name: _place(form, name) for name in touched} or None


def _place(form: FormData, name: str) -> float:
    text = text_of(form, name)
    value = number_or_none(text)
    if value is None or not 0 <= value <= 10:
        raise ParameterError(f"{name}={text!r} must be a number from 0 to 10")
    return value
