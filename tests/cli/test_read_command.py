"""`undersong read`: tables, JSON, CSV, and one sentence for bad input."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from undersong.cli import run
from undersong.hear.baseline import Baseline
from undersong.hear.reading import SIGNAL_NAMES, Reading
from undersong.keep.store import Store
from undersong.settings import settings_from
from undersong.stream.reading import read_file
from undersong.stream.recording import decode


@pytest.fixture
def voice(shared: Path) -> str:
    return str(shared / "data/voice/librispeech_mini/103-1240-0000.flac")


@pytest.fixture
def silence(tmp_path: Path) -> str:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(80_000), 16_000)
    return str(path)


def test_a_table_names_the_recording_and_how_it_sounds(
    voice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", voice]) == 0
    shown = capsys.readouterr().out
    assert "103-1240-0000" in shown
    for name in SIGNAL_NAMES:
        assert name in shown


def test_json_of_one_recording_is_its_reading(
    voice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", voice, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document.pop("file") == voice
    reading = Reading.model_validate(document)
    assert reading.ok
    assert {"stress", "fatigue", "energy"} <= set(document)


def test_a_refusal_is_a_result(
    silence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", silence, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["refusal"]["code"] == "too_quiet"


def test_csv_has_one_line_a_recording(
    voice: str, silence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", voice, silence, "--csv", "--jobs", "2"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["ok"] for row in rows] == ["yes", "no"]
    assert 0.0 < float(rows[0]["energy"]) < 1.0
    assert rows[1]["refusal"] == "too_quiet"


def on_two_days(reading: Reading) -> Baseline:
    baseline = Baseline()
    for day in (1.0, 2.0):
        baseline = baseline.with_reading(reading, day=day, hour=None, device="desk")
    return baseline


def test_a_baseline_makes_it_about_you(
    voice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", voice, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    document.pop("file")
    reading = Reading.model_validate(document)
    baseline = on_two_days(reading)
    path = tmp_path / "baseline.json"
    path.write_text(baseline.to_json(), encoding="utf-8")
    assert run(["read", voice, "--json", "--baseline", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["energy"]["versus"] == "you"


@pytest.mark.parametrize("content", ["not a recording", ""])
def test_what_is_no_recording_exits_with_2_and_one_sentence(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(content, encoding="utf-8")
    assert run(["read", str(path)]) == 2
    said = capsys.readouterr().err
    assert "notes.txt" in said
    assert said.count("\n") == 1


def test_a_missing_file_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "nobody.wav"]) == 2
    assert "nobody.wav" in capsys.readouterr().err


def test_a_baseline_that_is_none_exits_with_2(
    voice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text("{}x", encoding="utf-8")
    assert run(["read", voice, "--baseline", str(path)]) == 2
    assert "baseline" in capsys.readouterr().err


def test_a_baseline_from_an_export_works_as_it_is(
    voice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    reading = read_file(Path(voice))
    baseline = on_two_days(reading)
    with Store.open(settings_from({}, {"data": data})) as store:
        store.baselines.put("voice", baseline.to_json())
    assert run(["export", "-o", str(tmp_path / "out"), "--data", data]) == 0
    capsys.readouterr()
    (path,) = (tmp_path / "out" / "baselines").iterdir()
    assert run(["read", voice, "--json", "--baseline", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["energy"]["versus"] == "you"


def test_one_bad_file_among_many_does_not_hide_the_others(
    voice: str, silence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("not a recording", encoding="utf-8")
    assert run(["read", voice, str(notes), silence, "nobody.wav", "--json"]) == 2
    said = capsys.readouterr()
    assert [row["file"] for row in json.loads(said.out)] == [voice, silence]
    first, second = said.err.splitlines()
    assert str(notes) in first
    assert "nobody.wav" in second


def test_of_many_that_cannot_be_opened_json_is_an_empty_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["read", "nobody.wav", "no one.wav", "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == []


def test_recordings_of_one_name_are_told_apart_by_their_folders(
    silence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / folder / "[red]Grüße.wav" for folder in ("old", "new")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(Path(silence).read_bytes())
    assert run(["read", *map(str, paths), silence]) == 0
    lines = capsys.readouterr().out.splitlines()
    table = [line.split()[0] for line in lines[1:4]]
    assert table == ["old/[red]Grüße.wav", "new/[red]Grüße.wav", "silence.wav"]
    for name in table:
        assert any(line.startswith(f"{name}: ") for line in lines)


def test_two_of_one_name_that_fail_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / folder / "empty.m4a" for folder in ("old", "new")]
    for path in paths:
        path.parent.mkdir()
        path.touch()
    assert run(["read", *map(str, paths)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [str(path) in line for path, line in zip(paths, lines, strict=True)] == [
        True,
        True,
    ]


def test_a_folder_is_answered_with_what_would_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(tmp_path)]) == 2
    assert f"is a folder; give the recordings in it, as in {tmp_path}/*" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_decoder_says_of_a_damaged_mp3_stays_out_of_standard_error(
    voice: str, jobs: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    samples, sample_rate = soundfile.read(voice)
    path = tmp_path / "odd.mp3"
    soundfile.write(path, samples, sample_rate)
    damaged = bytearray(path.read_bytes())
    damaged[3_000::900] = bytes(len(damaged[3_000::900]))
    path.write_bytes(damaged)
    decode(path)
    assert "libmpg123" in capfd.readouterr().err
    assert run(["read", str(path), "--jobs", jobs]) == 0
    assert capfd.readouterr().err == ""


def test_json_and_csv_at_once_are_refused(
    voice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", voice, "--json", "--csv"]) == 2
    assert "--json and --csv" in capsys.readouterr().err


def test_a_narrow_terminal_loses_no_digit(
    voice: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["read", voice]) == 0
    assert "…" not in capsys.readouterr().out
