"""The base of every value that travels between rooms."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from undersong.errors import ParameterError


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Value):
    """A value that is kept as a JSON text of its own."""

    noun: ClassVar[str]
    """What it is called where a text turns out to be none."""

    def to_json(self) -> str:
        """Return it as JSON text; `from_json` gives back an equal value."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the value that `to_json` wrote.

        Raises
        ------
        ParameterError
            If the text is none of this version.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            where, why = fault(error)
            raise ParameterError(
                f"the text is not a {cls.noun}: {where and where + ': '}{why}"
            ) from error


WHY_NOT: Mapping[str, str] = {
    "json_invalid": "it is not JSON ({error})",
    "model_type": "it is no JSON object",
    "missing": "it is missing",
    "extra_forbidden": "nothing of that name is known; leave it out",
    "greater_than_equal": "{input} is below {ge}, the least it may be",
    "greater_than": "{input} is too small; it must be more than {gt}",
    "less_than_equal": "{input} is above {le}, the most it may be",
    "less_than": "{input} is too large; it must be less than {lt}",
    "literal_error": "{input} is none of {expected}",
    "too_short": "it has {actual_length} entries and needs at least {min_length}",
    "too_long": "it has {actual_length} entries and may have at most {max_length}",
    "float_type": "{input} is no number",
    "float_parsing": "{input} is no number",
    "int_type": "{input} is no whole number",
    "int_parsing": "{input} is no whole number",
    "int_from_float": "{input} is no whole number",
    "int_parsing_size": "{input} is too large",
    "string_type": "{input} is no text",
    "tuple_type": "{input} is no list",
    "value_error": "{error}",
}
"""What is said of a field, by pydantic's name of the error."""

LONGEST_INPUT = 40


def fault(error: ValidationError) -> tuple[str, str]:
    """Return where the first fault lies and, in plain words, what it is.

    Returns
    -------
    where : str
        Path of the field, ``layers.0.gain_db``; "" for the whole text.
    why : str
    """
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    said = repr(first["input"])
    if len(said) > LONGEST_INPUT:
        said = said[:LONGEST_INPUT] + "…"
    template = WHY_NOT.get(first["type"])
    if template is None:
        return where, first["msg"][:1].lower() + first["msg"][1:]
    return where, template.format(input=said, **first.get("ctx", {}))
