"""`undersong guide` in the terminal: the same words as the pages, and exit codes."""

import json
from pathlib import Path

import pytest

from undersong.cli import run
from undersong.guide import evidence, helplines
from undersong.keep.store import Store
from undersong.settings import settings_from

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNDERSONG_DATA", str(tmp_path))


def said(capsys: Out, *arguments: str) -> str:
    assert run(["guide", *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_evidence_lists_every_entry_with_strength_and_limits(capsys: Out) -> None:
    text = said(capsys, "evidence")
    for entry in evidence.load().entries.values():
        assert f"{entry.id} {entry.strength}" in text
        assert entry.limits in text


def test_evidence_as_json_is_the_register(capsys: Out) -> None:
    assert run(["guide", "evidence", "sl-05", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert (entry["id"], entry["strength"]) == ("SL-05", "unsupported")
    assert entry["citation"]["doi"] == ["10.1016/j.smrv.2020.101385"]


def test_an_entry_that_is_not_there_is_bad_input(capsys: Out) -> None:
    assert run(["guide", "evidence", "XX-99"]) == 2
    assert "no entry 'XX-99'" in capsys.readouterr().err


def test_compare_names_the_credentials_and_who_delivers(capsys: Out) -> None:
    text = said(capsys, "compare")
    for word in ("HCPC", "BAMT", "MT-BC", "CBMT", "AMTA", "NCCIH", "Cost and access"):
        assert word in text


def test_choose_with_all_answers_asks_nothing(capsys: Out) -> None:
    text = said(
        capsys,
        *("choose", "--urgent", "no", "--who", "me", "--need", "dementia"),
        *("--care", "no", "--music", "yes"),
    )
    assert "qualified music therapist" in text
    assert "undersong guide therapists" in text


def test_choose_sends_danger_to_help_at_once(capsys: Out) -> None:
    assert "undersong guide help-now" in said(capsys, "choose", "--urgent", "yes")


def test_choose_refuses_an_answer_that_is_none(capsys: Out) -> None:
    assert run(["guide", "choose", "--who", "cat"]) == 2
    assert "use me, adult, child" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["GB", "gb", "UK"])
def test_help_now_gives_the_emergency_number_first(capsys: Out, code: str) -> None:
    text = said(capsys, "help-now", "--country", code)
    assert text.startswith("In danger, call 999")
    assert text.index("116 123") < text.index("findahelpline.com")


def test_help_now_without_or_with_an_unknown_country_gives_what_works_anywhere(
    capsys: Out,
) -> None:
    assert "your local emergency number" in said(capsys, "help-now")
    assert "no list for “QQ”" in said(capsys, "help-now", "--country", "QQ")


def test_help_now_takes_the_country_of_the_settings(
    capsys: Out, tmp_path: Path
) -> None:
    with Store.open(settings_from({"UNDERSONG_DATA": str(tmp_path)})) as store:
        store.listeners.set_settings({"country": "AT"})
    assert "142" in said(capsys, "help-now")
    assert "116 123" in said(capsys, "help-now", "--country", "GB")


def test_help_now_begins_to_keep_nothing(capsys: Out, tmp_path: Path) -> None:
    assert said(capsys, "help-now")
    assert list(tmp_path.iterdir()) == []


def test_help_now_as_json_is_the_card(capsys: Out) -> None:
    assert run(["guide", "help-now", "--country", "NZ", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["country"]["emergency"] == ["111"]
    assert card["lines"][0]["phones"] == ["1737"]


def test_help_now_names_every_country_to_choose_from(capsys: Out) -> None:
    text = said(capsys, "help-now")
    assert all(f"{row.code} {row.name}" in text for row in helplines.countries())


def test_therapists_gives_address_credential_and_what_to_ask(capsys: Out) -> None:
    text = said(capsys, "therapists", "--country", "US")
    assert "https://www.cbmt.org/" in text
    assert "MT-BC" in text
    assert "What to ask" in text


@pytest.mark.parametrize("name", ["what", "hearing", "sound", "safe-listening"])
def test_page_prints_the_page_with_its_evidence(capsys: Out, name: str) -> None:
    assert "[" in said(capsys, "page", name) or name == "what"


def test_check_prints_rule_and_suggestion_and_exits_2_on_a_ban(
    capsys: Out, tmp_path: Path
) -> None:
    file = tmp_path / "words.txt"
    file.write_text("Rain falls. It cures insomnia.", encoding="utf-8")
    assert run(["guide", "check", str(file)]) == 2
    out = capsys.readouterr().out
    assert "ban W01" in out
    assert "It cures insomnia." in out
    assert "Instead: " in out
    assert "2 banned, 0 to look at" in out


def test_check_lets_a_warning_pass_with_0(capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "words.md"
    file.write_text("A daily dose of rain.", encoding="utf-8")
    assert run(["guide", "check", str(file), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["verdict"], row["rule"]) == ("warn", "W20")


@pytest.mark.parametrize("content", [b"", b"Rain falls on leaves."])
def test_check_of_harmless_text_finds_nothing(
    capsys: Out, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert run(["guide", "check", str(file)]) == 0
    assert "0 banned, 0 to look at" in capsys.readouterr().out


def test_check_refuses_what_is_not_there_or_not_text(
    capsys: Out, tmp_path: Path
) -> None:
    assert run(["guide", "check", str(tmp_path / "none.txt")]) == 2
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    assert run(["guide", "check", str(tmp_path / "b.txt")]) == 2
    assert run(["guide", "check"]) == 2
    assert run(["guide", "check", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_project_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["guide", "check", "--project", str(tmp_path / "nope")]) == 2
    assert "nope" in capsys.readouterr().err
