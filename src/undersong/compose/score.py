"""The score: a small frozen value that fixes every sound of a session.

Equal scores sound equal on any machine. Whatever a person changes while it plays is
an event with a sample index; what lies before an event never changes.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from undersong.compose.curve import LAST_INDEX, Curve
from undersong.errors import ParameterError
from undersong.phrases import WHOLE, Sentence
from undersong.units import seconds_to_samples
from undersong.values import Value, fault

SCORE_VERSION: Literal[1] = 1

Outcome = Literal["calm", "focus", "sleep"]
OUTCOMES: tuple[Outcome, ...] = ("calm", "focus", "sleep")

SILENT_DB = -90.0
"""A layer at or below this gain is not rendered."""

GONE_DB = SILENT_DB - 10.0
"""Well below what is rendered, whatever the layer's slow arcs or rounding add."""

LOUDEST_LUFS = -18.0
"""Up to here the ceiling keeps the peaks between samples below -1 dBTP too."""

MOST_LAYERS = 32
"""More than there are blocks; each layer costs time whenever a span is rendered."""

MOST_EVENTS = 1_000
"""Every one is looked at whenever a span is rendered."""

LONGEST_FADE_SECONDS = 3_600

Because = (
    Literal["outcome", "reading", "said", "taste", "signature", "novelty"]
    | Literal["request", "chance", "format"]
)

Shape = Literal["meet", "settle"]
"""How a journey begins: near where the person is, or at its target."""


Tonic = Annotated[int, Field(ge=36, le=59)]
"""MIDI note number of a key's root, in the two octaves above C2; the instruments
have tables for its notes."""


Degree = Annotated[int, Field(ge=-24, le=24)]
"""Step of a scale from the tonic, 0 = tonic."""

Degrees = Annotated[tuple[Degree, ...], Field(min_length=1, max_length=16)]


class Signature(Value):
    """What belongs to a person and returns in every session in varied form."""

    tonic: Tonic
    scale: str
    """A name in `undersong.compose.scales.SCALES`."""
    tuning: Literal["just", "tempered"] = "just"
    motifs: tuple[Degrees, ...]
    """Short phrases as steps of the scale."""
    palette: tuple[str, ...] = ()
    """Favoured block names, first is dearest."""


class Weather(Value):
    """One slow latent curve that several layers follow together."""

    seed: int
    depth: float = Field(ge=0, le=1)
    """How far it may swing: 0 holds still, 1 uses the whole range."""


class Harmony(Value):
    """The chords the tonal layers share."""

    tonic: Tonic
    scale: str
    tuning: Literal["just", "tempered"] = "just"
    chord_seconds: float = Field(ge=1, le=3_600)
    chords: Annotated[tuple[Degrees, ...], Field(min_length=1, max_length=64)]
    """Colours to move between, as steps of the scale."""
    seed: int


class Layer(Value):
    """One block of the palette, with its parameters over time."""

    block: str
    gain_db: Curve
    """Loudness of the layer relative to the session's level, dB (LU)."""
    params: Mapping[str, Curve] = Field(default_factory=dict)
    seed: int


class Change(Value):
    """What an event adds to one curve of the score.

    `target` is the curve's path: ``loudness_lufs``, ``journey.brightness``,
    ``layers.2.gain_db`` or ``layers.2.params.rate``. The curve is an offset that is
    0 at its first knot, which lies at or after the event.
    """

    target: str
    offset: Curve


EventKind = Literal["nudge", "check_in", "pause", "resume", "stop"]


class Event(Value):
    """Something a person did while it played."""

    at: int = Field(ge=0, le=LAST_INDEX)
    """Sample index from which it can be heard."""
    kind: EventKind
    name: str = ""
    """For a nudge: softer, darker, less_busy …"""
    changes: tuple[Change, ...] = ()
    reasons: tuple["Reason", ...] = ()


class Reason(Value):
    """Why one choice in the score was made."""

    choice: str
    """Path of the field or fields it explains, such as ``layers.0``."""
    because: Because
    sentence: Sentence
    evidence: str | None = None
    """Id of an entry in the evidence register."""
    otherwise: Sentence = ""
    """What it would have been."""


class Score(Value):
    """Everything a session's sound is made from."""

    version: Literal[1] = SCORE_VERSION
    seed: int
    sample_rate: Literal[48_000] = 48_000
    outcome: Outcome
    shape: Shape = "settle"
    minutes: float = Field(gt=0, le=24 * 60)
    signature: Signature
    loudness_lufs: Curve
    """Wanted loudness of the whole mix over time."""
    journey: Mapping[str, Curve]
    """Named curves in 0..1: arousal, brightness, density, warmth."""
    weather: Mapping[str, Weather]
    """gust, shower, warmth, nearness, night."""
    harmony: Harmony
    layers: tuple[Layer, ...] = Field(min_length=1, max_length=MOST_LAYERS)
    fade_in_seconds: float = Field(ge=0, le=LONGEST_FADE_SECONDS)
    outro_seconds: float = Field(gt=0, le=LONGEST_FADE_SECONDS)
    """The composed ending: length of the last fade."""
    events: tuple[Event, ...] = Field(default=(), max_length=MOST_EVENTS)
    reasons: tuple[Reason, ...] = ()

    @property
    def planned_end(self) -> int:
        """Sample index at which the session ends if nobody stops it."""
        return seconds_to_samples(self.minutes * 60)

    @property
    def end(self) -> int:
        """Sample index at which the session ends, a stop's outro included."""
        outro = seconds_to_samples(self.outro_seconds)
        stops = [event.at + outro for event in self.events if event.kind == "stop"]
        return min([self.planned_end, *stops])

    def curve(self, target: str) -> Curve:
        """Return the planned curve at a path, without events.

        Raises
        ------
        ParameterError
            If no curve lives at that path.
        """
        found: object = self
        for name in target.split("."):
            if isinstance(found, Mapping):
                found = found.get(name)
            elif isinstance(found, tuple) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            else:
                found = getattr(found, name, None)
        if not isinstance(found, Curve):
            raise ParameterError(
                f"target={target!r} names no curve of the score; "
                "use a path such as loudness_lufs or layers.0.gain_db"
            )
        return found

    def at(self, target: str, indices: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return a curve's values with all events applied.

        Parameters
        ----------
        target : str
            Path of the curve.
        indices : int64 array, shape (n,)
            Sample indices from the start of the session.

        Returns
        -------
        values : float64 array, shape (n,)
            Planned value plus the offsets of the events.
        """
        values = self.curve(target).at(indices)
        for event in self.events:
            for change in event.changes:
                if change.target == target:
                    values = values + change.offset.at(indices)
        return values

    def with_event(self, event: Event) -> "Score":
        """Return the score with one more event.

        Raises
        ------
        ParameterError
            If the event lies before an earlier one, or would change what lies
            before it.
        """
        self.check_event(event, self.events[-1].at if self.events else 0)
        if len(self.events) >= MOST_EVENTS:
            raise ParameterError(
                f"the score has been changed {MOST_EVENTS} times, which is the most it "
                "can hold; start a new session"
            )
        return self.model_copy(update={"events": (*self.events, event)})

    def check_event(self, event: Event, last: int) -> None:
        """Refuse an event before the sample index `last`, or that changes the past.

        Raises
        ------
        ParameterError
            If it does, or changes a curve that is not there.
        """
        if event.at < last:
            raise ParameterError(
                f"at={event.at} lies before the last event; use {last} or later"
            )
        for change in event.changes:
            self.curve(change.target)
            index, value = change.offset.knots[0]
            if index < event.at or value != 0.0:
                raise ParameterError(
                    f"the change of {change.target} must start from 0 at "
                    f"{event.at} or later, not from {value:g} at {index}"
                )

    def to_json(self) -> str:
        """Return the score as JSON text; `from_json` gives back an equal score."""
        return self.model_dump_json(indent=1, context=WHOLE)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Score":
        """Return the score that `to_json` wrote.

        Raises
        ------
        ParameterError
            If the text is not a score, or one of a newer version.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise ParameterError(_why_not_a_score(error)) from error


def _why_not_a_score(error: ValidationError) -> str:
    """Return one sentence on the first thing wrong with a score's text."""
    where, why = fault(error)
    version = error.errors()[0]["input"]
    if where == "version" and isinstance(version, int) and version > SCORE_VERSION:
        return (
            f"the score has version {version!r} and this program reads "
            f"version {SCORE_VERSION}; open it with a newer Undersong"
        )
    if not where:
        return f"the text is not a score: {why}"
    return f"the score's {where} does not fit: {why}"
