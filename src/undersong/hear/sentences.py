"""How a voice sounded against the usual, in words; never a state of the person."""

from undersong.hear.markers import MARKER
from undersong.hear.signals import Evidence

NOTICEABLE = (
    (2.0, "clearly "),
    (1.2, ""),
    (0.7, "a little "),
)
"""Least distance in standard deviations for each word, largest first."""

SPOKEN_OF = ("articulation_rate", "f0_mean", "f0_slope", "alpha_ratio", "pause_ratio")
"""Markers that a listener would notice too, in the order they are told."""

AGAINST = {"you": "your usual", "people": "most people's reading voices"}


def sentences_of(evidence: Evidence) -> tuple[str, ...]:
    """Return one to four sentences on how the voice sounded.

    Parameters
    ----------
    evidence : Evidence
    """
    versus = "you" if evidence.own_occasions else "people"
    heard = [
        phrase
        for name in SPOKEN_OF
        if evidence.trust.get(name, 0.0) >= 0.5
        and (phrase := _phrase(name, evidence.z[name]))
    ]
    against = AGAINST[versus]
    if not heard:
        first = f"Your voice sounded much like {against}."
    else:
        first = f"Your voice sounded {_listed(heard[:3])} than {against}."
    asides = {
        "This is rough: it compares you with people in general.": versus == "people",
        "There may be more than one voice in this, so it tells less; "
        "it reads best where only you are heard.": evidence.second_voice > 0.0,
        "A part of the recording was damaged and has been passed over; "
        "recorded once more it may tell more.": evidence.is_damaged,
    }
    return first, *(sentence for sentence, is_so in asides.items() if is_so)


def _phrase(name: str, z: float) -> str | None:
    row = MARKER[name]
    word = row.more if z > 0 else row.less
    for least, degree in NOTICEABLE:
        if abs(z) >= least:
            return f"{degree}{word}"
    return None


def _listed(phrases: list[str]) -> str:
    if len(phrases) == 1:
        return phrases[0]
    return f"{', '.join(phrases[:-1])} and {phrases[-1]}"
