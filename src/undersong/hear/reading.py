"""What was heard in a voice: three signals, their markers, and the recording's quality.

A `Reading` is the only thing that leaves `hear`. It holds numbers and words, never
audio and never anything by which a speaker could be recognised.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from undersong.phrases import WHOLE, Sentence
from undersong.values import Value

SignalName = Literal["stress", "fatigue", "energy"]
SIGNAL_NAMES: tuple[SignalName, ...] = ("stress", "fatigue", "energy")

RefusalCode = Literal[
    "damaged",
    "too_short",
    "no_speech",
    "too_quiet",
    "noisy",
    "clipped",
    "narrow_band",
    "music",
    "more_than_one_voice",
    "whisper",
]

CONFIDENCE_WORDS: tuple[tuple[float, str], ...] = (
    (0.35, "good"),
    (0.15, "fair"),
    (0.0, "low"),
)
"""Least confidence for each word, highest first; the ceilings in `signals` keep
every signal well below 1 (see docs/hearing.md)."""


class MarkerReading(Value):
    """One marker's measured value and what it adds to a signal."""

    name: str
    value: float
    unit: str
    z: float
    """Distance from the usual in standard deviations, within -3..3."""
    pushes: float
    """Signed share of the signal's distance from usual; the shares of one signal
    add up to its value less 0.5."""


class Signal(Value):
    """One of the three signals, against the person's own usual or people's."""

    value: float = Field(ge=0, le=1)
    """0.5 is usual."""
    low: float = Field(ge=0, le=1)
    """Lower end of the 80 % range."""
    high: float = Field(ge=0, le=1)
    """Upper end of the 80 % range."""
    confidence: float = Field(ge=0, le=1)
    versus: Literal["you", "people"]
    markers: tuple[MarkerReading, ...] = ()

    @property
    def confidence_word(self) -> str:
        """The confidence as "low", "fair" or "good"."""
        return next(
            word for least, word in CONFIDENCE_WORDS if self.confidence >= least
        )


class Quality(Value):
    """How good the recording is; numbers a person can act on."""

    duration_seconds: float = 0.0
    speech_seconds: float = 0.0
    snr_db: float | None = None
    clipped_fraction: float = 0.0
    bandwidth_hz: float = 0.0
    damaged_fraction: float = Field(default=0.0, ge=0, le=1)
    """Share of samples that were no numbers and have been bridged."""
    second_voice: float = Field(default=0.0, ge=0, le=1)
    """From 0, one voice, to 1, where a recording is refused for holding two."""


class Refusal(Value):
    """Why a recording was not read, and what to try."""

    code: RefusalCode
    sentence: Sentence


class Reading(Value):
    """The result of one voice sample: signals when it could be read, else a refusal."""

    version: Literal[1] = 1
    ok: bool
    refusal: Refusal | None = None
    quality: Quality = Quality()
    stress: Signal | None = None
    """Tension in the voice, or None where refused."""
    fatigue: Signal | None = None
    """Tiredness in the voice, or None where refused."""
    energy: Signal | None = None
    """Energy in the voice, or None where refused."""
    markers: Mapping[str, float] = Field(default_factory=dict)
    """Every marker that could be measured, by name, in its own unit: what a baseline
    keeps."""
    sentences: tuple[Sentence, ...] = ()
    """How it sounded, against the usual; never a state asserted about the person."""

    @property
    def signals(self) -> Mapping[SignalName, Signal]:
        """The signals that could be read, by name."""
        each: dict[SignalName, Signal | None] = {
            "stress": self.stress,
            "fatigue": self.fatigue,
            "energy": self.energy,
        }
        return {name: signal for name, signal in each.items() if signal is not None}

    def to_json(self) -> str:
        """Return the reading as JSON text; `from_json` gives back an equal reading."""
        return self.model_dump_json(indent=2, context=WHOLE)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Reading":
        """Return the reading that `to_json` wrote.

        Raises
        ------
        pydantic.ValidationError
            If the text is not a reading of this version.
        """
        return cls.model_validate_json(text)
