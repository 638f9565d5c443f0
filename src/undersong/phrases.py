"""Sentences that remember what they were made from, so that they can be translated.

A phrase is its finished English sentence, a `str` like any other. It also keeps its
template and the values in it, from which a face makes the same sentence in another
language. The rooms make phrases and know nothing of languages.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, SerializationInfo
from pydantic_core import CoreSchema, core_schema

Word: TypeAlias = str | int | float
"""What may stand in a place: a word or phrase, itself translated, or a number."""

PLACE = re.compile(r"\{(\w+)(?::(\+?(?:\.\d)?[fg%]?))?\}")
"""``{name}`` or ``{name:format}``, the format one of Python's for a number."""

WHOLE = {"phrases": "whole"}
"""Context of a dump that keeps templates and values, as files and the store need it;
any other dump shows the finished sentence."""


class Phrase(str):
    """A finished sentence with its template and the values in it."""

    template: str
    values: Mapping[str, Word]

    def __new__(cls, template: str, values: Mapping[str, Word]) -> "Phrase":
        """Return the phrase, filled in English."""
        made = super().__new__(cls, filled(template, values) if values else template)
        made.template = template
        made.values = values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, Word]]:  # type: ignore[override]
        return self.template, self.values


def phrase(template: str, **values: Word) -> Phrase:
    """Return a sentence made from a template and the values in its places.

    Parameters
    ----------
    template : str
        In English, a literal, so that it is found for the catalogues. A sentence that
        begins with a place begins with a capital all the same.
    **values : str, int or float
        One for each place, others are dropped; a word or phrase among them is
        translated too.

    Examples
    --------
    >>> phrase("You set {told} to {place:g} of 10.", told="energy", place=3.0)
    'You set energy to 3 of 10.'
    """
    if isinstance(template, Phrase) and not values:
        return template
    placed = {name: value for name, value in values.items() if f"{{{name}" in template}
    return Phrase(str(template), placed)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["rain", "wind", "birds"])
    'rain, wind and birds'
    """
    if len(words) < 2:
        return words[0] if words else ""
    if len(words) == 2:
        return phrase("{first} and {last}", first=words[0], last=words[1])
    return phrase("{first}, {rest}", first=words[0], rest=listed(words[1:]))


def filled(
    template: str,
    values: Mapping[str, Word],
    number: Callable[[float, str], str] = format,
    word: Callable[[str], str] = str,
) -> str:
    """Return a template with its places filled.

    Parameters
    ----------
    template : str
        A place whose value is missing stays as it is.
    values : mapping
    number, word : callable
        How a language writes a number of a format, and a word or phrase.
    """

    def put(place: re.Match[str]) -> str:
        value = values.get(place[1], place[0])
        return word(value) if isinstance(value, str) else number(value, place[2] or "")

    text = PLACE.sub(put, template)
    begins = template.startswith("{") and template.endswith(".")
    return text[:1].upper() + text[1:] if begins else text


class _AsPhrase:
    """How pydantic reads and writes a sentence."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                _written, info_arg=True, when_used="json"
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, str]:
        return {"type": "string"}


Sentence = Annotated[str, _AsPhrase]
"""A field that holds a phrase; a plain string in it is one without places."""


def _read(value: object) -> str:
    if isinstance(value, Phrase):
        return value
    if isinstance(value, str):
        return Phrase(value, {})
    if isinstance(value, Mapping) and set(value) == {"template", "values"}:
        template, values = value["template"], value["values"]
        if isinstance(template, str) and isinstance(values, Mapping):
            return Phrase(template, {str(k): _value(v) for k, v in values.items()})
    raise ValueError("must be a string, or an object of template and values")


def _value(value: object) -> Word:
    return value if isinstance(value, str | int | float) else _read(value)


def _written(value: str, info: SerializationInfo) -> object:
    return _form(value) if info.context == WHOLE else str(value)


def _form(value: Word) -> object:
    if isinstance(value, Phrase) and value.values:
        values = {name: _form(one) for name, one in value.values.items()}
        return {"template": value.template, "values": values}
    return value
