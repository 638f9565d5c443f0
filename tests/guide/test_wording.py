"""The wording check gives the verdicts of two sets of cases, and the project passes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from undersong.guide import evidence, wording
from undersong.guide.project import findings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OWN: list[dict[str, Any]] = yaml.safe_load(
    (HERE / "wording_cases.yaml").read_text(encoding="utf-8")
)["cases"]


def rules_broken(text: str) -> set[str]:
    return {finding.rule for finding in wording.check(text)}


def test_every_pair_of_the_shared_set_gets_its_verdict(shared: Path) -> None:
    facts = yaml.safe_load((shared / "facts/wording.yaml").read_text(encoding="utf-8"))
    assert len(facts["pairs"]) == 133
    wrong = [
        (pair["id"], pair["text"], wording.verdict(pair["text"]))
        for pair in facts["pairs"]
        if wording.verdict(pair["text"]) != pair["verdict"]
        or not set(pair.get("rules", ())) <= rules_broken(pair["text"])
    ]
    assert wrong == []


def test_every_rewrite_and_standing_text_of_the_shared_set_may_ship(
    shared: Path,
) -> None:
    facts = yaml.safe_load((shared / "facts/wording.yaml").read_text(encoding="utf-8"))
    texts = [pair["rewrite"] for pair in facts["pairs"] if "rewrite" in pair]
    texts += facts["copy_blocks"].values()
    assert {text for text in texts if wording.verdict(text) != "allow"} == set()


@pytest.mark.parametrize("case", OWN, ids=[case["text"][:48] for case in OWN])
def test_own_case_gets_its_verdict(case: dict[str, Any]) -> None:
    assert wording.verdict(case["text"]) == case["verdict"]
    assert {case["rule"]} <= rules_broken(case["text"]) if "rule" in case else True


@pytest.mark.parametrize(("name", "least"), [("more", 300), ("german", 60)])
def test_more_claims_are_banned_and_more_fine_sentences_pass(
    name: str, least: int
) -> None:
    more = yaml.safe_load((HERE / f"wording_{name}.yaml").read_text(encoding="utf-8"))
    assert min(len(more["claims"]), len(more["fine"])) > least
    assert [text for text in more["claims"] if wording.verdict(text) != "ban"] == []
    assert [text for text in more["fine"] if wording.verdict(text) != "allow"] == []


@pytest.mark.parametrize(
    ("sentence", "languages"),
    [
        ("It heals with rain.", ("en",)),
        ("Es heilt mit Regen.", ("de",)),
        ("Heilt Angst.", ("en", "de")),
        ("Rain.", ("en", "de")),
    ],
)
def test_a_sentence_is_checked_in_its_language_or_in_all_when_nothing_tells(
    sentence: str, languages: tuple[str, ...]
) -> None:
    assert wording.languages_of(sentence) == languages


def test_the_german_rules_are_those_of_the_english_by_id_and_severity() -> None:
    english, german = wording.load("en").rules, wording.load("de").rules
    assert [(r.id, r.verdict, r.basis) for r in english] == [
        (r.id, r.verdict, r.basis) for r in german
    ]


def test_own_cases_are_a_hundred_and_half_of_them_tricky() -> None:
    texts = [case["text"] for case in OWN]
    assert len(set(texts)) == len(texts) >= 100
    assert sum(case.get("tricky", False) for case in OWN) >= len(OWN) / 2


def test_every_rule_bans_or_warns_in_some_own_case() -> None:
    assert {case.get("rule") for case in OWN} - {None} == {
        rule.id for rule in wording.load().rules
    }


@pytest.mark.parametrize("rule", wording.load().rules, ids=lambda rule: rule.id)
def test_rule_rests_on_the_register_and_suggests_what_may_ship(
    rule: wording.Rule,
) -> None:
    for name in rule.basis:
        assert evidence.load().entry(name)
    for language in wording.TABLES:
        rules = wording.load(language)
        (same,) = [one for one in rules.rules if one.id == rule.id]
        assert wording.verdict(same.suggestion) == "allow"
        assert set(same.excused_by) <= set(rules.excuses)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("See e.g. the rain, i.e. water. Then stop.", 2),
        ("It lasts 2.5 minutes. Then it ends.", 2),
        ("# Title\n\n- one\n- two\n", 3),
        ("A line\nthat goes on.", 1),
    ],
)
def test_text_parts_into_sentences(text: str, count: int) -> None:
    assert len(wording.sentences(text)) == count


def test_a_finding_names_sentence_rule_match_and_suggestion() -> None:
    (finding,) = wording.check("Rain falls. It cures insomnia. Night comes.")[:1]
    assert finding.sentence == "It cures insomnia."
    assert (finding.rule, finding.match) == ("W01", "cures")
    assert "unwind" in finding.suggestion


def test_nothing_the_project_shows_is_banned() -> None:
    banned = [
        f"{where}: {finding.rule} {finding.match!r} in {finding.sentence!r}"
        for where, finding in findings(ROOT)
        if finding.verdict == "ban"
    ]
    assert banned == []
