"""The base of every value that travels between rooms."""

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
            first = error.errors()[0]
            raise ParameterError(
                f"the text is not a {cls.noun}: {first['msg'].lower()}"
            ) from error
