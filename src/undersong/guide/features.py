"""Which finding every feature rests on, and what it lets the program say."""

from functools import lru_cache
from typing import Literal

from pydantic import model_validator

from undersong.guide.tables import table
from undersong.values import Value

Kind = Literal[
    "marker", "signal", "voice", "journey", "map", "outcome", "block", "own", "night",
    "left_out", "safety", "signpost", "privacy",
]  # fmt: skip


class Feature(Value):
    """One thing the program does, with the entries it rests on."""

    id: str
    kind: Kind
    label: str
    names: tuple[str, ...]
    """What it is called in code."""
    outcomes: tuple[str, ...] = ()
    """For a block: the outcomes it is used for."""
    evidence: tuple[str, ...] = ()
    rests_on: Literal["findings", "ear"] = "findings"
    says: str = ""
    """The most that may be said about it."""

    @model_validator(mode="after")
    def _findings_are_named(self) -> "Feature":
        if (self.rests_on == "findings") != bool(self.evidence and self.says):
            raise ValueError(
                f"{self.id} needs entries and a sentence, or rests_on: ear and neither"
            )
        return self


@lru_cache(maxsize=1)
def load() -> tuple[Feature, ...]:
    """Return the features in the order of the table."""
    rows = tuple(Feature.model_validate(row) for row in table("features")["features"])
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("two features share an id")
    return rows


def resting_on(entry_id: str) -> tuple[Feature, ...]:
    """Return the features that an entry of the register supports."""
    return tuple(row for row in load() if entry_id in row.evidence)
