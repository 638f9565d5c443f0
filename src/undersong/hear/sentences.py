"""How a voice sounded against the usual, in words; never a state of the person."""

from undersong.hear.markers import MARKER
from undersong.hear.signals import Evidence
from undersong.phrases import listed, phrase

NOTICEABLE = (
    (2.0, phrase("clearly {word}")),
    (1.2, phrase("{word}")),
    (0.7, phrase("a little {word}")),
)
"""Least distance in standard deviations for each word, largest first."""

SPOKEN_OF = ("articulation_rate", "f0_mean", "f0_slope", "alpha_ratio", "pause_ratio")
"""Markers that a listener would notice too, in the order they are told."""

AGAINST = {
    "you": phrase("your usual"),
    "people": phrase("most people's reading voices"),
}

ROUGH = phrase("This is rough: it compares you with people in general.")
SHARED = phrase(
    "There may be more than one voice in this, so it tells less; it reads best where "
    "only you are heard."
)
DAMAGED = phrase(
    "A part of the recording was damaged and has been passed over; recorded once more "
    "it may tell more."
)


def sentences_of(evidence: Evidence) -> tuple[str, ...]:
    """Return one to four sentences on how the voice sounded.

    Parameters
    ----------
    evidence : Evidence
    """
    versus = "you" if evidence.own_occasions else "people"
    heard = [
        words
        for name in SPOKEN_OF
        if evidence.trust.get(name, 0.0) >= 0.5
        and (words := _words(name, evidence.z[name]))
    ]
    against = AGAINST[versus]
    if not heard:
        first = phrase("Your voice sounded much like {against}.", against=against)
    else:
        first = phrase(
            "Your voice sounded {heard} than {against}.",
            heard=listed(heard[:3]),
            against=against,
        )
    asides = {
        ROUGH: versus == "people",
        SHARED: evidence.second_voice > 0.0,
        DAMAGED: evidence.is_damaged,
    }
    return first, *(sentence for sentence, is_so in asides.items() if is_so)


def _words(name: str, z: float) -> str | None:
    row = MARKER[name]
    word = row.more if z > 0 else row.less
    for least, degree in NOTICEABLE:
        if abs(z) >= least:
            return phrase(degree, word=word)
    return None
