"""`undersong compose` writes a score, or one sentence on why it cannot."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from undersong.cli import run
from undersong.compose.composer import compose
from undersong.compose.recipes import Recipe
from undersong.compose.score import Score


def test_compose_prints_a_score_that_opens(capsys):
    assert run(["compose", "--for", "focus", "--seed", "4", "--minutes", "10"]) == 0
    score = Score.from_json(capsys.readouterr().out)
    assert (score.outcome, score.seed, score.minutes) == ("focus", 4, 10)


def test_compose_writes_the_same_score_for_the_same_seed(tmp_path, capsys):
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path in paths:
        arguments = ["compose", "--for", "sleep", "--energy", "3", "--seed", "9"]
        assert run([*arguments, "-o", str(path)]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert "You set energy to 3 of 10" in capsys.readouterr().out
    assert sorted(tmp_path.iterdir()) == paths


def test_compose_draws_another_seed_each_time(capsys):
    seeds = set()
    for _ in range(3):
        assert run(["compose", "--for", "calm", "--json"]) == 0
        seeds.add(json.loads(capsys.readouterr().out)["seed"])
    assert len(seeds) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--for calm, focus or sleep"),
        (["--for", "party"], "'party' is not one of"),
        (["--for", "calm", "--stress", "11"], "stress=11 must be from 0 to 10"),
        (["--for", "calm", "--minutes", "9999"], "minutes=9999 must be from"),
        (["--for", "calm", "--voice", "gone.wav"], "gone.wav"),
        (["--for", "calm", "--with", "tuba"], "'tuba' is not one of"),
        (["--for", "calm", "--dawn-after", "60"], "dawn goes with sleep"),
        (["--recipe", "nothing_such"], "presets rain_on_leaves"),
        (["--recipe", "gone.json"], "there is no file gone.json"),
        (["--recipe", "tent", "--for", "calm"], "give it without --for"),
    ],
)
def test_compose_refuses_in_one_sentence_with_exit_code_2(arguments, says, capsys):
    assert run(["compose", *arguments]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_recording_that_cannot_be_read_says_why_and_leaves_nothing(tmp_path, capsys):
    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(160_000), 16_000)
    target = tmp_path / "score.json"
    arguments = ["--for", "calm", "--voice", str(silence), "-o", str(target)]
    assert run(["compose", *arguments]) == 2
    assert "silence.wav: " in capsys.readouterr().err
    assert not target.exists()


def test_preset_and_recipe_compose_without_for(tmp_path, capsys):
    recipe = tmp_path / "recipe.json"
    arguments = ["--recipe", "tent", "--seed", "3", "--save-recipe", str(recipe)]
    assert run(["compose", *arguments, "--json"]) == 0
    first = Score.from_json(capsys.readouterr().out)
    assert {layer.block for layer in first.layers} == {"rain", "wind"}
    assert run(["compose", "--recipe", str(recipe), "--json"]) == 0
    second = Score.from_json(capsys.readouterr().out)
    assert second.seed == first.seed
    link = Recipe.from_json(recipe.read_bytes()).to_fragment()
    assert run(["compose", "--recipe", link, "--json"]) == 0
    assert Score.from_json(capsys.readouterr().out) == second


def spoken(shared: Path, folder: Path, emotion: str) -> Path:
    """Return a recording of one speaker's clips of one emotion, in a row."""
    voices = shared / "data" / "voice"
    with (voices / "manifest.csv").open(encoding="utf-8") as lines:
        paths = [
            voices / row["path"]
            for row in csv.DictReader(lines)
            if (row["speaker"], row["emotion"]) == ("emodb_08", emotion)
        ]
    clips = [soundfile.read(path)[0] for path in sorted(paths)[:9]]
    pause = np.zeros(4_000)
    whole = np.concatenate([part for clip in clips for part in (0.3 * clip, pause)])
    target = folder / f"{emotion}.wav"
    soundfile.write(target, whole, 16_000)
    return target


@pytest.fixture
def scores(shared, tmp_path, capsys):
    """Return focus scores for a lively voice, a weary one, one corrected by words."""
    lively = ["--voice", str(spoken(shared, tmp_path, "happiness"))]
    weary = ["--voice", str(spoken(shared, tmp_path, "sadness"))]
    made = []
    for arguments in (lively, weary, [*lively, "--energy", "1"]):
        path = tmp_path / f"{len(made)}.json"
        asked = ["compose", "--for", "focus", "--seed", "5", *arguments]
        assert run([*asked, "-o", str(path)]) == 0
        made.append((Score.from_json(path.read_bytes()), path))
    capsys.readouterr()
    return made


def test_lively_and_weary_recordings_differ_as_the_map_says(scores, capsys):
    (lively, lively_path), (weary, weary_path), _ = scores
    for name in ("arousal", "brightness", "density"):
        gap = lively.journey[name].value(0) - weary.journey[name].value(0)
        assert gap > 0.1, name
        assert lively.journey[name].knots[-1][1] == pytest.approx(
            weary.journey[name].knots[-1][1], abs=0.1
        )
    assert lively.harmony.chord_seconds < weary.harmony.chord_seconds
    told = []
    for path in (lively_path, weary_path):
        assert run(["why", str(path)]) == 0
        told.append(capsys.readouterr().out)
    assert "livelier, brighter and busier" in told[0]
    assert "quieter in pace, darker and sparser" in told[1]
    assert all("Your voice sounded" in text for text in told)


def test_what_is_said_turns_a_lively_recording_round(scores, capsys):
    (lively, _), _, (said, path) = scores
    usual = compose("focus", seed=5, journey_shape="meet")
    starts = [score.journey["arousal"].value(0) for score in (said, usual, lively)]
    assert starts == sorted(starts)
    assert run(["why", str(path)]) == 0
    assert "What you say counts before the voice." in capsys.readouterr().out
