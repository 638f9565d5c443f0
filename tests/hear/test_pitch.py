"""F0 against signals whose F0 is known, and against Praat on real voices."""

import numpy as np
import parselmouth
import pytest
from research.spoilt import coloured, noisy
from research.vowels import vowel

from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, frames_of
from undersong.hear.pitch import pitch_of

RATE = 16_000
GROSS = 0.2
"""Share of F0 from which on an error is gross."""


def f0_of(samples: np.ndarray) -> np.ndarray:
    return pitch_of(frames_of(samples)).f0_hz


def praat_f0(samples: np.ndarray, n_frames: int) -> np.ndarray:
    track = parselmouth.Sound(samples.astype(np.float64), RATE).to_pitch_ac(
        time_step=0.01, pitch_floor=65, pitch_ceiling=500
    )
    times = (np.arange(n_frames) * HOP_LENGTH + FRAME_LENGTH / 2) / RATE
    return np.nan_to_num([track.get_value_at_time(time) for time in times])


@pytest.mark.parametrize("f0_hz", [75.0, 90.0, 120.0, 180.0, 250.0, 330.0, 440.0])
def test_f0_of_a_vowel_is_within_five_cents(f0_hz: float) -> None:
    found = f0_of(vowel(f0_hz)[0])
    cents = 1200 * np.log2(np.median(found[found > 0]) / f0_hz)
    assert abs(cents) < 5.0


def test_a_glide_is_followed() -> None:
    time = np.arange(2 * RATE) / RATE
    f0_hz = 120.0 * 2.0 ** (time / 2.0)
    phase = np.cumsum(f0_hz) / RATE
    samples = sum(np.sin(2 * np.pi * h * phase) / h for h in range(1, 15))
    found = f0_of(np.asarray(samples, np.float32))
    middle = np.arange(len(found)) * HOP_LENGTH + FRAME_LENGTH // 2
    error = np.abs(found / f0_hz[middle] - 1)
    assert np.all(error < 0.01)


def test_white_noise_is_hardly_voiced() -> None:
    noise = np.random.default_rng(0).standard_normal(5 * RATE).astype(np.float32)
    assert np.mean(f0_of(noise) > 0) < 0.02


def test_f0_agrees_with_praat(book_clips: list[np.ndarray]) -> None:
    ours, theirs, gross = [], [], []
    for samples in book_clips[:8]:
        found = f0_of(samples)
        reference = praat_f0(samples, len(found))
        both = (found > 0) & (reference > 0)
        gross.append(np.mean(np.abs(found[both] / reference[both] - 1) > GROSS))
        ours.append(np.median(found[found > 0]))
        theirs.append(np.median(reference[reference > 0]))
    assert np.corrcoef(ours, theirs)[0, 1] > 0.99
    assert np.median(gross) <= 0.003


def test_f0_survives_pink_noise_at_10_db(book_clips: list[np.ndarray]) -> None:
    rng = np.random.default_rng(1)
    gross = []
    for samples in book_clips[:5]:
        found = f0_of(noisy(samples, coloured(len(samples), rng, 1.0), 10.0))
        clean = praat_f0(samples, len(found))
        both = (found > 0) & (clean > 0)
        gross.append(np.mean(np.abs(found[both] / clean[both] - 1) > GROSS))
    assert np.median(gross) <= 0.01


def test_rumble_is_not_taken_for_a_voice(book_clips: list[np.ndarray]) -> None:
    samples = book_clips[0]
    time = np.arange(len(samples)) / RATE
    rumble = 3.0 * samples.std() * np.sin(2 * np.pi * 12.0 * time)
    plain, found = f0_of(samples), f0_of(np.asarray(samples + rumble, np.float32))
    middle = [np.median(each[each > 0]) for each in (plain, found)]
    assert middle[1] == pytest.approx(middle[0], rel=0.03)


@pytest.mark.parametrize("mains_hz", [50.0, 60.0])
def test_mains_hum_seven_decibels_under_a_voice_leaves_its_f0(
    book_clips: list[np.ndarray], mains_hz: float
) -> None:
    gross, kept = [], []
    for samples in book_clips[:4]:
        time = np.arange(len(samples)) / RATE
        hum = 0.6 * samples.std() * np.sin(2 * np.pi * mains_hz * time)
        found, plain = f0_of(np.asarray(samples + hum, np.float32)), f0_of(samples)
        both = (found > 0) & (plain > 0)
        gross.append(np.mean(np.abs(found[both] / plain[both] - 1) > GROSS))
        kept.append(np.count_nonzero(both) / np.count_nonzero(plain))
    assert np.median(gross) <= 0.01
    assert np.median(kept) > 0.85
