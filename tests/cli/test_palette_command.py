import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from undersong.cli import run
from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS


def test_palette_lists_every_block_with_its_parameters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["palette", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in listed] == [row.name for row in BLOCKS]
    for row in listed:
        block = BLOCK_BY_NAME[row["name"]]
        assert [p["name"] for p in row["parameters"]] == [
            p.name for p in block.parameters
        ]
        assert all(p["low"] <= p["default"] <= p["high"] for p in row["parameters"])


def test_palette_as_a_table_names_every_block(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["palette"]) == 0
    shown = capsys.readouterr().out
    assert all(row.name in shown for row in BLOCKS)


def test_a_sample_is_stereo_at_48_khz_and_as_long_as_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "samples"
    arguments = ["--block", "warm_pad", "--block", "pulse", "--seconds", "3.5"]
    assert run(["palette", "-o", str(out), *arguments, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [Path(row["file"]).name for row in listed] == ["warm_pad.wav", "pulse.wav"]
    assert sorted(p.name for p in out.iterdir()) == ["pulse.wav", "warm_pad.wav"]
    for row in listed:
        # FFmpeg, not our own library, says what the file is.
        command = [
            "ffprobe",
            "-v",
            "error",
            "-show_streams",
            "-of",
            "json",
            row["file"],
        ]
        done = subprocess.run(command, capture_output=True, check=True)
        stream = json.loads(done.stdout)["streams"][0]
        assert (stream["channels"], stream["sample_rate"]) == (2, "48000")
        assert float(stream["duration"]) == pytest.approx(3.5, abs=1e-4)


def test_a_seed_fixes_a_sample(tmp_path: Path) -> None:
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        arguments = ["--block", "kalimba", "--seconds", "2", "--seed", str(seed)]
        assert run(["palette", "-o", str(tmp_path / name), *arguments]) == 0
    a, b, c = (
        soundfile.read(tmp_path / name / "kalimba.wav")[0] for name in ("a", "b", "c")
    )
    np.testing.assert_array_equal(a, b)
    assert np.abs(a - c).max() > 0.01


def test_even_a_rare_sound_is_heard_in_its_sample(tmp_path: Path) -> None:
    arguments = ["--block", "bowl", "--seconds", "4", "--param", "density=2"]
    assert run(["palette", "-o", str(tmp_path), *arguments]) == 0
    samples, _ = soundfile.read(tmp_path / "bowl.wav")
    assert np.abs(samples).max() > 0.02


def test_a_parameter_changes_the_sample(tmp_path: Path) -> None:
    share = {}
    for value in ("0", "1"):
        arguments = ["--block", "strings", "--seconds", "4"]
        out = tmp_path / value
        code = run(
            ["palette", "-o", str(out), *arguments, "--param", f"brightness={value}"]
        )
        assert code == 0
        samples, rate = soundfile.read(out / "strings.wav")
        power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
        hz = np.fft.rfftfreq(len(samples), 1 / rate)
        share[value] = power[hz > 1_500].sum() / power.sum()
    assert share["1"] > 3 * share["0"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--block", "banjo"], ["banjo", "warm_pad"]),
        (["--block", "drone", "--param", "loudness=1"], ["loudness", "brightness"]),
        (["--block", "drone", "--param", "brightness=2"], ["brightness=2", "0 to 1"]),
        (["--block", "drone", "--param", "brightness=soft"], ["soft", "number"]),
        (["--block", "drone", "--param", "brightness=nan"], ["nan", "0 to 1"]),
        (["--param", "colour=-3"], ["colour=-3 does not suit", "--block"]),
        (["--param", "density=50"], ["cave_drops; use 3 to 40", "--block"]),
        (["--block", "drone", "--seconds", "0"], ["seconds=0", "from 0.1"]),
        (["--block", "drone", "--seconds", "1e9"], ["3600"]),
    ],
)
def test_bad_input_is_named_in_one_sentence_and_leaves_nothing(
    arguments: list[str],
    words: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "samples"
    assert run(["palette", "-o", str(out), *arguments]) == 2
    error = capsys.readouterr().err
    assert all(word in error for word in words)
    assert len(error.strip().splitlines()) == 1
    assert not out.exists()
