"""Markers against formulas, synthetic voices and Praat."""

import numpy as np
import parselmouth
import pytest
from parselmouth.praat import call
from research.spoilt import coloured, noisy
from research.vowels import vowel, with_hnr

from undersong.hear.clip import Clip, clip_of
from undersong.hear.markers import MARKER, MARKERS, markers_of
from undersong.hear.priors import PRIORS
from undersong.hear.reading import Quality
from undersong.hear.signals import WEIGHTS

RATE = 16_000


def of_vowel(f0_hz: float, jitter: float = 0.0) -> dict[str, float]:
    return markers_of(clip_of(vowel(f0_hz, jitter=jitter)[0]))


@pytest.mark.parametrize("f0_hz", [90.0, 120.0, 160.0, 210.0])
@pytest.mark.parametrize("jitter", [0.003, 0.01, 0.02])
def test_jitter_of_a_vowel_is_within_a_tenth_of_the_truth(
    f0_hz: float, jitter: float
) -> None:
    samples, truth = vowel(f0_hz, jitter=jitter, seed=1)
    found = markers_of(clip_of(samples))["jitter"]
    assert found == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize("f0_hz", [120.0, 210.0])
def test_jitter_of_a_steady_vowel_is_nothing(f0_hz: float) -> None:
    assert of_vowel(f0_hz)["jitter"] < 0.0005


@pytest.mark.parametrize("f0_hz", [90.0, 160.0, 210.0])
@pytest.mark.parametrize("hnr_db", [5.0, 10.0, 15.0])
def test_hnr_of_a_vowel_in_white_noise_is_the_truth(
    f0_hz: float, hnr_db: float
) -> None:
    found = markers_of(clip_of(with_hnr(vowel(f0_hz)[0], hnr_db)))["hnr"]
    assert found == pytest.approx(hnr_db, abs=1.0)


@pytest.mark.parametrize("f0_hz", [110.0, 220.0])
def test_f0_mean_counts_semitones_from_a0(f0_hz: float) -> None:
    octaves = np.log2(f0_hz / 27.5)
    assert of_vowel(f0_hz)["f0_mean"] == pytest.approx(12 * octaves, abs=0.05)


def test_a_steady_vowel_has_no_range_and_no_slope() -> None:
    found = of_vowel(150.0)
    assert found["f0_range"] < 0.05
    assert found["f0_slope"] < 0.5


def test_alpha_ratio_of_two_harmonics_is_their_difference() -> None:
    time = np.arange(3 * RATE) / RATE
    low, high = np.sin(2 * np.pi * 200 * time), np.sin(2 * np.pi * 2_000 * time)
    for difference_db in (-10.0, -20.0):
        samples = low + 10.0 ** (difference_db / 20.0) * high
        found = markers_of(clip_of(np.asarray(samples, np.float32)))["alpha_ratio"]
        assert found == pytest.approx(difference_db, abs=0.3)


def test_brighter_vowels_have_more_alpha_and_less_tilt() -> None:
    dull = vowel(120.0)[0]
    bright = np.append(dull[:1], dull[1:] - np.float32(0.9) * dull[:-1])
    before, after = (markers_of(clip_of(each)) for each in (dull, bright))
    assert after["alpha_ratio"] > before["alpha_ratio"] + 3.0
    assert after["tilt"] < before["tilt"]


def test_bursts_of_a_vowel_are_counted_as_syllables() -> None:
    samples = vowel(120.0, seconds=10.0)[0]
    time = np.arange(len(samples)) / RATE
    bursts = samples * np.clip(np.sin(2 * np.pi * 2.0 * time), 0.03, 1.0) ** 2
    clip = clip_of(np.asarray(bursts, np.float32))
    assert clip.tempo.syllables == pytest.approx(20, abs=1)


def test_silences_of_a_voice_are_its_pauses(book_clips: list[np.ndarray]) -> None:
    hush = 1e-4 * coloured(2 * RATE, np.random.default_rng(0), 1.0)
    part = book_clips[0][: 4 * RATE]
    clip = clip_of(np.concatenate((part, hush, part)))
    assert max(clip.tempo.pause_seconds) == pytest.approx(2.0, abs=0.6)


@pytest.fixture(scope="module")
def against_praat(
    book_clips: list[np.ndarray],
) -> dict[str, tuple[list[float], list[float]]]:
    found: dict[str, tuple[list[float], list[float]]] = {
        "hnr": ([], []),
        "cpp": ([], []),
        "alpha_ratio": ([], []),
    }
    for samples in (clip[: 5 * RATE] for clip in book_clips[:9]):
        clip = clip_of(samples)
        ours = markers_of(clip)
        for name, value in praat_values(samples, clip).items():
            found[name][0].append(ours[name])
            found[name][1].append(value)
    return found


def praat_values(samples: np.ndarray, clip: Clip) -> dict[str, float]:
    sound = parselmouth.Sound(samples.astype(np.float64), RATE)
    harmonicity = sound.to_harmonicity_cc(time_step=0.01, minimum_pitch=65)
    inside = np.repeat(clip.pitch.voiced, 160)
    only = parselmouth.Sound(samples[240 : 240 + len(inside)][inside], RATE)
    cepstrogram = call(only, "To PowerCepstrogram", 60, 0.002, 5000, 50)
    spectrum = only.to_spectrum()
    high = spectrum.get_band_energy(1000, 4000)
    return {
        "hnr": harmonicity.values[harmonicity.values > -100].mean(),
        "cpp": call(
            *(cepstrogram, "Get CPPS", "no", 0.02, 0.0005, 60, 330, 0.05),
            *("Parabolic", 0.001, 0.05, "Straight", "Least squares"),
        ),
        "alpha_ratio": 10 * np.log10(high / spectrum.get_band_energy(50, 1000)),
    }


@pytest.mark.parametrize(
    ("name", "least"), [("hnr", 0.8), ("cpp", 0.9), ("alpha_ratio", 0.9)]
)
def test_marker_agrees_with_praat(
    against_praat: dict[str, tuple[list[float], list[float]]], name: str, least: float
) -> None:
    ours, theirs = against_praat[name]
    assert np.corrcoef(ours, theirs)[0, 1] >= least


def test_noise_at_20_db_leaves_weighted_markers_where_they_are(
    book_clips: list[np.ndarray],
) -> None:
    rng = np.random.default_rng(5)
    samples = book_clips[2]
    plain = markers_of(clip_of(samples))
    spoilt = noisy(samples, coloured(len(samples), rng, 1.0), 20.0)
    found = markers_of(clip_of(spoilt))
    within = {prior.name: prior.within for prior in PRIORS}
    weighted = {name for row in WEIGHTS.values() for name in row.by_marker}
    for name in weighted & set(plain):
        assert abs(found[name] - plain[name]) < 2.0 * within[name], name


@pytest.mark.parametrize("row", MARKERS, ids=lambda row: row.name)
def test_a_marker_row_is_complete(row: object) -> None:
    for field in ("unit", "definition", "source", "more", "less"):
        assert isinstance(getattr(row, field), str)
    assert row.definition  # type: ignore[attr-defined]
    assert row.source  # type: ignore[attr-defined]
    low, high = row.snr_db  # type: ignore[attr-defined]
    assert low < high


def test_every_marker_has_a_prior_and_every_weight_a_marker() -> None:
    assert [prior.name for prior in PRIORS] == [row.name for row in MARKERS]
    for weights in WEIGHTS.values():
        assert set(weights.by_marker) <= set(MARKER)


def test_trust_falls_with_noise_clipping_and_bandwidth() -> None:
    def trust(snr_db: float, clipped: float = 0.0, bandwidth_hz: float = 8e3) -> float:
        quality = Quality(
            snr_db=snr_db, clipped_fraction=clipped, bandwidth_hz=bandwidth_hz
        )
        return MARKER["cpp"].trust(quality)

    assert trust(40.0) == 1.0
    assert trust(10.0) == 0.0
    assert 0.0 < trust(18.0) < 1.0
    assert trust(40.0, clipped=0.02) == 0.0
    assert 0.0 < trust(40.0, bandwidth_hz=3_500.0) < 1.0
