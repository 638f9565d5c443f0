"""When what is said and what is heard differ: a question, and what its answers teach.

Nothing is resolved silently. What is said counts at once; the stored answers decide
how far this person's voice is trusted from then on.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from undersong.compose.state import SAID_HIGHEST, USUAL, Said, checked_said
from undersong.hear.reading import Reading, Signal, SignalName
from undersong.phrases import Sentence, phrase
from undersong.values import Value

Fits = Literal["said", "voice", "both", "neither"]

LABELS: Mapping[SignalName, str] = {
    "stress": phrase("tension"),
    "fatigue": phrase("tiredness"),
    "energy": phrase("energy"),
}


class Question(Value):
    """What to ask a person whose words and voice differ."""

    signal: SignalName
    said: float
    """As said, 0..1."""
    heard_low: float
    heard_high: float
    """The range of the reading, 0..1."""
    sentence: Sentence


class Fit(Value):
    """The answer to one question: which of the two fitted."""

    signal: SignalName
    fits: Fits


def disagreement(reading: Reading | None, said: Said | None) -> Question | None:
    """Return what to ask, if what is said lies outside the range of what was heard.

    Parameters
    ----------
    reading : Reading or None
        What was heard; a refused reading never disagrees.
    said : mapping or None
        Any of stress, fatigue and energy, 0..10.

    Returns
    -------
    question : Question or None
        About the signal that lies furthest outside; None if all lie within.

    Raises
    ------
    ParameterError
        If what was said is outside its rule.
    """
    words = checked_said(said)
    if reading is None or not reading.ok:
        return None
    gaps = {
        name: _gap(words[name] / SAID_HIGHEST, signal)
        for name, signal in reading.signals.items()
        if name in words
    }
    furthest = max(gaps, key=lambda name: gaps[name], default=None)
    if furthest is None or gaps[furthest] <= 0:
        return None
    heard = reading.signals[furthest]
    return Question(
        signal=furthest,
        said=words[furthest] / SAID_HIGHEST,
        heard_low=heard.low,
        heard_high=heard.high,
        sentence=_sentence(furthest, words[furthest], heard, reading),
    )


def _gap(said: float, heard: Signal) -> float:
    """Return how far what is said lies outside the range; 0 or less within it."""
    return max(heard.low - said, said - heard.high)


def _sentence(name: SignalName, said: float, heard: Signal, reading: Reading) -> str:
    label = LABELS[name]
    share = said / SAID_HIGHEST
    more = heard.value > USUAL
    same_way = (share - USUAL) * (heard.value - USUAL) > 0
    sounded = (
        reading.sentences[0] if reading.sentences else phrase(LEANED[more], label=label)
    )
    question = ASKED[more, same_way, share > heard.value]
    return phrase(question, label=label, said=said, sounded=sounded)


LEANED: Mapping[bool, str] = {
    True: phrase("Your voice leaned to more {label} than usual."),
    False: phrase("Your voice leaned to less {label} than usual."),
}
"""By whether more than usual was heard."""

MORE = phrase(
    "You set {label} to {said:g} of 10. {sounded} That often goes with more {label}. "
    "Which fits better now?"
)
LESS = phrase(
    "You set {label} to {said:g} of 10. {sounded} That often goes with less {label}. "
    "Which fits better now?"
)

ASKED: Mapping[tuple[bool, bool, bool], str] = {
    (True, False, True): MORE,
    (True, False, False): MORE,
    (False, False, True): LESS,
    (False, False, False): LESS,
    (True, True, True): phrase(
        "You set {label} to {said:g} of 10. {sounded} That often goes with more "
        "{label}, though less than you set. Which fits better now?"
    ),
    (True, True, False): phrase(
        "You set {label} to {said:g} of 10. {sounded} That often goes with more "
        "{label}, even more than you set. Which fits better now?"
    ),
    (False, True, True): phrase(
        "You set {label} to {said:g} of 10. {sounded} That often goes with less "
        "{label}, even less than you set. Which fits better now?"
    ),
    (False, True, False): phrase(
        "You set {label} to {said:g} of 10. {sounded} That often goes with less "
        "{label}, though more than you set. Which fits better now?"
    ),
}
"""By whether more than usual was heard, whether what was said lies on the same side of
the usual, and whether it lies above what was heard."""

TRUST_ANSWERS = 3.0
"""As many answers in the voice's favour are assumed before any is given."""

COUNTS_FOR_VOICE: Mapping[Fits, float] = {
    "said": 0.0,
    "voice": 1.0,
    "both": 1.0,
    "neither": 0.0,
}


def voice_weight(answers: Iterable[Fit]) -> float:
    """Return how far a person's voice is trusted, from what they answered.

    The share of answers in the voice's favour, with three such answers assumed at
    first: 1 with none given, 0.5 after three and 0.25 after nine times "what I said".

    Parameters
    ----------
    answers : iterable of Fit
        All answers so far.

    Returns
    -------
    weight : float
        In 0..1, for `compose(voice_weight=...)`.
    """
    counted = [COUNTS_FOR_VOICE[answer.fits] for answer in answers]
    return (TRUST_ANSWERS + sum(counted)) / (TRUST_ANSWERS + len(counted))
