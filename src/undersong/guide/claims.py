"""Whether a sentence claims more than the finding beside it allows."""

import re
from functools import lru_cache

from undersong.guide.evidence import Strength
from undersong.guide.sentences import sentences
from undersong.guide.tables import table


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    rows: dict[str, str] = table("claims")
    return {name: re.compile(text, re.IGNORECASE) for name, text in rows.items()}


def overclaims(text: str, strength: Strength) -> tuple[str, ...]:
    """Return the sentences of a text that claim more than a strength word allows."""
    if strength == "firm":
        return ()
    patterns = _patterns()
    needed = patterns["denial" if strength == "unsupported" else "hedge"]
    return tuple(
        sentence
        for sentence in sentences(text)
        if patterns["effect"].search(sentence) and not needed.search(sentence)
    )
