"""Conversions between the units used throughout; each has its inverse beside it."""

import math

SAMPLE_RATE = 48_000
"""Samples per second of everything that is rendered."""


def db_to_gain(db: float) -> float:
    """Return the linear gain of a level in dB.

    >>> db_to_gain(-20.0)
    0.1
    """
    return float(10.0 ** (db / 20.0))


def gain_to_db(gain: float) -> float:
    """Return the level in dB of a linear gain above 0.

    >>> gain_to_db(0.1)
    -20.0
    """
    return 20.0 * math.log10(gain)


def midi_to_hz(pitch: float) -> float:
    """Return the frequency of a MIDI note number (A4 = 69 = 440 Hz).

    >>> midi_to_hz(69)
    440.0
    """
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def hz_to_midi(frequency_hz: float) -> float:
    """Return the MIDI note number, fractional, of a frequency above 0.

    >>> hz_to_midi(440.0)
    69.0
    """
    return 69.0 + 12.0 * math.log2(frequency_hz / 440.0)


def seconds_to_samples(seconds: float) -> int:
    """Return the nearest sample index of a time from the start.

    >>> seconds_to_samples(0.5)
    24000
    """
    return round(seconds * SAMPLE_RATE)


def samples_to_seconds(index: int) -> float:
    """Return the time of a sample index from the start.

    >>> samples_to_seconds(24000)
    0.5
    """
    return index / SAMPLE_RATE
