"""The evidence register: what each finding says, how strong it is, where it stops."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pydantic import Field, field_validator, model_validator

from undersong.errors import NotFoundError
from undersong.guide.tables import table
from undersong.phrases import phrase
from undersong.values import Value

Strength = Literal["firm", "promising", "emerging", "mixed", "unsupported"]
Kind = Literal["science", "safety", "rule"]
Checked = Literal["verified", "verified_secondary", "recalled"]

ENTRY_ID = r"[A-Z]{2,3}-\d{2}"


LOOKED_UP = phrase("[{id}, {strength}]")
FROM_MEMORY = phrase("[{id}, {strength}, from memory]")


class Citation(Value):
    """Where a finding can be read."""

    authors: str
    year: str
    title: str
    venue: str = ""
    doi: tuple[str, ...] = ()
    url: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Web addresses, the DOIs first."""
        links = tuple(f"https://doi.org/{doi}" for doi in self.doi)
        return (*links, self.url) if self.url else links


class Entry(Value):
    """One finding or rule, with its strength and its limits."""

    id: str = Field(pattern=rf"^{ENTRY_ID}$")
    kind: Kind
    topic: str
    statement: str
    supports: str
    """What it lets the program do or say, and no more."""
    strength: Strength
    limits: str
    citation: Citation
    checked: Checked
    confidence: Literal["high", "medium"]
    unseen: str = ""
    """The part of the entry that was not looked up."""
    follows_from: tuple[str, ...] = ()
    """Ids of the entries it is concluded from."""
    last_checked: date

    @property
    def flag(self) -> str:
        """What a reader should know about the checking; empty when all was read."""
        if self.checked == "recalled":
            return phrase("From memory, not looked up.")
        if self.checked == "verified_secondary":
            return phrase("Read in reports, not in the source itself.")
        return phrase("Not looked up: {part}.", part=self.unseen) if self.unseen else ""

    @property
    def mark(self) -> str:
        """How a text points to it: id, strength, and whether it is from memory."""
        recalled = self.checked == "recalled"
        form = FROM_MEMORY if recalled else LOOKED_UP
        return phrase(form, id=self.id, strength=self.strength)

    @model_validator(mode="after")
    def _looked_up_means_an_address(self) -> "Entry":
        cited = self.citation.addresses or self.citation.venue or self.follows_from
        if self.checked != "recalled" and not cited:
            raise ValueError(f"{self.id} was looked up, so it needs a DOI or address")
        return self


class Register(Value):
    """Every entry by id, with the meaning of the words used in them."""

    scale: Mapping[Strength, str]
    checked: Mapping[Checked, str]
    good_for_days: Mapping[Kind, int]
    entries: Mapping[str, Entry]

    @field_validator("entries", mode="before")
    @classmethod
    def _by_id(cls, rows: object) -> object:
        if not isinstance(rows, list):
            return rows
        ids = [row["id"] for row in rows]
        if len(set(ids)) != len(ids):
            raise ValueError("two entries share an id")
        return {row["id"]: row for row in rows}

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of an id.

        Raises
        ------
        NotFoundError
            If there is no such entry.
        """
        try:
            return self.entries[entry_id]
        except KeyError:
            raise NotFoundError(
                f"the evidence register has no entry {entry_id!r}; "
                f"use an id such as {next(iter(self.entries))}"
            ) from None

    def strength(self, entry_id: str) -> Strength:
        """Return the strength word of an entry."""
        return self.entry(entry_id).strength

    def recheck_by(self, entry_id: str) -> date:
        """Return the last day on which an entry counts as checked."""
        entry = self.entry(entry_id)
        return entry.last_checked + timedelta(days=self.good_for_days[entry.kind])

    def expired(self, today: date) -> tuple[Entry, ...]:
        """Return the entries whose last check is too long ago."""
        return tuple(
            entry
            for name, entry in self.entries.items()
            if today > self.recheck_by(name)
        )

    def topics(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return the entries by topic, in the order of the register."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries.values():
            found[entry.topic] = (*found.get(entry.topic, ()), entry)
        return found


@lru_cache(maxsize=1)
def load() -> Register:
    """Return the register that ships with the program."""
    return Register.model_validate(table("evidence"))
