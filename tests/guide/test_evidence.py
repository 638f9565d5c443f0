"""The register is sound, current, used, and every id in the project is in it."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import ValidationError

from undersong.compose.blocks import BLOCKS
from undersong.compose.mapping import STATE_ROWS
from undersong.compose.rules import RULES
from undersong.compose.score import OUTCOMES, Shape
from undersong.errors import NotFoundError
from undersong.guide import evidence, features
from undersong.guide.tables import table
from undersong.hear.markers import MARKERS
from undersong.hear.reading import SIGNAL_NAMES

ROOT = Path(__file__).parent.parent.parent
REGISTER = evidence.load()
FEATURES = features.load()
PREFIXES = "|".join(sorted({name.split("-")[0] for name in REGISTER.entries}))
AN_ID = re.compile(rf"\b(?:{PREFIXES})-\d\d\b")


def names_of(kind: str) -> set[str]:
    return {name for row in FEATURES if row.kind == kind for name in row.names}


def test_strengths_and_sources_are_those_of_the_shared_facts(shared: Path) -> None:
    facts = yaml.safe_load((shared / "facts/evidence.yaml").read_text(encoding="utf-8"))
    for row in facts["entries"]:
        entry = REGISTER.entry(row["id"])
        assert entry.strength == row["strength"]
        assert "; ".join(entry.citation.doi) == row["citation"].get("doi", "")


def test_no_sentence_is_copied_from_the_shared_facts(shared: Path) -> None:
    facts = yaml.safe_load((shared / "facts/evidence.yaml").read_text(encoding="utf-8"))
    for row in facts["entries"]:
        entry = REGISTER.entry(row["id"])
        own = {entry.statement, entry.supports, entry.limits}
        theirs = {" ".join(row[key].split()) for key in ("statement", "supports")}
        assert not own & theirs


def test_no_entry_is_due_for_a_new_check() -> None:
    assert [entry.id for entry in REGISTER.expired(date.today())] == []


@pytest.mark.parametrize("entry_id", ["SL-05", "RG-06"])
def test_an_entry_expires_the_day_after_its_time(entry_id: str) -> None:
    entry = REGISTER.entry(entry_id)
    last = entry.last_checked + timedelta(REGISTER.good_for_days[entry.kind])
    assert entry not in REGISTER.expired(last)
    assert entry in REGISTER.expired(last + timedelta(days=1))


def test_an_unknown_id_is_refused_with_one_that_works() -> None:
    with pytest.raises(NotFoundError, match=r"XX-99.*MT-01"):
        REGISTER.strength("XX-99")


@pytest.mark.parametrize(
    "change",
    [
        {"strength": "strong"},
        {"id": "nonsense"},
        {"limits": None},
        {"citation": {"authors": "A", "year": "2020", "title": "B"}},
        {"invented": 1},
    ],
    ids=str,
)
def test_a_malformed_entry_is_refused(change: dict[str, Any]) -> None:
    row = {**next(r for r in table("evidence")["entries"] if r["id"] == "SL-05")}
    with pytest.raises(ValidationError):
        evidence.Entry.model_validate({**row, **change})


def test_recalled_entries_carry_their_flag() -> None:
    for entry in REGISTER.entries.values():
        assert bool(entry.flag) == (entry.checked != "verified" or bool(entry.unseen))


def test_every_feature_names_entries_that_exist() -> None:
    named = {name for row in FEATURES for name in row.evidence}
    assert named <= set(REGISTER.entries)


def test_every_entry_supports_some_feature() -> None:
    assert set(REGISTER.entries) == {n for row in FEATURES for n in row.evidence}


def test_every_marker_and_signal_of_the_voice_has_its_finding() -> None:
    assert {row.name for row in MARKERS} <= names_of("marker")
    assert set(SIGNAL_NAMES) == names_of("signal")


def test_every_journey_and_outcome_has_its_finding() -> None:
    assert set(get_args(Shape)) == names_of("journey")
    assert set(OUTCOMES) == names_of("outcome")


def test_every_row_of_the_map_from_state_to_sound_has_its_finding() -> None:
    mapped = {row.part for row in STATE_ROWS} | {row.curve for row in STATE_ROWS}
    assert mapped <= names_of("map")


def test_every_outcome_rule_rests_on_what_its_outcome_names() -> None:
    rests_on = {
        name: set(row.evidence)
        for row in FEATURES
        if row.kind == "outcome"
        for name in row.names
    }
    for rule in RULES:
        assert rule.evidence is None or rule.evidence in rests_on[rule.outcome]


def test_every_block_has_a_row_for_each_outcome_it_is_used_for() -> None:
    rows = [row for row in FEATURES if row.kind == "block"]
    covered = {(name, o) for row in rows for name in row.names for o in row.outcomes}
    used = {(b.name, o) for b in BLOCKS for o, share in b.suits.items() if share > 0}
    assert used <= covered
    assert {name for name, _ in covered} == {block.name for block in BLOCKS}


def test_noise_at_night_pulse_and_breath_name_their_findings() -> None:
    by_id = {row.id: set(row.evidence) for row in FEATURES}
    assert {"SL-05", "SL-06"} <= by_id["block.noise.sleep"]
    assert "FO-01" in by_id["block.modulation.focus"]
    assert {"ST-05", "ST-06"} <= by_id["block.breath"]


def test_every_id_anywhere_in_the_project_is_in_the_register() -> None:
    suffixes = {".py", ".yaml", ".html", ".js", ".md"}
    files = [
        path
        for folder in ("src", "docs", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes
    ]
    unknown = {
        (path.name, name)
        for path in files
        for name in AN_ID.findall(path.read_text(encoding="utf-8"))
        if name not in REGISTER.entries
    }
    assert unknown == set()


def test_tables_read_alike_with_and_without_the_compiled_reader() -> None:
    folder = ROOT / "src/undersong/guide"
    for path in sorted(folder.glob("*.yaml")):
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        assert plain == table(path.stem)
