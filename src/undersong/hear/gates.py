"""The bars a recording must pass, as rows; hints while recording come from them too.

A row refuses when its measure is on the wrong side of `refuse`; between `full` and
`refuse` markers drop out and ranges widen.
"""

from dataclasses import dataclass
from typing import Literal

from undersong.hear.reading import RefusalCode


@dataclass(frozen=True, slots=True)
class Gate:
    """One bar: what is measured, from where on it is refused, what to say and try."""

    code: RefusalCode
    measure: str
    unit: str
    refused_when: Literal["below", "above"]
    refuse: float
    full: float
    sentence: str

    def refuses(self, value: float) -> bool:
        """Return whether a measured value fails this bar."""
        if self.refused_when == "below":
            return value < self.refuse
        return value > self.refuse

    def grade(self, value: float) -> float:
        """Return 1 where nothing is lost, 0 at the point of refusal, linear between."""
        share = (value - self.refuse) / (self.full - self.refuse)
        return min(1.0, max(0.0, share))


GATES: tuple[Gate, ...] = (
    Gate(
        "damaged", "damaged_fraction", "", "above", 0.05, 0.0,
        "Too many samples of this are not numbers, so it is damaged; "
        "try recording it once more or saving the file again.",
    ),
    Gate(
        "too_short", "speech_seconds", "s", "below", 3.0, 8.0,
        "There are fewer than three seconds of speech in this; "
        "try speaking for fifteen to twenty seconds.",
    ),
    Gate(
        "too_quiet", "peak_db", "dBFS", "below", -66.0, -40.0,
        "This is almost silent; check that the right microphone is on "
        "and come a little closer.",
    ),
    Gate(
        "no_speech", "voiced_seconds", "s", "below", 1.0, 4.0,
        "No speaking voice could be made out in this; "
        "try reading a few sentences aloud.",
    ),
    Gate(
        "noisy", "snr_db", "dB", "below", 9.0, 20.0,
        "There is too much sound around the voice; "
        "try a quieter place or come closer to the microphone.",
    ),
    Gate(
        "clipped", "clipped_fraction", "", "above", 0.05, 0.001,
        "The recording is overdriven, so the voice is bent out of shape; "
        "turn the microphone down or move back a little.",
    ),
    Gate(
        "narrow_band", "bandwidth_hz", "Hz", "below", 3_000.0, 5_500.0,
        "Too little of the voice's range came through; "
        "try another microphone or turn off the headset's call mode.",
    ),
    Gate(
        "music", "steady_share", "", "above", 0.2, 0.1,
        "This sounds like music or a steady tone; "
        "turn other sound off and speak a few sentences.",
    ),
    Gate(
        "more_than_one_voice", "second_voice", "log odds", "above", 0.0, -2.0,
        "There may be more than one voice in this; "
        "try once more where only you are heard.",
    ),
    Gate(
        "whisper", "unvoiced_share", "", "above", 0.8, 0.5,
        "This sounds whispered, and a whisper does not carry what is read here; "
        "try your ordinary speaking voice.",
    ),
)  # fmt: skip

GATE: dict[str, Gate] = {gate.code: gate for gate in GATES}
