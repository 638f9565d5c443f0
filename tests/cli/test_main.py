import json
import subprocess
import sys

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
