"""The notice before the microphone is first used; a new version asks again."""

from datetime import date
from functools import lru_cache

from pydantic import Field

from undersong.guide.tables import table
from undersong.values import Value


class Point(Value):
    """One thing to know."""

    heading: str
    text: str


class Notice(Value):
    """What a person agrees to, and when it was written."""

    version: int = Field(ge=1)
    dated: date
    title: str
    short: str
    """The whole notice in one paragraph."""
    points: tuple[Point, ...]
    agree: str
    skip: str

    def covers(self, agreed_version: int) -> bool:
        """Return whether consent to a version still holds; 0 means none was given."""
        return agreed_version >= self.version


@lru_cache(maxsize=1)
def load() -> Notice:
    """Return the notice in force."""
    return Notice.model_validate(table("consent"))
