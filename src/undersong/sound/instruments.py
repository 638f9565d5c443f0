"""The struck and plucked instruments as data: which partials ring, and how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from undersong.sound.modal import Modes, Thud, strike
from undersong.sound.reads import Table
from undersong.sound.space import SPACES, Response, impulse_response
from undersong.units import db_to_gain, midi_to_hz

STRENGTHS = 4
"""Steps of timbre between the softest and the firmest touch."""

MIDDLE_HZ = 261.63
"""Middle C, where the figures below hold."""

WIDEST_PAN = 0.35

Recipe = Callable[[float, float], Modes]
"""Modes from the fundamental in Hz and the strength of the touch, 0..1."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One struck instrument and where it plays."""

    name: str
    recipe: Recipe
    low: int
    """Lowest and highest note it is asked for, MIDI."""
    high: int
    slot_seconds: float
    """Length of a phrase with the breath after it."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One partial of a bar, tine or bowl."""

    ratio: float
    level_db: float
    """At the middle of the strengths."""
    rt60_seconds: float
    """At middle C; shorter above and longer below, with the root of the frequency."""
    firm_db: float = 0.0
    """What the firmest touch adds against the softest."""
    split_cents: float = 0.0
    """Distance of the two halves of a doublet."""


def bars(rows: tuple[Mode, ...], attack_seconds: float, thud: Thud | None) -> Recipe:
    """Return the recipe of an instrument whose partials are listed one by one."""

    def recipe(frequency_hz: float, strength: float) -> Modes:
        frequency, amplitude, rt60 = [], [], []
        scale = (MIDDLE_HZ / frequency_hz) ** 0.5
        for row in rows:
            level = db_to_gain(row.level_db + row.firm_db * (strength - 0.5))
            halves = (-0.5, 0.5) if row.split_cents else (0.0,)
            for half in halves:
                cents = half * row.split_cents
                frequency.append(row.ratio * frequency_hz * 2 ** (cents / 1_200))
                amplitude.append(level / len(halves))
                rt60.append(row.rt60_seconds * scale)
        touch = attack_seconds * (1.5 - strength)
        return Modes(
            np.array(frequency), np.array(amplitude), np.array(rt60), touch, thud
        )

    return recipe


# Fletcher & Rossing 1998, The Physics of Musical Instruments, ch. 19: a marimba bar is
# tuned 1 : 4 : 9.2-10. Kalimba tines: Chapman 2012, J. Acoust. Soc. Am. 131:945, with
# upper partials gone in 100-200 ms. Bowl: Inácio, Henrique & Antunes 2006,
# Acta Acustica 92:637; each mode is a doublet, and its beat is the singing.
KALIMBA = (
    Mode(1.0, 0.0, 2.6),
    Mode(5.4, -17.0, 0.2, firm_db=12.0),
    Mode(6.3, -22.0, 0.14, firm_db=12.0),
    Mode(15.0, -32.0, 0.08, firm_db=14.0),
)
MARIMBA = (
    Mode(1.0, 0.0, 1.7),
    Mode(3.99, -16.0, 0.4, firm_db=12.0),
    Mode(9.6, -28.0, 0.12, firm_db=14.0),
)
BOWL = (
    Mode(1.0, 0.0, 11.0, split_cents=3.0),
    Mode(2.78, -9.0, 8.0, firm_db=6.0, split_cents=3.4),
    Mode(5.18, -19.0, 4.5, firm_db=10.0, split_cents=2.8),
    Mode(8.16, -28.0, 2.6, firm_db=14.0, split_cents=2.4),
    Mode(11.66, -38.0, 1.4, firm_db=16.0),
)


def felt_piano(frequency_hz: float, strength: float) -> Modes:
    """Return the modes of a piano string under felt.

    Parameters
    ----------
    frequency_hz : float
        Fundamental, which the stretched partials leave in place.
    strength : float
        0..1; opens the felt more than it raises the level.

    Returns
    -------
    modes : Modes
        Two per partial: the string's quick loss across the bridge and the slow one
        along it, 12 dB lower.

    Notes
    -----
    Stretch: Fletcher 1964, J. Acoust. Soc. Am. 36:203, eq. 1. Two-stage decay:
    Weinreich 1977, J. Acoust. Soc. Am. 62:1474. Hammer at an eighth of the string.
    """
    stiffness = 1e-4 * (frequency_hz / MIDDLE_HZ) ** 1.2
    number = np.arange(1, 1 + int(min(24, 6_000.0 / frequency_hz)), dtype=np.float64)
    stretch = np.sqrt((1 + stiffness * number**2) / (1 + stiffness))
    hz = number * frequency_hz * stretch
    felt_hz = 450.0 * 3.2**strength
    # A corner above the fundamental keeps high notes from losing their body.
    corner_hz = felt_hz + 0.8 * frequency_hz
    hammer = np.abs(np.sin(np.pi * number / 8)) / number
    level = hammer * np.exp(-((hz / corner_hz) ** 1.2))
    slow = 5.5 * (MIDDLE_HZ / frequency_hz) ** 0.5 / (1 + (hz / 1_800.0) ** 1.2)
    return Modes(
        frequency_hz=np.tile(hz, 2),
        amplitude=np.concatenate([level, level * db_to_gain(-12.0)]),
        rt60_seconds=np.concatenate([0.28 * slow, slow]),
        attack_seconds=0.012 - 0.006 * strength,
        thud=Thud(-20.0 + 4.0 * strength, 70.0, 260.0, 0.09),
    )


def harp(frequency_hz: float, strength: float) -> Modes:
    """Return the modes of a gut string plucked at a fifth of its length.

    Parameters
    ----------
    frequency_hz : float
        Fundamental.
    strength : float
        0..1; a firmer finger is a narrower one.

    Returns
    -------
    modes : Modes
        No fifth partial: it has a node under the finger.

    Notes
    -----
    Plucked string: Fletcher & Rossing 1998, sec. 2.7, velocity amplitudes
    ``sin(n pi / 5) / n``. The higher a partial, the sooner air and gut take it.
    """
    number = np.arange(1, 1 + int(min(20, 7_000.0 / frequency_hz)), dtype=np.float64)
    hz = number * frequency_hz * np.sqrt((1 + 4e-5 * number**2) / (1 + 4e-5))
    finger_hz = 700.0 * 2.6**strength + frequency_hz
    level = np.abs(np.sin(np.pi * number / 5)) / number * np.exp(-hz / finger_hz)
    rt60 = 3.2 * (MIDDLE_HZ / frequency_hz) ** 0.6 / (1 + 0.22 * (number - 1) ** 1.1)
    return Modes(hz, level, rt60, 0.005 - 0.003 * strength, Thud(-30, 180, 600, 0.04))


INSTRUMENTS: Mapping[str, Instrument] = {
    row.name: row
    for row in (
        Instrument("felt_piano", felt_piano, 52, 79, 11.0),
        Instrument(
            "kalimba",
            bars(KALIMBA, 0.003, Thud(-24.0, 150.0, 500.0, 0.06)),
            60,
            86,
            9.0,
        ),
        Instrument("harp", harp, 50, 83, 11.0),
        Instrument("bowl", bars(BOWL, 0.03, None), 48, 69, 14.0),
        Instrument(
            "marimba",
            bars(MARIMBA, 0.006, Thud(-26.0, 100.0, 350.0, 0.05)),
            48,
            74,
            11.0,
        ),
    )
}


@lru_cache(maxsize=len(SPACES))
def room(name: str) -> Response:
    """Return how a row of `SPACES` answers."""
    return Response(impulse_response(SPACES[name], list(SPACES).index(name)))


def pan_of(instrument: Instrument, pitch: float) -> float:
    """Return where a note lies from left (-1) to right (1): low left, high right.

    As from before a keyboard, no further out than `WIDEST_PAN`.
    """
    share = (pitch - instrument.low) / (instrument.high - instrument.low)
    return WIDEST_PAN * (2 * min(max(share, 0.0), 1.0) - 1)


def struck(name: str, pitch: float, step: int, space: str) -> Table:
    """Return one note of an instrument in its room and at its place.

    Parameters
    ----------
    name : str
        A row of `INSTRUMENTS`.
    pitch : float
        MIDI note number, may be fractional.
    step : int
        Strength from 0 to ``STRENGTHS - 1``.
    space : str
        A row of `SPACES`.

    Returns
    -------
    sound : float32 array, shape (n, 2)
        As from `modal.strike`; the pan keeps the power.
    """
    instrument = INSTRUMENTS[name]
    modes = instrument.recipe(midi_to_hz(pitch), step / (STRENGTHS - 1))
    seed = list(INSTRUMENTS).index(name) * STRENGTHS + step
    sound = strike(modes, room(space), seed)
    angle = 0.25 * np.pi * (1 + pan_of(instrument, pitch))
    sound *= np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)], np.float32)
    return sound
