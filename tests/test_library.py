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
