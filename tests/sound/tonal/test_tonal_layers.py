from itertools import pairwise

import numpy as np
import pyloudnorm
import pytest
from tests.sound.tonal.playing import (
    PADS,
    PLUCKS,
    TONAL,
    Samples,
    cents,
    heard,
    peak_hz,
    playing,
    tables,
)
from tests.sound.tonal.roughness import dissonance

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.composer import compose
from undersong.compose.curve import Curve
from undersong.compose.score import Change, Event, Score
from undersong.sound.harmony import chords
from undersong.sound.instruments import INSTRUMENTS, struck
from undersong.sound.part import Part
from undersong.sound.phrases import notes
from undersong.sound.render import render
from undersong.sound.space import SPACES
from undersong.units import SAMPLE_RATE, midi_to_hz

MINUTE = 60 * SAMPLE_RATE

TENSE = {"stress": 9.0, "energy": 9.0, "fatigue": 1.0}
"""Said by someone far from calm: the journey then falls a long way."""


@pytest.mark.parametrize("block", PLUCKS)
def test_every_note_sounds_at_its_pitch_within_three_cents(block: str) -> None:
    score = playing(block, density=6.0, rest=0.0, motif=0.0)
    for note in notes(Part(score, 0), 0, 2 * MINUTE)[:6]:
        begin = note.onset / SAMPLE_RATE + 0.06
        mono = heard(score, begin, 0.8).mean(axis=1)
        found = peak_hz(mono, note.frequency_hz * 0.97, note.frequency_hz * 1.03)
        assert abs(cents(note.frequency_hz, found)) < 3


@pytest.mark.slow
@pytest.mark.parametrize("space", list(SPACES))
@pytest.mark.parametrize("block", PLUCKS)
def test_every_pitch_of_an_instrument_is_in_tune_in_every_room(
    block: str, space: str
) -> None:
    row = INSTRUMENTS[block]
    first, last = round(0.06 * SAMPLE_RATE), round(0.86 * SAMPLE_RATE)
    for pitch in range(row.low, row.high + 1):
        wanted = midi_to_hz(pitch)
        sides = struck(block, float(pitch), 1, space)[first:last]
        for mono in (*sides.T, sides.mean(axis=1)):
            found = peak_hz(mono, wanted * 0.97, wanted * 1.03)
            assert abs(cents(wanted, found)) < 3


@pytest.mark.parametrize("block", PADS[:2] + PADS[3:])
def test_every_tone_of_a_chord_sounds_at_its_pitch_within_three_cents(
    block: str,
) -> None:
    score = playing(block, roughness=0.0, brightness=0.0)
    lift = 12 if block == "glass_pad" else 0
    for chord in chords(score.harmony, 0, 2 * MINUTE)[1:4]:
        begin = chord.end / SAMPLE_RATE - 5
        left = heard(score, begin, 5.0)[:, 0]
        for pitch in chord.pitches:
            wanted = midi_to_hz(pitch + lift)
            found = peak_hz(left, wanted * 0.985, wanted * 1.015)
            assert abs(cents(wanted, found)) < 3


def test_notes_are_heard_when_they_are_listed() -> None:
    score = playing("marimba", density=8.0, rest=0.0)
    for note in notes(Part(score, 0), MINUTE, 2 * MINUTE):
        begin = note.onset / SAMPLE_RATE
        before, after = (
            np.sqrt(np.mean(heard(score, begin + shift, 0.03) ** 2))
            for shift in (-0.03, 0.01)
        )
        assert after > 4 * before


@pytest.mark.parametrize("block", TONAL)
def test_any_cut_gives_the_same_samples(block: str) -> None:
    score = playing(block, weather=0.6)
    begin, end = 31 * SAMPLE_RATE + 77, 40 * SAMPLE_RATE + 501
    whole = render(score, begin, end, tables())
    cuts = [begin, begin + 8_192, begin + 8_195, end - 100_001, end]
    parts = [render(score, a, b, tables()) for a, b in reversed(list(pairwise(cuts)))]
    assert np.abs(np.concatenate(parts[::-1]) - whole).max() <= 1e-6


@pytest.mark.parametrize("block", TONAL)
def test_what_a_person_changes_leaves_the_past_as_it_was(block: str) -> None:
    rows = BLOCK_BY_NAME[block].parameters
    score = playing(block, **{row.name: row.default for row in rows})
    at = 40 * SAMPLE_RATE + 4_001
    changes = tuple(
        Change(
            target=f"layers.0.params.{row.name}",
            offset=Curve.through((at, 0), (at + 100, 0.4 * (row.high - row.low))),
        )
        for row in rows
    )
    nudged = score.with_event(Event(at=at, kind="nudge", changes=changes))
    begin = at - 6 * SAMPLE_RATE
    before, after = (render(s, begin, at, tables()) for s in (score, nudged))
    np.testing.assert_array_equal(before, after)


def loudness(samples: Samples) -> float:
    return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(samples))


@pytest.mark.parametrize("block", PADS)
def test_a_pad_is_as_loud_dark_or_bright_pure_or_rough(block: str) -> None:
    usual = loudness(heard(playing(block), 30, 20))
    for params in (
        {"brightness": 0.0, "roughness": 0.0, "register": 1.0},
        {"brightness": 1.0, "roughness": 1.0, "register": 0.0},
    ):
        found = loudness(heard(playing(block, **params), 30, 20))
        assert found == pytest.approx(usual, abs=1.5)


@pytest.mark.parametrize("block", TONAL)
def test_dark_settings_keep_the_top_twenty_decibels_down(block: str) -> None:
    names = {row.name for row in BLOCK_BY_NAME[block].parameters}
    dark = {"brightness": 0.0, "strength": 0.2}
    score = playing(block, **{n: v for n, v in dark.items() if n in names})
    power = np.abs(np.fft.rfft(heard(score, 30, 20), axis=0)).sum(axis=1) ** 2
    hz = np.fft.rfftfreq(20 * SAMPLE_RATE, 1 / SAMPLE_RATE)
    assert 10 * np.log10(power[hz > 4_000].sum() / power.sum()) < -20


@pytest.mark.parametrize("block", PADS)
def test_brightness_is_heard(block: str) -> None:
    share = []
    for brightness in (0.0, 1.0):
        score = playing(block, brightness=brightness)
        power = np.abs(np.fft.rfft(heard(score, 30, 10), axis=0)).sum(axis=1) ** 2
        hz = np.fft.rfftfreq(10 * SAMPLE_RATE, 1 / SAMPLE_RATE)
        share.append(power[hz > 2_000].sum() / power.sum())
    assert share[1] > 2 * share[0]


FOCUS_BEDS = [
    block
    for block in TONAL
    if BLOCK_BY_NAME[block].suits.get("focus", 0) > 0
    and BLOCK_BY_NAME[block].salience == 0
]

SALIENCE_BOUND_DB = 6.0
"""Most that the level of a focus bed may rise within 100 ms."""


def steepest_rise_db(block: str) -> float:
    """Return the largest rise of level from one tenth of a second to the next."""
    samples = heard(playing(block, outcome="focus"), 30, 60).astype(float)
    hop = SAMPLE_RATE // 10
    power = np.mean(samples.reshape(-1, hop, 2) ** 2, axis=(1, 2))
    return float(np.diff(10 * np.log10(power + 1e-12)).max())


@pytest.mark.parametrize("block", [*FOCUS_BEDS, "modulation"])
def test_a_focus_bed_has_no_onset_that_stands_out(block: str) -> None:
    assert steepest_rise_db(block) < SALIENCE_BOUND_DB


def test_the_bound_tells_a_bed_from_a_plucked_note() -> None:
    assert steepest_rise_db("kalimba") > 2 * SALIENCE_BOUND_DB


def calm_from_tense(block: str) -> Score:
    """Return a composed session that starts tense, with one tonal block left in it."""
    score = compose(
        "calm",
        seed=5,
        said=TENSE,
        minutes=20,
        wanted=(block,),
        journey_shape="meet",
        reading=None,
    )
    layers = tuple(layer for layer in score.layers if layer.block == block)
    return score.model_copy(update={"layers": layers})


@pytest.mark.parametrize(
    "block",
    ["warm_pad", *(pytest.param(b, marks=pytest.mark.slow) for b in PADS[1:])],
)
def test_roughness_follows_the_arousal_of_the_journey(block: str) -> None:
    score = calm_from_tense(block)
    minutes, rough = np.arange(1, 18), []
    for minute in minutes:
        spans = (heard(score, 60 * minute + s, 3.0) for s in (0, 20, 40))
        rough.append(np.mean([dissonance(span.mean(axis=1)) for span in spans]))
    arousal = score.at("journey.arousal", (minutes * MINUTE + MINUTE // 2))
    assert np.corrcoef(rough, arousal)[0, 1] >= 0.8


@pytest.mark.parametrize("block", PLUCKS)
def test_onset_rate_follows_the_arousal_of_the_journey(block: str) -> None:
    score = calm_from_tense(block)
    onsets = [note.onset for note in notes(Part(score, 0), 0, 18 * MINUTE)]
    window = 2 * MINUTE
    rate, edges = np.histogram(onsets, np.arange(0, 18 * MINUTE + 1, window))
    arousal = score.at("journey.arousal", edges[:-1] + window // 2)
    assert np.corrcoef(rate, arousal)[0, 1] >= 0.8
