"""Whether a typed text names a crisis, so that the help card can be offered softly.

Only words that a person typed are looked at, never a voice. Nothing is kept or logged;
the text is not changed and not judged.
"""

import re
from functools import lru_cache

from undersong.guide.tables import filled, table
from undersong.phrases import phrase

OFFER = phrase(
    "If things are very hard right now, there are people you can talk to. "
    "Would you like to see numbers you can call?"
)
"""The question that goes with the link to the card."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = table("crisis")
    rows = filled(rows, rows["words"])
    idioms, signs = (
        re.compile("|".join(f"(?:{row})" for row in rows[name]), re.IGNORECASE)
        for name in ("idioms", "signs")
    )
    return idioms, signs


def offers_help(text: str) -> bool:
    """Return whether to offer the card beside a text someone typed."""
    idioms, signs = _patterns()
    plain = " ".join(text.replace("’", "'").split())
    return signs.search(idioms.sub(" ", plain)) is not None
