import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from undersong.cli import COMMANDS, run

CONTRACT = {
    *("listen", "read", "compose", "render", "play", "why", "picture", "guide"),
    *("export", "erase", "bench"),
}


def test_every_promised_command_exists() -> None:
    assert set(COMMANDS) >= CONTRACT


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_says_what_it_does(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    assert f"undersong {name}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["bogus"], ["--bogus"], ["compose", "--bogus"]])
def test_unknown_word_is_bad_input_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert "bogus" in error
    assert len(error.strip().splitlines()) == 1


def test_module_is_the_command_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "undersong", "compose", "--for", "calm", "--seed", "1"],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["outcome"] == "calm"


@pytest.mark.parametrize("arguments", [[], ["guide"]])
def test_no_word_at_all_shows_the_help_as_it_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err.startswith("Usage: undersong")


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        (["bogus"], "undersong --help"),
        (["render"], "undersong render --help"),
        (["guide", "page"], "music-therapy"),
        (["compose", "--for", "joy"], "'calm', 'focus', 'sleep'"),
    ],
)
def test_wrong_words_are_told_what_works(
    arguments: list[str], way_out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert way_out in error
    assert error.count("\n") == 1


def test_terminal_without_the_signs_still_gets_the_words() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "undersong", "guide", "page", "what"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"everyday wellbeing tool" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has /dev/full")
def test_output_that_cannot_be_written_is_a_failure_in_plain_words() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "undersong", "compose", "--for", "calm"],
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"undersong: no space left on device")


def test_bench_without_the_packages_of_developers_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("undersong.cli.bench.find_spec", lambda _: None)
    assert run(["bench"]) == 2
    assert "run make bench, which installs them" in capsys.readouterr().err
