"""Each gate refuses what it is for, in a sentence, and lets clear voices through."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from research import songs, sounds
from research.spoilt import coloured, gated, in_room, noisy, telephone, together

from undersong.cli.palette import alone, sample
from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.hear.gates import GATES
from undersong.hear.read import read
from undersong.hear.reading import RefusalCode
from undersong.library import shared_palette

RATE = 16_000


def code_of(samples: np.ndarray) -> RefusalCode | None:
    refusal = read(samples, RATE).refusal
    return refusal.code if refusal else None


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_a_gate_says_what_is_wrong_and_what_to_try(gate: object) -> None:
    sentence = gate.sentence  # type: ignore[attr-defined]
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "!" not in sentence
    assert any(word in sentence for word in ("try", "check", "turn"))


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_a_gate_grades_from_refusal_to_nothing_lost(gate: object) -> None:
    assert gate.grade(gate.refuse) == 0.0  # type: ignore[attr-defined]
    assert gate.grade(gate.full) == 1.0  # type: ignore[attr-defined]
    assert not gate.refuses(gate.full)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seconds", [0.0, 0.01, 1.0, 2.9])
def test_short_recordings_are_too_short(
    book_clips: list[np.ndarray], seconds: float
) -> None:
    assert code_of(book_clips[0][: int(seconds * RATE)]) == "too_short"


def test_silence_is_too_quiet() -> None:
    assert code_of(np.zeros(10 * RATE)) == "too_quiet"
    hiss = 1e-5 * np.random.default_rng(0).standard_normal(10 * RATE)
    assert code_of(hiss) == "too_quiet"


@pytest.mark.parametrize("number", range(9))
def test_tones_are_told_from_voices(number: int) -> None:
    assert code_of(list(sounds.tones())[number]) == "music"


@pytest.mark.parametrize("number", range(5))
def test_noises_are_refused(number: int) -> None:
    noise = list(sounds.noises(np.random.default_rng(1)))[number]
    assert code_of(noise) in {"no_speech", "noisy"}


@pytest.mark.parametrize(("seconds", "notes"), [(2.0, 4), (0.5, 1), (0.25, 1), (1, 3)])
def test_music_is_told_from_voices(seconds: float, notes: int) -> None:
    assert code_of(sounds.music(np.random.default_rng(2), seconds, notes)) == "music"


def test_songs_with_chords_drums_or_a_sung_voice_are_refused() -> None:
    for name, song in songs.songs(np.random.default_rng(0)):
        assert code_of(song) is not None, name


@pytest.mark.parametrize("ratio_db", [-6.0, 0.0, 6.0])
def test_a_voice_with_music_as_loud_as_it_is_refused(
    book_clips: list[np.ndarray], ratio_db: float
) -> None:
    rng = np.random.default_rng(6)
    for samples in book_clips[:3]:
        assert code_of(songs.over_music(samples, ratio_db, rng)) is not None


def test_faint_music_behind_a_voice_changes_little(
    book_clips: list[np.ndarray],
) -> None:
    rng = np.random.default_rng(7)
    for samples in book_clips[:3]:
        plain = read(samples, RATE)
        found = read(songs.over_music(samples, 30.0, rng), RATE)
        for name, signal in plain.signals.items():
            assert found.signals[name].value == pytest.approx(signal.value, abs=0.05)


@pytest.mark.parametrize(
    "block",
    [
        *("warm_pad", "felt_piano", "harp", "birds"),
        *(
            pytest.param(row.name, marks=pytest.mark.slow)
            for row in BLOCKS
            if row.name not in {"warm_pad", "felt_piano", "harp", "birds"}
        ),
    ],
)
def test_the_programs_own_sound_is_not_taken_for_a_voice(block: str) -> None:
    score = alone(BLOCK_BY_NAME[block], {}, seed=1, seconds=12.0)
    assert read(sample(score, 12.0, shared_palette()), 48_000).refusal is not None


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
def test_every_recording_of_nature_is_refused() -> None:
    for kind in sounds.kinds():
        for samples in sounds.nature(kind.name, 100):
            assert code_of(samples) is not None, kind.name


@pytest.mark.parametrize(
    "kind", ["rain", "wind", "ocean_waves", "stream", "fire", "thunder", "crickets"]
)
@pytest.mark.usefixtures("shared")
def test_weather_and_water_are_no_speech(kind: str) -> None:
    for samples in sounds.nature(kind, 2):
        assert code_of(samples) in {"no_speech", "noisy"}


def test_a_real_whisper_is_called_one(whisper: np.ndarray) -> None:
    assert code_of(whisper) == "whisper"


def test_voices_without_vocal_folds_are_whispers(
    book_clips: list[np.ndarray],
) -> None:
    rng = np.random.default_rng(3)
    for samples in book_clips[:3]:
        assert code_of(sounds.whispered(samples[: 8 * RATE], rng)) == "whisper"


def test_two_voices_at_once_may_be_more_than_one(
    book_clips: list[np.ndarray],
) -> None:
    for one, other in zip(book_clips[:6], book_clips[6:], strict=True):
        assert code_of(together(one, other)) == "more_than_one_voice"


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("narrow_band", lambda samples: sounds.low_passed(samples, 2_500.0)),
        ("clipped", lambda samples: sounds.overdriven(samples, 0.08)),
    ],
)
def test_spoilt_voices_are_refused(
    book_clips: list[np.ndarray],
    code: str,
    spoil: Callable[[np.ndarray], np.ndarray],
) -> None:
    assert {code_of(spoil(samples)) for samples in book_clips[:4]} == {code}


@pytest.mark.parametrize("slope", [0.0, 1.0])
@pytest.mark.parametrize("snr_db", [0.0, 4.0])
def test_voices_in_loud_noise_are_refused(
    book_clips: list[np.ndarray], slope: float, snr_db: float
) -> None:
    rng = np.random.default_rng(4)
    for samples in book_clips[:3]:
        noise = coloured(len(samples), rng, slope)
        assert code_of(noisy(samples, noise, snr_db)) in {"noisy", "no_speech"}


def test_a_telephone_line_is_read(book_clips: list[np.ndarray]) -> None:
    assert {code_of(telephone(samples)) for samples in book_clips} == {None}


def test_two_voices_down_a_telephone_line_are_refused_or_said(
    book_clips: list[np.ndarray],
) -> None:
    pairs = zip(book_clips[:6], book_clips[6:], strict=True)
    found = [read(telephone(together(*pair)), RATE) for pair in pairs]
    assert all(each.quality.second_voice > 0.0 for each in found)


@pytest.mark.slow
def test_no_more_than_two_in_a_hundred_clean_clips_are_refused(shared: Path) -> None:
    import csv

    import soundfile

    with (shared / "data/voice/manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "libri" in row["corpus"]]
    refused = [
        code_of(soundfile.read(shared / "data/voice" / row["path"])[0]) is not None
        for row in rows
        if float(row["dur_s"]) >= 8.0
    ]
    assert np.mean(refused) < 0.02


@pytest.mark.parametrize("spoil", [in_room, gated])
def test_one_voice_in_a_room_or_through_a_noise_gate_is_read(
    book_clips: list[np.ndarray],
    spoil: Callable[[np.ndarray, np.random.Generator], np.ndarray],
) -> None:
    rng = np.random.default_rng(5)
    assert {code_of(spoil(samples, rng)) for samples in book_clips[:5]} == {None}


def test_what_may_be_a_second_voice_is_said_and_widens_the_range(
    book_clips: list[np.ndarray],
) -> None:
    one, other = book_clips[4], book_clips[10]
    readings = {
        level_db: read(together(one, other, level_db), RATE)
        for level_db in (-40.0, -14.0, -13.0, -12.0, -11.0)
    }
    alone = readings[-40.0]
    unsure = [r for r in readings.values() if r.ok and r.quality.second_voice > 0.2]
    assert alone.quality.second_voice == 0.0
    assert unsure
    for reading in unsure:
        assert any("more than one voice" in said for said in reading.sentences)
        known, plain = reading.signals["energy"], alone.signals["energy"]
        assert known.confidence < plain.confidence
    assert not any("more than one voice" in said for said in alone.sentences)
