"""The sustained instruments as data: partials, smear, and how they open up.

Each has a dark and a bright colour; brightness leads from one to the other in a few
steps, each step a table of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from undersong.sound import padsynth
from undersong.sound.padsynth import Floats, Partials
from undersong.sound.reads import Table
from undersong.sound.weighting import k_weight
from undersong.units import midi_to_hz

HIGHEST_HZ = 12_000.0
MOST_PARTIALS = 48

Law = Callable[[Floats, Floats], Floats]
"""Amplitude from the number of a partial and its frequency in Hz."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """One sustained instrument."""

    name: str
    dark: Law
    bright: Law
    opening: Literal["add", "turn"]
    """Whether brightness adds the second colour or turns from the first to it."""
    bandwidth_cents: float
    growth: float
    core: float
    width: float
    attack_seconds: float
    release_seconds: float
    lift: float = 0.0
    """Semitones above the harmony's own register. No two instruments have quite the
    same pitch: half a cent keeps their steady lines from cancelling for good."""
    beside: tuple[tuple[float, float], ...] = ()
    """What sounds with each note, in its table: ratio to it and gain against it."""
    periods: int = 1
    """Periods of a note after which all that sounds with it comes round."""
    swell_db: float = 2.0
    """How far a held note rises and sinks by itself at most."""


def low_pass(corner_hz: float, order: int) -> Law:
    """Return a fall of 6 dB an octave per order above a corner (amplitude)."""
    return lambda _, hz: 1.0 / (1.0 + (hz / corner_hz) ** order)


def power_law(exponent: float, corner_hz: float, order: int) -> Law:
    """Return partials falling as n to an exponent, through a `low_pass`."""
    smooth = low_pass(corner_hz, order)
    return lambda n, hz: n**exponent * smooth(n, hz)


def listed(amplitudes: Mapping[int, float]) -> Law:
    """Return a law that names its partials one by one; others are silent."""
    return lambda n, _: np.array([amplitudes.get(int(k), 0.0) for k in n])


# Formants of sung vowels, Hz (Peterson & Barney 1952, J. Acoust. Soc. Am. 24:175,
# table II, men; the fourth after Fant 1960). Bandwidths as in Fant 1960, p. 136.
FORMANT_BANDWIDTHS_HZ = (60.0, 90.0, 120.0, 170.0)
VOWELS: Mapping[str, tuple[float, ...]] = {
    "oo": (300.0, 870.0, 2_240.0, 3_300.0),
    "ah": (730.0, 1_090.0, 2_440.0, 3_400.0),
}
FORMANT_LEVELS: Mapping[str, tuple[float, ...]] = {
    "oo": (1.0, 0.35, 0.04, 0.02),
    "ah": (1.0, 0.7, 0.14, 0.07),
}


def vowel(name: str) -> Law:
    """Return partials as n**-1.2 through the four formants of a vowel."""

    def amplitude(n: Floats, hz: Floats) -> Floats:
        body = np.full_like(hz, 0.05) / (1.0 + (hz / 1_500.0) ** 2)
        rows = zip(
            VOWELS[name], FORMANT_BANDWIDTHS_HZ, FORMANT_LEVELS[name], strict=True
        )
        for centre_hz, bandwidth_hz, level in rows:
            # A choir's formants differ from singer to singer: three times as wide.
            off = (hz - centre_hz) / (1.5 * bandwidth_hz)
            body = body + level / np.sqrt(1.0 + off**2)
        return np.asarray(n**-1.2 * body)

    return amplitude


def bowed(corner_hz: float) -> Law:
    """Return a sawtooth through a violin family's body and a soft `low_pass`.

    The string's 1/n is Helmholtz's; the body's main resonances near 280 and 460 Hz
    and the hill near 2.4 kHz as in Fletcher & Rossing 1998, ch. 10.
    """
    smooth = low_pass(corner_hz, 2)

    def amplitude(n: Floats, hz: Floats) -> Floats:
        body = 0.6 * np.ones_like(hz)
        for centre_hz, octaves, level in (
            (280.0, 0.25, 0.6),
            (460.0, 0.25, 0.7),
            (2_400.0, 0.5, 0.5),
        ):
            body += level * np.exp(-((np.log2(hz / centre_hz) / octaves) ** 2))
        return np.asarray(body * smooth(n, hz) / n)

    return amplitude


TIMBRES: Mapping[str, Timbre] = {
    row.name: row
    for row in (
        Timbre(
            name="warm_pad",
            dark=power_law(-1.6, 700.0, 2),
            bright=power_law(-1.1, 2_600.0, 3),
            opening="add",
            bandwidth_cents=26.0,
            growth=1.1,
            core=0.7,
            width=0.55,
            attack_seconds=4.0,
            release_seconds=6.0,
        ),
        Timbre(
            name="glass_pad",
            dark=listed({1: 1.0, 2: 0.22, 3: 0.1, 4: 0.12}),
            bright=listed(
                {2: 0.1, 3: 0.2, 4: 0.16, 5: 0.1, 6: 0.08, 8: 0.07, 10: 0.04}
            ),
            opening="add",
            bandwidth_cents=9.0,
            growth=0.7,
            core=0.75,
            width=0.6,
            attack_seconds=3.0,
            release_seconds=7.0,
            lift=12.005,
        ),
        Timbre(
            name="drone",
            dark=power_law(-1.2, 350.0, 2),
            bright=power_law(-0.8, 900.0, 3),
            opening="add",
            bandwidth_cents=7.0,
            growth=1.0,
            core=0.92,
            width=0.7,
            attack_seconds=6.0,
            release_seconds=6.0,
            lift=-0.01,
            # A fifth, and an octave so wide that it beats every few seconds.
            beside=((1.5, 0.7), (2.0014, 0.15)),
            periods=2,
            # One of its notes is nearly all of it.
            swell_db=1.0,
        ),
        Timbre(
            name="choir",
            dark=vowel("oo"),
            bright=vowel("ah"),
            opening="turn",
            bandwidth_cents=30.0,
            growth=1.0,
            core=0.7,
            width=0.6,
            attack_seconds=3.5,
            release_seconds=4.5,
            lift=0.01,
        ),
        Timbre(
            name="strings",
            dark=bowed(700.0),
            bright=bowed(3_000.0),
            opening="add",
            bandwidth_cents=30.0,
            growth=1.0,
            core=0.65,
            width=0.6,
            attack_seconds=3.0,
            release_seconds=3.5,
            lift=-0.005,
        ),
    )
}


STEPS = 6
"""Steps of brightness from 0 to 1, both included."""


def sustained(name: str, step: int, pitch: float) -> Table:
    """Return the seamless table of one note of one instrument.

    Parameters
    ----------
    name : str
        A row of `TIMBRES`.
    step : int
        Brightness from 0 to ``STEPS - 1``. The steps of a note have their phases in
        common, so that one can fade into the next.
    pitch : float
        MIDI note number, may be fractional.

    Returns
    -------
    table : float32 array, shape (n, 2)
        Of the loudness of `padsynth.NOTE_POWER`.
    """
    frequency_hz = midi_to_hz(pitch)
    partials = together(name, step, frequency_hz)
    loud = padsynth.loudness_power(partials, frequency_hz)
    scale = float(np.sqrt(padsynth.NOTE_POWER / loud))
    seed = list(TIMBRES).index(name)
    length = padsynth.table_length(frequency_hz / TIMBRES[name].periods)
    return padsynth.padsynth(
        partials, frequency_hz, scale=scale, seed=seed, length=length
    )


def together(name: str, step: int, frequency_hz: float) -> Partials:
    """Return the partials of one note and of what sounds beside it."""
    own = partials_of(name, step, frequency_hz)
    multiple, amplitude = [own.multiple], [own.amplitude]
    loud = padsynth.loudness_power(own, frequency_hz)
    for ratio, gain in TIMBRES[name].beside:
        other = partials_of(name, step, ratio * frequency_hz)
        even = gain * np.sqrt(
            loud / padsynth.loudness_power(other, ratio * frequency_hz)
        )
        multiple.append(ratio * other.multiple)
        amplitude.append(even * other.amplitude)
    return replace(
        own, multiple=np.concatenate(multiple), amplitude=np.concatenate(amplitude)
    )


def partials_of(name: str, step: int, frequency_hz: float) -> Partials:
    """Return the partials of one note at one step of brightness."""
    timbre = TIMBRES[name]
    count = max(1, min(MOST_PARTIALS, int(HIGHEST_HZ / frequency_hz)))
    number = np.arange(1, count + 1, dtype=np.float64)
    hz = number * frequency_hz
    dark, bright = timbre.dark(number, hz), timbre.bright(number, hz)
    opened = step / (STEPS - 1)
    if timbre.opening == "add":
        amplitude = dark + opened**1.5 * np.maximum(bright - dark, 0.0)
    else:
        turn = 0.5 * np.pi * opened
        amplitude = np.cos(turn) * _level(dark, hz) + np.sin(turn) * _level(bright, hz)
    return Partials(
        multiple=number,
        amplitude=amplitude,
        bandwidth_cents=timbre.bandwidth_cents,
        growth=timbre.growth,
        core=timbre.core,
        width=timbre.width,
    )


def _level(amplitude: Floats, hz: Floats) -> Floats:
    """Return amplitudes scaled to K-weighted power 1."""
    return np.asarray(amplitude / np.sqrt(np.sum(amplitude**2 * k_weight(hz))))
