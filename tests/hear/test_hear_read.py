"""Any array becomes a reading or a stated refusal; a reading means what it says."""

import builtins
import io
import socket
import sys
import weakref

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from research.spoilt import coloured, noisy

from undersong.errors import ParameterError
from undersong.hear.baseline import Baseline
from undersong.hear.read import read, signals_of
from undersong.hear.reading import SIGNAL_NAMES, Reading

RATE = 16_000


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        st.sampled_from([np.float32, np.float64, np.int16, np.uint8]),
        st.one_of(
            st.integers(0, 3_000).map(lambda n: (n,)),
            st.tuples(st.integers(0, 400), st.integers(0, 3)),
        ),
    ),
    st.integers(8_000, 200_000),
)
def test_any_short_array_gives_a_reading_or_a_refusal(
    samples: np.ndarray, sample_rate: int
) -> None:
    reading = read(samples, sample_rate)
    assert reading.ok == (reading.refusal is None)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large]
)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(8_000, 96_000),
    st.sampled_from([0.0, 1e-30, 1e-3, 1.0, 1e30, 1e300]),
    st.sampled_from(["noise", "steps", "clicks", "holes", "ramp"]),
)
def test_any_long_array_gives_a_reading_or_a_refusal(
    seed: int, sample_rate: int, gain: float, kind: str
) -> None:
    rng = np.random.default_rng(seed)
    n_samples = int(3.5 * sample_rate)
    noise = rng.standard_normal(n_samples)
    samples = (
        gain
        * {
            "noise": noise,
            "steps": np.sign(noise),
            "clicks": np.where(np.abs(noise) > 3.5, 1.0, 0.0),
            "holes": np.where(noise > 2.0, np.nan, noise),
            "ramp": np.linspace(-1.0, 1.0, n_samples),
        }[kind]
    )
    reading = read(samples, sample_rate)
    assert reading.ok == (reading.refusal is None)
    assert Reading.from_json(reading.to_json()) == reading


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("share", [0.06, 1.0])
def test_a_recording_of_values_that_are_no_numbers_is_said_to_be_damaged(
    book_clips: list[np.ndarray], bad: float, share: float
) -> None:
    spoilt = book_clips[0].copy()
    spoilt[: round(share * len(spoilt))] = bad
    reading = read(spoilt, RATE)
    assert reading.refusal is not None
    assert reading.refusal.code == "damaged"
    assert "not numbers" in reading.refusal.sentence
    assert reading.quality.damaged_fraction == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_one_value_inside_speech_that_is_no_number_is_bridged_and_said(
    book_clips: list[np.ndarray], bad: float
) -> None:
    plain = read(book_clips[0], RATE)
    spoilt = book_clips[0].copy()
    spoilt[5 * RATE] = bad
    reading = read(spoilt, RATE)
    assert reading.quality.damaged_fraction == pytest.approx(1 / len(spoilt))
    assert any("damaged" in sentence for sentence in reading.sentences)
    assert not any("damaged" in sentence for sentence in plain.sentences)
    for name in SIGNAL_NAMES:
        assert reading.signals[name].value == pytest.approx(
            plain.signals[name].value, abs=0.002
        )


def test_much_damage_widens_every_range(book_clips: list[np.ndarray]) -> None:
    rng = np.random.default_rng(6)
    spoilt = book_clips[0].copy()
    spoilt[rng.random(len(spoilt)) < 0.03] = np.nan
    plain, reading = read(book_clips[0], RATE), read(spoilt, RATE)
    for name in SIGNAL_NAMES:
        before, after = plain.signals[name], reading.signals[name]
        assert after.high - after.low > 1.5 * (before.high - before.low)


@pytest.mark.parametrize("sample_rate", [0, -1, 7_999, 10**9])
def test_a_rate_out_of_range_is_an_error_that_names_it(sample_rate: int) -> None:
    with pytest.raises(ParameterError, match=str(sample_rate)):
        read(np.zeros(RATE), sample_rate)


@pytest.mark.parametrize(
    "samples", [np.zeros((2, 2, 2)), np.array(["a"]), np.zeros(9, complex), 1.0]
)
def test_what_is_no_sound_is_an_error(samples: object) -> None:
    with pytest.raises(ParameterError, match="shape"):
        read(samples, RATE)  # type: ignore[arg-type]


def test_clean_voices_are_read(book_clips: list[np.ndarray]) -> None:
    assert all(read(samples, RATE).ok for samples in book_clips)


def test_pushes_add_up_to_the_value(book_clips: list[np.ndarray]) -> None:
    for samples in book_clips[:4]:
        for signal in read(samples, RATE).signals.values():
            pushed = sum(marker.pushes for marker in signal.markers)
            assert pushed == pytest.approx(signal.value - 0.5, abs=1e-9)


def test_a_range_holds_its_value(book_clips: list[np.ndarray]) -> None:
    for samples in book_clips[:4]:
        for signal in read(samples, RATE).signals.values():
            assert signal.low < signal.value < signal.high


@pytest.mark.parametrize("gain", [-1.0, 0.1, 0.5, 10.0, -3.7])
def test_gain_and_polarity_do_not_matter(
    book_clips: list[np.ndarray], gain: float
) -> None:
    before = read(book_clips[0], RATE).signals
    after = read(gain * book_clips[0], RATE).signals
    for name in SIGNAL_NAMES:
        assert after[name].value == pytest.approx(before[name].value, abs=0.001)


def test_polarity_changes_nothing_at_all(book_clips: list[np.ndarray]) -> None:
    assert read(-book_clips[1], RATE) == read(book_clips[1], RATE)


def test_an_offset_changes_nothing(book_clips: list[np.ndarray]) -> None:
    before = read(book_clips[0], RATE).signals
    after = read(book_clips[0] + 0.2, RATE).signals
    for name in SIGNAL_NAMES:
        assert after[name].value == pytest.approx(before[name].value, abs=0.001)


def test_layouts_of_the_same_voice_read_alike(book_clips: list[np.ndarray]) -> None:
    mono = book_clips[0]
    plain = read(mono, RATE).signals
    layouts = {
        "stereo": np.column_stack((mono, mono)),
        "one side": np.column_stack((mono, 0 * mono)),
        "inverted": np.column_stack((mono, -mono)),
        "int16": (mono * 32_767).astype(np.int16),
    }
    for samples in layouts.values():
        found = read(samples, RATE).signals
        for name in SIGNAL_NAMES:
            assert found[name].value == pytest.approx(plain[name].value, abs=0.02)


@pytest.mark.parametrize("sample_rate", [22_050, 44_100, 48_000])
def test_the_sample_rate_does_not_matter(
    book_clips: list[np.ndarray], sample_rate: int
) -> None:
    spectrum = np.fft.rfft(book_clips[0])
    length = len(book_clips[0]) * sample_rate // RATE
    padded = np.zeros(length // 2 + 1, complex)
    padded[: len(spectrum)] = spectrum
    resampled = np.fft.irfft(padded, length) * sample_rate / RATE
    plain = read(book_clips[0], RATE).signals
    found = read(resampled, sample_rate).signals
    for name in SIGNAL_NAMES:
        assert found[name].value == pytest.approx(plain[name].value, abs=0.02)


def test_noise_at_20_db_moves_little(book_clips: list[np.ndarray]) -> None:
    rng = np.random.default_rng(0)
    for samples in book_clips[:3]:
        plain = read(samples, RATE).signals
        spoilt = noisy(samples, coloured(len(samples), rng, 1.0), 20.0)
        found = read(spoilt, RATE).signals
        for name in SIGNAL_NAMES:
            assert abs(found[name].value - plain[name].value) <= 0.10


def test_excited_speech_has_more_energy_than_bored(
    acted: dict[str, np.ndarray],
) -> None:
    energy = {
        feeling: read(samples, RATE).signals["energy"].value
        for feeling, samples in acted.items()
        if feeling in {"anger", "happiness", "boredom", "sadness"}
    }
    assert min(energy["anger"], energy["happiness"]) > max(
        energy["boredom"], energy["sadness"]
    )


def test_against_their_own_usual_fear_sounds_tenser_than_neutral(
    acted: dict[str, np.ndarray],
) -> None:
    neutral, fear = (read(acted[feeling], RATE) for feeling in ("neutral", "fear"))
    usual = Baseline()
    for day in (0.0, 1.0):
        usual = usual.with_reading(neutral, day=day, hour=None, device="a")
    tense, plain = (signals_of(each, usual)["stress"] for each in (fear, neutral))
    assert tense.value > plain.value


def test_first_use_is_marked_rough_and_stress_has_the_least_confidence(
    book_clips: list[np.ndarray],
) -> None:
    reading = read(book_clips[0], RATE)
    assert {signal.versus for signal in reading.signals.values()} == {"people"}
    assert "rough" in " ".join(reading.sentences)
    assert reading.signals["stress"].confidence_word == "low"


@pytest.fixture
def _no_world(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a read touched the world")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.usefixtures("_no_world")
def test_a_read_opens_no_file_and_no_socket(book_clips: list[np.ndarray]) -> None:
    assert read(book_clips[0], RATE).ok


def test_the_audio_is_not_kept(book_clips: list[np.ndarray]) -> None:
    samples = book_clips[0].copy()
    gone = weakref.ref(samples)
    references = sys.getrefcount(samples)
    reading = read(samples, RATE)
    assert sys.getrefcount(samples) == references
    del samples
    assert gone() is None
    assert reading.ok


def test_the_given_array_is_not_changed(book_clips: list[np.ndarray]) -> None:
    samples = book_clips[0].copy()
    samples.setflags(write=False)
    read(samples, RATE)
    np.testing.assert_array_equal(samples, book_clips[0])
