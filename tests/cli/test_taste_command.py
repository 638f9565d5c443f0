"""`undersong taste` tells what was learned, and is corrected by hand."""

import json

import pytest

from undersong.cli import run
from undersong.compose.composer import compose
from undersong.keep.store import Store
from undersong.keep.tasting import change_taste
from undersong.settings import settings_from


@pytest.fixture
def folder(tmp_path):
    """Return a folder in which one calm session was liked."""
    score = compose("calm", seed=1, wanted=["rain"])
    with Store.open(settings_from({"UNDERSONG_DATA": str(tmp_path)})) as store:
        change_taste(store.tastes, lambda taste: taste.updated(score, "calm", 1.0))
    return str(tmp_path)


def test_taste_is_told_in_sentences_and_as_json(folder, capsys):
    assert run(["taste", "--data", folder]) == 0
    told = capsys.readouterr().out
    assert "- You have kept rain in 1 of 1 answered calm session.\n" in told
    assert run(["taste", "--data", folder, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [f"- {row['sentence']}" for row in rows] == told.splitlines()


def test_liking_is_set_by_hand(folder, capsys):
    assert run(["taste", "--data", folder, "--set", "sleep", "rain", "-0.8"]) == 0
    assert "You set rain yourself for sleep." in capsys.readouterr().out


@pytest.mark.parametrize(("option", "left"), [("--forget-all", 0), ("--forget", 1)])
def test_taste_is_forgotten(folder, option, left, capsys):
    given = [option] if option == "--forget-all" else [option, "calm"]
    arguments = ["taste", "--data", folder, "--set", "focus", "rain", "1"]
    assert run(arguments) == 0
    capsys.readouterr()
    assert run(["taste", "--data", folder, "--json", *given]) == 0
    assert len(json.loads(capsys.readouterr().out)) == left


@pytest.mark.parametrize("wish", [("calm", "tuba", "1"), ("calm", "rain", "2")])
def test_wish_outside_its_rule_is_refused(folder, wish, capsys):
    assert run(["taste", "--data", folder, "--set", *wish]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_nothing_kept_is_one_sentence(tmp_path, capsys):
    assert run(["taste", "--data", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "none").exists()
