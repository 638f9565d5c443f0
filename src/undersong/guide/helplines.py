"""The card "Help now": an emergency number first, then a line or two, then a directory.

The person picks the country. Nothing about a voice ever leads here, and opening the
card is not recorded.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from undersong.guide.evidence import Checked
from undersong.guide.tables import table
from undersong.phrases import phrase
from undersong.values import Value

# What people type for a country whose code is another.
ALIASES = {"UK": "GB", "USA": "US"}

TITLE = phrase("Need help right now?")
BODY = phrase(
    "This program cannot help in an emergency, and no one is listening at the other "
    "end. If you or someone else may be in danger, call your emergency number. To talk "
    "with someone now, try a line below."
)
FOOTER = phrase(
    "If a number does not work, use findahelpline.com or your emergency number. "
    "Nothing here is recorded, and the sound goes on unless you stop it."
)
LOCAL_NUMBER = phrase("your local emergency number")
NO_LINES = phrase(
    "We have no checked line for this country yet, so here is a directory."
)
OUT_OF_DATE = phrase(
    "Our list of lines is past its check date ({day}), so it is hidden: numbers may "
    "have changed. The emergency number and the directory still stand."
)
TEXT = phrase("text {number}")
TEXT_WORD = phrase("text {word} to {number}")
UNKNOWN = phrase("We have no list for “{code}”, so here is what works anywhere.")


def dialled(number: str) -> str:
    """Return the address that a phone dials for a number."""
    return f"tel:{_digits(number)}"


def _digits(number: str) -> str:
    return re.sub(r"[\s-]", "", number)


class Way(Value):
    """One number to call or to write to."""

    kind: Literal["call", "text", "whatsapp"]
    number: str
    keyword: str = ""
    """The word to send."""
    address: str = ""
    """What a phone opens for it (RFC 3966, RFC 5724); none needs the internet."""

    @property
    def say(self) -> str:
        """How to use it, in words."""
        if self.kind == "call":
            return self.number
        if self.kind == "whatsapp":
            return f"WhatsApp {self.number}"
        form = TEXT_WORD if self.keyword else TEXT
        return phrase(form, word=self.keyword, number=self.number)


class Line(Value):
    """One service that listens."""

    service: str
    phones: tuple[str, ...] = ()
    sms: str = ""
    keyword: str = ""
    """The word to text."""
    whatsapp: str = ""
    web: str = ""
    hours: str
    note: str = ""
    checked: Checked

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way to reach it, calls first."""
        ways = [Way(kind="call", number=n, address=dialled(n)) for n in self.phones]
        if self.sms:
            word = f"?body={self.keyword}" if self.keyword else ""
            address = f"sms:{_digits(self.sms)}{word}"
            ways.append(
                Way(kind="text", number=self.sms, keyword=self.keyword, address=address)
            )
        if self.whatsapp:
            ways.append(Way(kind="whatsapp", number=self.whatsapp))
        return tuple(ways)

    @model_validator(mode="after")
    def _can_be_reached(self) -> "Line":
        if not self.ways:
            raise ValueError(f"{self.service} needs a phone or message number")
        return self


class Country(Value):
    """One country's emergency number and lines."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    name: str
    emergency: tuple[str, ...]
    """None for the row that stands for anywhere."""
    lines: tuple[Line, ...] = Field(max_length=2)

    @property
    def emergency_words(self) -> str:
        """The emergency numbers, or what to call where we know none."""
        return " or ".join(self.emergency) or LOCAL_NUMBER


class Directory(Value):
    """Where more lines are listed."""

    service: str
    web: str
    note: str


class Helplines(Value):
    """The whole table."""

    compiled: date
    recheck_by: date
    directory: Directory
    elsewhere: str
    countries: tuple[Country, ...]


class Card(Value):
    """What is shown for one country on one day."""

    country: Country
    lines: tuple[Line, ...]
    directory: Directory
    remarks: tuple[str, ...]
    """What to know about this card: out of date, no line, unknown country."""


@lru_cache(maxsize=1)
def load() -> Helplines:
    """Return the table that ships with the program."""
    return Helplines.model_validate(table("helplines"))


def countries() -> tuple[Country, ...]:
    """Return the countries to choose from, by name, the general ones last."""
    return load().countries


def card(code: str, today: date) -> Card:
    """Return the card of a country; one we do not know gets what works anywhere."""
    lines = load()
    wanted = ALIASES.get(code.strip().upper(), code.strip().upper())
    known = {country.code: country for country in lines.countries}
    country = known.get(wanted, known[lines.elsewhere])
    is_current = today <= lines.recheck_by
    remarks = []
    if wanted not in known:
        remarks.append(phrase(UNKNOWN, code=code.strip()[:20]))
    if not is_current:
        remarks.append(phrase(OUT_OF_DATE, day=lines.recheck_by.isoformat()))
    elif not country.lines and country.code != lines.elsewhere:
        remarks.append(NO_LINES)
    if not is_current:
        # Whoever prints the whole card prints no number past its date either.
        country = country.model_copy(update={"lines": ()})
    return Card(
        country=country,
        lines=country.lines,
        directory=lines.directory,
        remarks=tuple(remarks),
    )
