from itertools import product

import numpy as np
import pytest
from tests.sound.tonal.playing import PADS, cents, peak_hz

from undersong.sound import padsynth
from undersong.sound.padsynth import Partials, table_length
from undersong.sound.timbres import (
    STEPS,
    TIMBRES,
    VOWELS,
    partials_of,
    sustained,
)
from undersong.sound.weighting import k_weight
from undersong.units import SAMPLE_RATE, midi_to_hz

PITCHES = (41.0, 60.86, 72.0)


@pytest.mark.parametrize("name", PADS)
@pytest.mark.parametrize("pitch", PITCHES)
def test_a_table_sounds_its_pitch_within_three_cents(name: str, pitch: float) -> None:
    table = sustained(name, 0, pitch)
    wanted = midi_to_hz(pitch)
    found = peak_hz(np.tile(table[:, 0], 2), wanted * 0.97, wanted * 1.03)
    assert abs(cents(wanted, found)) < 3


@pytest.mark.parametrize("pitch", np.arange(40.0, 52.0, 1.7))
@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_fifth_and_octave_sound_in_the_drone_of_their_root(
    pitch: float, ratio: float
) -> None:
    table = sustained("drone", 0, pitch)
    wanted = ratio * midi_to_hz(pitch)
    found = peak_hz(np.tile(table[:, 0], 2), wanted * 0.985, wanted * 1.015)
    assert abs(cents(wanted, found)) < 3


@pytest.mark.parametrize("pitch", np.arange(40.0, 52.0, 1.7))
def test_a_drone_moved_on_by_two_periods_goes_on_in_phase(pitch: float) -> None:
    table = sustained("drone", 0, pitch)[:, 0].astype(float)
    pairs = round(midi_to_hz(pitch) / 2 * len(table) / SAMPLE_RATE)
    moved = np.roll(table, -round(pairs // 3 * len(table) / pairs))
    root = round(2 * pairs)
    lines = np.array([root, 3 * root // 2])
    before, after = (np.fft.rfft(side)[lines] for side in (table, moved))
    # A place is a whole sample: at most half of one off.
    most = np.pi * lines / len(table)
    assert np.all(np.abs(np.angle(after / before)) <= most + 1e-3)


@pytest.mark.parametrize("pitch", np.arange(36.0, 90.0, 3.37))
def test_every_note_fits_its_table_in_whole_periods(pitch: float) -> None:
    hz = midi_to_hz(pitch)
    cycles = hz * table_length(hz) / SAMPLE_RATE
    assert abs(cents(cycles, round(cycles))) < 0.3


@pytest.mark.parametrize("name", PADS)
def test_a_table_joins_its_own_beginning(name: str) -> None:
    table = sustained(name, 1, 57.0)
    inside = np.abs(np.diff(table, axis=0)).max()
    assert np.abs(table[0] - table[-1]).max() <= inside


def test_a_partial_is_smeared_as_nasca_says() -> None:
    # Power profile exp(-(f/b)^2) has the standard deviation b / sqrt(2).
    partials = Partials(np.array([1.0]), np.array([1.0]), 50.0, 1.0, 0.0, 0.5)
    table = padsynth.padsynth(partials, 440.0, scale=1.0, seed=1)
    power = np.abs(np.fft.rfft(table[:, 0])) ** 2
    hz = np.fft.rfftfreq(len(table), 1 / SAMPLE_RATE)
    mean = np.sum(hz * power) / power.sum()
    deviation = np.sqrt(np.sum((hz - mean) ** 2 * power) / power.sum())
    wanted = 440.0 * (2 ** (50 / 1200) - 1) / np.sqrt(2)
    assert deviation == pytest.approx(wanted, rel=0.1)


@pytest.mark.parametrize("pitch", PITCHES)
def test_notes_are_equally_loud_dark_and_bright(pitch: float) -> None:
    # -0.691 dB and power 0.01 by BS.1770: -20.7 LUFS.
    for name, step in product(PADS, (0, STEPS - 1)):
        table = sustained(name, step, pitch)
        power = np.abs(np.fft.rfft(table, axis=0)) ** 2 / len(table) ** 2 * 2
        weights = k_weight(np.fft.rfftfreq(len(table), 1 / SAMPLE_RATE))
        loudness = -0.691 + 10 * np.log10(np.sum(power.sum(axis=1) * weights))
        assert loudness == pytest.approx(-20.7, abs=0.1)


@pytest.mark.parametrize("name", PADS)
def test_steps_of_brightness_fade_into_each_other_without_a_dip(name: str) -> None:
    below, above = (sustained(name, step, 57.0).astype(float) for step in (2, 3))
    between = np.mean(((below + above) / 2) ** 2)
    alone = np.sqrt(np.mean(below**2) * np.mean(above**2))
    assert 10 * np.log10(between / alone) == pytest.approx(0, abs=0.3)


@pytest.mark.parametrize("name", PADS)
def test_sides_differ_and_still_add_up_in_mono(name: str) -> None:
    table = sustained(name, 0, 57.0).astype(float)
    left, right = table.T
    assert -0.2 < np.corrcoef(left, right)[0, 1] < 0.95
    mono = np.mean(((left + right) / 2) ** 2)
    assert 10 * np.log10(mono / np.mean(table**2)) > -3


@pytest.mark.parametrize(("vowel", "step"), [("oo", 0), ("ah", STEPS - 1)])
def test_choir_partials_peak_at_the_vowels_formants(vowel: str, step: int) -> None:
    partials = partials_of("choir", step, 65.4)
    hz = partials.multiple * 65.4
    # What the vowel adds is seen once the source's own fall is taken away.
    shape = partials.amplitude * partials.multiple**1.2
    for formant_hz in VOWELS[vowel][:2]:
        near = np.abs(hz - formant_hz) < 140
        assert abs(hz[near][np.argmax(shape[near])] - formant_hz) <= 65.4


def test_strings_fall_as_a_bowed_string_does() -> None:
    # Helmholtz motion: a sawtooth, 1/n; the dark colour only ever takes from it.
    partials = partials_of("strings", 0, 110.0)
    ceiling = 2.0 * partials.amplitude[0] / partials.multiple
    assert np.all(partials.amplitude <= ceiling)


def test_every_sustained_block_has_its_timbre() -> None:
    assert set(TIMBRES) == set(PADS)


def test_k_weighting_is_that_of_the_standard() -> None:
    # ITU-R BS.1770: +0.69 dB at 997 Hz (why the formula has -0.691), about +4 dB
    # at the top and a high-pass below 60 Hz.
    level_db = 10 * np.log10(k_weight([997.0, 38.135, 10_000.0]))
    assert level_db[0] == pytest.approx(0.691, abs=0.02)
    assert level_db[1] == pytest.approx(-6.0, abs=0.3)
    assert level_db[2] == pytest.approx(4.0, abs=0.1)
