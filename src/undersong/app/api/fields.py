"""The kinds of field that several requests share."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from undersong.compose.state import SAID_HIGHEST

LARGEST_SEED = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""


def _without_controls(text: str) -> str:
    """Refuse characters that no keyboard types and not every database keeps."""
    if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
        raise ValueError("holds a control character; use plain text")
    return text


PlainText = Annotated[str, AfterValidator(_without_controls)]
Title = Annotated[PlainText, StringConstraints(max_length=120, strip_whitespace=True)]
NoteText = Annotated[
    PlainText, StringConstraints(max_length=4000, strip_whitespace=True)
]
Id = Annotated[PlainText, StringConstraints(min_length=1, max_length=64)]
Device = Annotated[PlainText, StringConstraints(min_length=1, max_length=64)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Scale = Annotated[float, Field(ge=0, le=SAID_HIGHEST, allow_inf_nan=False)]


class Body(BaseModel):
    """What a request holds; a field that is not known is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Body):
    """How a person says they feel, each from 0 to 10; what is not said is left out."""

    stress: Scale | None = None
    fatigue: Scale | None = None
    energy: Scale | None = None


def said_values(said: Said | None) -> dict[str, float] | None:
    """Return what was said by signal, or None if nothing was."""
    return (said.model_dump(exclude_none=True) or None) if said else None
