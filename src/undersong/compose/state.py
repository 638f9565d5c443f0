"""Where a person is: what they said, what was heard, or the usual, per signal.

What is said wins entirely. What was heard pulls away from the usual only as far as
its confidence carries, and less for a person whose voice has often said otherwise.
"""

import math
from collections.abc import Mapping
from typing import Literal, cast

from undersong.errors import ParameterError
from undersong.hear.reading import SIGNAL_NAMES, Reading, Signal, SignalName
from undersong.values import Value

USUAL = 0.5
SAID_HIGHEST = 10.0

FULL_PULL_CONFIDENCE = 0.5
"""Confidence from which a reading is taken at its value; below it, in proportion.
A reading never reaches certainty, and half sure is as sure as a voice gets."""

Source = Literal["said", "reading", "usual"]

Said = Mapping[str, float] | Mapping[SignalName, float]
"""Any of the signals, each 0..10, by name."""

AROUSAL_WEIGHTS: Mapping[SignalName, float] = {
    "energy": 0.7,
    "stress": 0.5,
    "fatigue": -0.4,
}
"""Arousal from the three signals, as offsets from usual. One axis, activated to
settled: how pleasant a state feels cannot be heard (VO-03, VO-13)."""


class Pull(Value):
    """One signal as the composer takes it."""

    value: float
    """0..1; 0.5 is usual."""
    source: Source
    raw: float
    """What was said or heard, 0..1, before confidence took its share."""
    strength: float
    """Share of the raw distance from usual that counts, 0..1."""


class State(Value):
    """Where a session starts from."""

    pulls: Mapping[SignalName, Pull]

    @property
    def known(self) -> bool:
        """Whether anything was said or heard."""
        return any(pull.source != "usual" for pull in self.pulls.values())

    @property
    def source(self) -> Source:
        """What most of it rests on: words first, then the voice."""
        sources = {pull.source for pull in self.pulls.values()}
        return next(s for s in ("said", "reading", "usual") if s in sources)

    @property
    def tension(self) -> float:
        """Tension, 0..1."""
        return self.pulls["stress"].value

    @property
    def tiredness(self) -> float:
        """Tiredness, 0..1."""
        return self.pulls["fatigue"].value

    @property
    def arousal(self) -> float:
        """How activated, 0..1, by `AROUSAL_WEIGHTS`."""
        offset = sum(
            weight * (self.pulls[name].value - USUAL)
            for name, weight in AROUSAL_WEIGHTS.items()
        )
        return min(1.0, max(0.0, USUAL + offset))


UNKNOWN = State(
    pulls={
        name: Pull(value=USUAL, source="usual", raw=USUAL, strength=0.0)
        for name in SIGNAL_NAMES
    }
)
"""The usual, for want of anything better; also the state of the counterfactual."""


def state_of(
    reading: Reading | None, said: Said | None, *, voice_weight: float = 1.0
) -> State:
    """Return where a person is.

    Parameters
    ----------
    reading : Reading or None
        What was heard; a refused reading counts as none.
    said : mapping or None
        Any of stress, fatigue and energy, each 0..10.
    voice_weight : float
        How far this person's voice is trusted, 0..1; see `question`.

    Returns
    -------
    state : State
        Each signal from what was said, else heard, else the usual.

    Raises
    ------
    ParameterError
        If a name or a value of `said` is outside its rule; all of them at once.
    """
    words = checked_said(said)
    heard = reading.signals if reading is not None and reading.ok else {}
    pulls = {
        name: _pull(words.get(name), heard.get(name), voice_weight)
        for name in SIGNAL_NAMES
    }
    return State(pulls=pulls)


def checked_said(said: Said | None) -> dict[SignalName, float]:
    """Return what was said, 0..10 per signal, with names checked.

    Raises
    ------
    ParameterError
        Naming every name and value that breaks its rule.
    """
    wrong: list[str] = []
    for name, value in (said or {}).items():
        if name not in SIGNAL_NAMES:
            wrong.append(
                f"said {name!r} is not known; say any of {', '.join(SIGNAL_NAMES)}"
            )
        elif not (math.isfinite(value) and 0 <= value <= SAID_HIGHEST):
            wrong.append(f"{name}={value:g} must be from 0 to 10")
    if wrong:
        raise ParameterError("; ".join(wrong))
    return {cast(SignalName, name): float(v) for name, v in (said or {}).items()}


def _pull(said: float | None, heard: Signal | None, voice_weight: float) -> Pull:
    if said is not None:
        value = said / SAID_HIGHEST
        return Pull(value=value, source="said", raw=value, strength=1.0)
    if heard is None:
        return UNKNOWN.pulls["energy"]
    strength = voice_weight * min(1.0, heard.confidence / FULL_PULL_CONFIDENCE)
    value = USUAL + strength * (heard.value - USUAL)
    return Pull(value=value, source="reading", raw=heard.value, strength=strength)
