import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from undersong import compose, render
from undersong.cli import run
from undersong.units import SAMPLE_RATE

STEP = 2.0**-15
"""One step of 16 bits."""


def decoded_by_ffmpeg(path: Path) -> np.ndarray:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path)]
    command += ["-f", "f32le", "-ac", "2", "-ar", str(SAMPLE_RATE), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.float32).reshape(-1, 2)


@pytest.fixture(scope="module")
def score_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scores") / "score.json"
    path.write_text(compose("calm", seed=11, minutes=0.25).to_json(), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_lossless_file_holds_what_render_gives(
    score_file: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"night{suffix}"
    assert run(["render", str(score_file), "-o", str(out)]) == 0
    samples = decoded_by_ffmpeg(out)
    score = compose("calm", seed=11, minutes=0.25)
    assert len(samples) == score.end
    assert np.abs(samples - render(score, 0, score.end)).max() <= STEP


def test_span_of_a_session_is_the_same_span_of_samples(
    score_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "span.wav"
    code = run(["render", str(score_file), "-o", str(out), "--begin=2", "--end=4.5"])
    assert code == 0
    score = compose("calm", seed=11, minutes=0.25)
    expected = render(score, 2 * SAMPLE_RATE, round(4.5 * SAMPLE_RATE))
    assert np.abs(decoded_by_ffmpeg(out) - expected).max() <= STEP


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--for", "calm", "-o", "night.xyz"], ".flac"),
        (["-o", "night.wav"], "--for"),
        (["--for", "party", "-o", "night.wav"], "party"),
        (["missing.json", "-o", "night.wav"], "missing.json"),
        (["--for", "calm", "--minutes", "0", "-o", "night.wav"], "minutes"),
        (["--for", "calm", "--stress", "11", "-o", "night.wav"], "stress"),
        (["--for", "calm", "--begin", "9999", "-o", "night.wav"], "begin"),
        (["--for", "calm", "--begin", "nan", "-o", "night.wav"], "nan"),
        (["--for", "calm", "--end", "1e300", "-o", "night.wav"], "from 0 to 86400"),
        (["--for", "calm", "--voice", "missing.wav", "-o", "night.wav"], "missing.wav"),
        (["--for", "calm", "--begin=9", "--end=5", "-o", "a.wav"], "end at 5 s must"),
        (["missing.json", "--for", "calm", "-o", "a.wav"], "without --for,"),
        (["missing.json", "--with=rain", "-o", "a.wav"], "give it without --with,"),
        (
            ["--recipe", "tent", "--dawn-after=40", "-o", "a.wav"],
            "without --dawn-after",
        ),
    ],
)
def test_bad_input_is_named_in_one_sentence_and_leaves_no_file(
    arguments: list[str],
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["render", *arguments]) == 2
    error = capsys.readouterr().err
    assert word in error
    assert len(error.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(
    score_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "night.wav"
    assert run(["render", str(score_file), "-o", str(out)]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_voice_makes_a_session_without_a_server(shared: Path, tmp_path: Path) -> None:
    voice = next((shared / "data/voice/librispeech_mini").glob("*.flac"))
    out = tmp_path / "night.flac"
    arguments = ["--for", "sleep", "--voice", str(voice), "--minutes", "0.25"]
    assert run(["render", *arguments, "-o", str(out)]) == 0
    assert len(decoded_by_ffmpeg(out)) == 15 * SAMPLE_RATE


def test_file_that_holds_no_score_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "grüße.json").write_text("hello", "utf-8")
    out = tmp_path / "night.wav"
    assert run(["render", str(tmp_path / "grüße.json"), "-o", str(out)]) == 2
    assert "grüße.json: the text is not a score" in capsys.readouterr().err
    assert not out.exists()


def test_render_that_is_ended_from_outside_leaves_nothing(tmp_path: Path) -> None:
    # A closed terminal's signal ends it by way of a service manager's.
    arguments = ["render", "--for", "sleep", "--minutes", "600", "--seed", "1"]
    with subprocess.Popen(
        [sys.executable, "-m", "undersong", *arguments, "-o", str(tmp_path / "x.wav")],
        stderr=subprocess.DEVNULL,
    ) as process:
        give_up = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and time.monotonic() < give_up:
            time.sleep(0.02)
        assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
        process.send_signal(signal.SIGHUP)
    assert process.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
