"""Where to find or check a music therapist, by the country the person picks."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import Field

from undersong.guide.evidence import Checked
from undersong.guide.helplines import ALIASES
from undersong.guide.tables import table
from undersong.phrases import phrase
from undersong.values import Value

Region = Literal["EU", "WW"]

STANDARD_LINE = phrase(
    "A qualified music therapist is a person, not a program. These places help you "
    "find one, or check one you have found."
)
FELL_BACK = phrase(
    "We have no checked address in this country yet, so start with the federation."
)
OUT_OF_DATE = phrase(
    "Our addresses are past their check date ({day}), so only the federation is shown."
)
UNKNOWN = phrase("We have no entry for “{code}”, so start with the world federation.")

WHAT_TO_ASK = (
    phrase("What is your credential, and where can I check it?"),
    phrase("Have you worked with someone in my situation?"),
    phrase("What would the first meetings look like, and how do we agree on goals?"),
    phrase("How will we know whether it helps, and when would we stop?"),
    phrase("Do you talk with my doctor or others who care for me, if I want that?"),
    phrase("What does it cost, and does anyone pay for it?"),
    phrase("Do I need to play an instrument or sing?"),
)


class Body(Value):
    """One organisation."""

    body: str
    role: str
    credential: str
    title: str
    """How the title of music therapist is protected there."""
    web: str = Field(pattern=r"^https://")
    checked: Checked
    last_checked: date


class Place(Value):
    """One country's organisations; none means its region's federation."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    name: str
    region: Region
    bodies: tuple[Body, ...] = ()
    note: str = ""


class Directories(Value):
    """The whole table."""

    compiled: date
    recheck_by: date
    fallbacks: Mapping[Region, Body]
    countries: tuple[Place, ...]


class Listing(Value):
    """What is shown for one country on one day."""

    place: Place
    bodies: tuple[Body, ...]
    remarks: tuple[str, ...]


@lru_cache(maxsize=1)
def load() -> Directories:
    """Return the table that ships with the program."""
    return Directories.model_validate(table("directories"))


def listing(code: str, today: date) -> Listing:
    """Return where to look in a country; an unknown one gets the world federation."""
    directories = load()
    wanted = ALIASES.get(code.strip().upper(), code.strip().upper())
    known = {place.code: place for place in directories.countries}
    place = known.get(wanted, known["WW"])
    is_current = today <= directories.recheck_by
    remarks = [place.note] if place.note else []
    if wanted not in known:
        remarks.append(phrase(UNKNOWN, code=code.strip()[:20]))
    if not is_current:
        remarks.append(phrase(OUT_OF_DATE, day=directories.recheck_by.isoformat()))
    elif not place.bodies and place.code not in directories.fallbacks:
        remarks.append(FELL_BACK)
    if not is_current:
        # Whoever prints the whole listing prints no address past its date either.
        place = place.model_copy(update={"bodies": ()})
    return Listing(
        place=place,
        bodies=place.bodies or (directories.fallbacks[place.region],),
        remarks=tuple(remarks),
    )
