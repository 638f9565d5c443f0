"""`undersong export` and `undersong erase` on a folder of what is kept."""

import csv
import json
from pathlib import Path

import pytest
from scores import small_score

from undersong.cli import run
from undersong.compose.score import Score
from undersong.hear.reading import Reading, Signal
from undersong.keep.store import Store
from undersong.settings import settings_from

SIGNAL = Signal(value=0.6, low=0.4, high=0.8, confidence=0.2, versus="people")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with Store.open(settings_from({"UNDERSONG_DATA": str(folder)})) as store:
        reading = store.readings.add(
            Reading(ok=True, stress=SIGNAL, fatigue=SIGNAL, energy=SIGNAL), device="mic"
        )
        session = store.sessions.add(
            small_score(), reading_id=reading.id, said={"stress": 7}, title="grüß, dich"
        )
        store.answers.add(session.id, said={"stress": 3}, liked=0.5, note='so "calm"')
        store.notes.add("first line\nsecond line")
        store.baselines.put("voice", '{"clips": []}')
        store.tastes.put("../../etc/passwd", "{}")
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_export_holds_everything_readably(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["export", "-o", str(out), "--data", str(data)]) == 0
    (session,) = rows_of(out / "sessions.csv")
    assert (session["title"], session["said_stress"]) == ("grüß, dich", "7.0")
    (answer,) = rows_of(out / "answers.csv")
    assert (answer["note"], answer["liked"]) == ('so "calm"', "0.5")
    assert answer["session_id"] == session["id"]
    (reading,) = rows_of(out / "readings.csv")
    assert (reading["stress_low"], reading["device"]) == ("0.4", "mic")
    (note,) = rows_of(out / "notes.csv")
    assert note["text"] == "first line\nsecond line"
    (score,) = (out / "sessions").iterdir()
    assert Score.from_json(score.read_bytes()) == small_score()
    (baseline,) = (out / "baselines").iterdir()
    assert json.loads(baseline.read_text())["body"] == {"clips": []}
    assert "No recording of your voice" in (out / "README.txt").read_text()


def test_names_from_outside_never_leave_the_folder(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(["export", "-o", str(out), "--data", str(data)])
    assert [path.name for path in (out / "tastes").iterdir()] == ["000-etcpasswd.json"]
    assert {path.name for path in tmp_path.iterdir()} == {"data", "out"}


def test_export_overwrites_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    assert run(["export", "-o", str(tmp_path / "out"), "--data", str(data)]) == 2
    assert "there already" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_interrupted_export_leaves_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", interrupt)
    assert run(["export", "-o", str(tmp_path / "out"), "--data", str(data)]) == 130
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_erase_needs_yes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["erase", "--data", str(data)]) == 2
    assert "--yes" in capsys.readouterr().err
    with Store.open(settings_from({"UNDERSONG_DATA": str(data)})) as store:
        assert store.sessions.count() == 1


def test_erase_leaves_no_byte_of_what_was_kept(data: Path) -> None:
    words = [word.encode() for word in ("grüß", 'so "calm', "second line", "clips")]

    def holding() -> list[str]:
        return [
            path.name
            for path in data.iterdir()
            if any(word in path.read_bytes() for word in words)
        ]

    assert holding()
    assert run(["erase", "--yes", "--data", str(data)]) == 0
    assert holding() == []


def test_data_folder_that_cannot_be_used_is_a_failure_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "undersong.sqlite3").write_text("no database " * 1000)
    folder = str(tmp_path)
    assert run(["export", "-o", str(tmp_path / "out"), "--data", folder]) == 1
    error = capsys.readouterr().err
    assert f"{tmp_path}/undersong.sqlite3: " in error
    assert len(error.strip().splitlines()) == 1


def test_export_of_nothing_says_so_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "typo"
    assert run(["export", "-o", str(tmp_path / "out"), "--data", str(missing)]) == 2
    assert f"nothing is kept in {missing}" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_erase_where_nothing_is_kept_does_not_claim_to_have_erased(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "typo"
    assert run(["erase", "--yes", "--data", str(missing)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Nothing was erased: nothing is kept in {missing}")
    assert not list(tmp_path.iterdir())


def test_erase_names_what_it_erased(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["erase", "--yes", "--data", str(data)]) == 0
    assert str(data / "undersong.sqlite3") in capsys.readouterr().out
