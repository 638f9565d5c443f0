"""`undersong why` tells every choice, its evidence and what would have been."""

import json

import pytest

from undersong.cli import run
from undersong.compose.composer import compose
from undersong.compose.why import all_reasons, summary
from undersong.guide.evidence import load


@pytest.fixture
def score_file(tmp_path):
    path = tmp_path / "score.json"
    path.write_text(compose("sleep", seed=2, said={"fatigue": 8}).to_json())
    return path


def test_why_prints_the_summary_with_evidence_and_strength(score_file, capsys):
    assert run(["why", str(score_file)]) == 0
    text = capsys.readouterr().out
    assert "You set tiredness to 8 of 10" in text
    assert f"[SL-06, {load().strength('SL-06')}]" in text
    assert 5 <= text.count("\n- ") + 1 <= 10


def test_why_all_names_every_field(score_file, capsys):
    assert run(["why", "--all", str(score_file)]) == 0
    text = capsys.readouterr().out
    for choice in ("layers.0.gain_db", "weather.gust", "seed", "journey.warmth"):
        assert f"- {choice}: " in text


def test_why_json_gives_the_summary_and_every_reason(score_file, capsys):
    assert run(["why", "--json", str(score_file)]) == 0
    rows = json.loads(capsys.readouterr().out)
    score = compose("sleep", seed=2, said={"fatigue": 8})
    for name, reasons in (
        ("summary", summary(score)),
        ("reasons", all_reasons(score)),
    ):
        assert [row["sentence"] for row in rows[name]] == [r.sentence for r in reasons]
    evidence = {row["evidence"]: row["strength"] for row in rows["reasons"]}
    assert evidence["SL-06"] == load().strength("SL-06")


def test_score_that_an_editor_has_marked_as_utf8_is_read(score_file):
    score_file.write_bytes(b"\xef\xbb\xbf" + score_file.read_bytes())
    assert run(["why", str(score_file)]) == 0


@pytest.mark.parametrize(
    ("text", "says"), [(None, "there is no file"), ("{}", "does not fit")]
)
def test_why_refuses_what_is_no_score(tmp_path, text, says, capsys):
    path = tmp_path / "odd.json"
    if text is not None:
        path.write_text(text)
    assert run(["why", str(path)]) == 2
    assert says in capsys.readouterr().err
