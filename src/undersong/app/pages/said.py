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


def outcome_in(form: FormData) -> Outcome:
    """Return the outcome a form asks for, calm where it names none."""
    name = text_of(form, "outcome") or "calm"
    found = next((outcome for outcome in OUTCOMES if outcome == name), None)
    if found is None:
        raise ParameterError(
            f"outcome={name!r} is not known; use one of {', '.join(OUTCOMES)}"
        )
    return found


def minutes_in(form: FormData) -> float | None:
    """Return the length a form asks for, None for the usual one."""
    text = text_of(form, "minutes")
    value = number_or_none(text)
    if text and value is None:
        raise ParameterError(f"minutes={text!r} must be a number of minutes")
    return value


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
    # What was not touched does not count, yet nonsense in it is refused all the same.
    places = {name: _place(form, name) for name in SIGNAL_NAMES if name in form}
    missing = [name for name in SIGNAL_NAMES if name in named and name not in places]
    if missing:
        raise ParameterError(f"{missing[0]} must be a number from 0 to 10")
    return {name: place for name, place in places.items() if name in named} or None


def _place(form: FormData, name: str) -> float:
    text = text_of(form, name)
    value = number_or_none(text)
    if value is None or not 0 <= value <= 10:
        raise ParameterError(f"{name}={text!r} must be a number from 0 to 10")
    return value
