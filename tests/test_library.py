import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

import undersong
from undersong.errors import ParameterError


def test_three_functions_lead_from_a_voice_to_samples(shared: Path) -> None:
    voice = next((shared / "data/voice/librispeech_mini").glob("*.flac"))
    reading = undersong.read(voice)
    assert reading.ok
    score = undersong.compose("calm", reading=reading, seed=4, minutes=1)
    samples = undersong.render(score, 48_000, 96_000)
    assert samples.shape == (48_000, 2)
    assert samples.dtype == np.float32


def test_path_bytes_and_samples_of_one_recording_read_the_same(shared: Path) -> None:
    path = next((shared / "data/voice/librispeech_mini").glob("*.flac"))
    samples, sample_rate = soundfile.read(path, dtype="float32")
    from_path = undersong.read(path)
    assert undersong.read(path.read_bytes()) == from_path
    assert undersong.read(samples, sample_rate) == from_path


def test_without_a_seed_no_two_scores_are_alike() -> None:
    assert undersong.compose("focus").seed != undersong.compose("focus").seed


def test_samples_without_a_rate_are_refused_with_a_way_out() -> None:
    with pytest.raises(ParameterError, match="sample_rate=48000"):
        undersong.read(np.zeros(48_000, np.float32))


def test_file_with_a_rate_is_refused() -> None:
    with pytest.raises(ParameterError, match="a file says its own"):
        undersong.read("voice.wav", sample_rate=16_000)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"sample_rate": "16000"}, "sample_rate='16000' must be a whole number"),
        ({"sample_rate": 16_000.5}, "sample_rate=16000.5 must be a whole number"),
        ({"sample_rate": 16_000, "baseline": {}}, "baseline={} must be a Baseline"),
    ],
)
def test_read_names_an_argument_of_another_kind(given: dict, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        undersong.read(np.zeros(48_000, np.float32), **given)


def test_list_of_samples_is_told_to_be_an_array() -> None:
    with pytest.raises(ParameterError, match=r"source is a list.*NumPy array"):
        undersong.read([0.0] * 48_000, 16_000)  # type: ignore[arg-type]


def test_samples_with_their_axes_the_other_way_round_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"160000 channels.*samples\.T"):
        undersong.read(np.zeros((2, 160_000), np.float32), 16_000)


def test_rate_that_is_whole_may_be_of_any_kind() -> None:
    samples = np.zeros(48_000, np.float32)
    alike = [
        undersong.read(samples, rate) for rate in (16_000, 16_000.0, np.int32(16_000))
    ]
    assert alike[0] == alike[1] == alike[2]


@pytest.mark.parametrize("value", [None, "7"])
def test_said_value_that_is_no_number_is_named(value: object) -> None:
    with pytest.raises(ParameterError, match=r"said stress=.* number from 0 to 10"):
        undersong.compose("calm", said={"stress": value})  # type: ignore[dict-item]


def test_reading_as_json_has_the_promised_fields(shared: Path) -> None:
    voice = next((shared / "data/voice/librispeech_mini").glob("*.flac"))
    document = json.loads(undersong.read(voice).to_json())
    assert {"stress", "fatigue", "energy", "quality", "ok", "refusal"} <= set(document)
    assert {"value", "low", "high", "confidence", "versus", "markers"} <= set(
        document["energy"]
    )


@pytest.mark.parametrize(
    ("begin", "end", "word"),
    [
        (0.5, 10.5, "begin=0.5"),
        (0, "a", "end='a'"),
        (5, 4, "in order"),
        (-1, 4, "in order"),
        (0, 10**12, "4 hours"),
    ],
)
def test_span_that_cannot_be_rendered_is_named(begin: int, end: int, word: str) -> None:
    score = undersong.compose("calm", seed=1)
    with pytest.raises(ParameterError, match=word):
        undersong.render(score, begin, end)


def test_what_is_not_a_score_or_a_recording_is_named() -> None:
    with pytest.raises(ParameterError, match="score is a str"):
        undersong.render("calm", 0, 5)
    with pytest.raises(ParameterError, match="source is a NoneType"):
        undersong.read(None)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"said": {"stress": "x"}}, "stress"),
        ({"said": {"stress": float("nan")}}, "stress"),
        ({"said": {"joy": 5}}, "joy"),
        ({"said": 5}, "said"),
        ({"reading": 5}, "reading"),
        ({"seed": "x"}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"minutes": "ten"}, "minutes"),
        ({"minutes": None}, "minutes=None must be a number"),
        ({"minutes": float("inf")}, "minutes"),
    ],
)
def test_wish_that_cannot_be_composed_is_named(
    arguments: dict[str, object], word: str
) -> None:
    with pytest.raises(ParameterError, match=word):
        undersong.compose("calm", **arguments)
