"""Nothing that people read claims more than the finding beside it allows."""

import random
import re
from itertools import product
from pathlib import Path

import pytest

from undersong.compose.blocks import BLOCKS
from undersong.compose.composer import compose
from undersong.compose.score import OUTCOMES, Reason
from undersong.compose.why import all_reasons
from undersong.guide import consent, evidence, features, pages, project, wording
from undersong.guide.claims import overclaims
from undersong.hear.markers import MARKER
from undersong.hear.reading import Reading, Signal
from undersong.hear.sentences import AGAINST, NOTICEABLE, SPOKEN_OF
from undersong.phrases import phrase

ROOT = Path(__file__).parent.parent.parent
STRENGTH = evidence.load().strength
SIGNALS = ("stress", "fatigue", "energy")


@pytest.mark.parametrize(
    ("sentence", "strength", "is_too_much"),
    [
        ("Slow breathing eases worry.", "firm", False),
        ("Slow breathing eases worry.", "promising", True),
        ("Slow breathing may ease worry.", "promising", False),
        ("It helps some people.", "mixed", False),
        ("It helps you.", "mixed", True),
        ("Noise may improve sleep.", "unsupported", True),
        ("A sound some people like.", "unsupported", False),
        ("It does not improve sleep.", "unsupported", False),
        ("Rain and wind, slow and dark.", "emerging", False),
        ("Langsames Atmen beruhigt dich.", "promising", True),
        ("Langsames Atmen kann manche beruhigen.", "promising", False),
        ("Es verbessert den Schlaf.", "mixed", True),
        ("Es verbessert den Schlaf.", "firm", False),
        ("Rauschen kann den Schlaf verbessern.", "emerging", False),
    ],
)
def test_an_effect_needs_may_or_some_people_below_firm(
    sentence: str, strength: evidence.Strength, is_too_much: bool
) -> None:
    assert bool(overclaims(sentence, strength)) == is_too_much


@pytest.mark.parametrize("page", pages.load().values(), ids=lambda page: page.name)
def test_no_paragraph_of_a_page_claims_more_than_its_evidence(page: pages.Page) -> None:
    for paragraph in page.paragraphs:
        for entry_id in paragraph.evidence:
            assert overclaims(paragraph.plain, STRENGTH(entry_id)) == ()


@pytest.mark.parametrize("page", pages.load().values(), ids=lambda page: page.name)
def test_a_paragraph_without_evidence_claims_no_effect(page: pages.Page) -> None:
    for paragraph in page.paragraphs:
        if not paragraph.evidence:
            assert overclaims(paragraph.plain, "mixed") == ()


HEDGES = re.compile(r"\b(may|might|some|possibly|not settled|mixed|disputed|not|no)\b")
REPORTS = re.compile(r"\b(stud(y|ies)|review|research\w*|findings?|laboratory)\b", re.I)
ADVISES = re.compile(r"\b(please|see|speak|skip|ask|start|stop|check|pick)\b", re.I)


@pytest.mark.parametrize("page", pages.load().values(), ids=lambda page: page.name)
def test_what_rests_on_less_than_firm_findings_is_hedged_reported_or_advice(
    page: pages.Page,
) -> None:
    flat = [
        (paragraph.plain, entry_id)
        for paragraph in page.paragraphs
        for entry_id in paragraph.evidence
        if STRENGTH(entry_id) != "firm"
        and not any(p.search(paragraph.plain) for p in (HEDGES, REPORTS, ADVISES))
    ]
    # That a rule of law is young says nothing about what the program does to keep it.
    assert [row for row in flat if not row[1].startswith("RG")] == []


@pytest.mark.parametrize("page", pages.load().values(), ids=lambda page: page.name)
def test_a_page_is_read_in_five_minutes(page: pages.Page) -> None:
    # Silent reading of English non-fiction: 238 words a minute (Brysbaert 2019).
    assert len(page.text.split()) <= 5 * 238


def test_no_text_of_the_pages_or_of_the_composer_claims_an_effect_unhedged() -> None:
    shown = ("README.md", ".html", ".po", ".js")
    read = [
        (where, text)
        for where, text in project.texts(ROOT)
        if where.endswith(shown) or where.startswith("src/undersong/compose/")
    ]
    assert len(read) > 500
    assert [(w, s) for w, text in read for s in overclaims(text, "mixed")] == []


@pytest.mark.parametrize("row", features.load(), ids=lambda row: row.id)
def test_no_feature_says_more_than_its_weakest_entry_allows(
    row: features.Feature,
) -> None:
    for entry_id in row.evidence:
        assert overclaims(row.says, STRENGTH(entry_id)) == ()


def test_the_notice_claims_nothing_and_says_what_it_must() -> None:
    notice = consent.load()
    whole = " ".join([notice.short, *(point.text for point in notice.points)])
    assert wording.check(whole) == []
    assert overclaims(whole, "mixed") == ()
    for said in ("not emotion recognition", "not a health check", "dropped", "skip"):
        assert said in notice.short
    assert "take this consent back" in whole


@pytest.mark.parametrize(("agreed", "holds"), [(0, False), (1, True), (2, True)])
def test_consent_holds_from_its_version_on(agreed: int, holds: bool) -> None:
    assert consent.load().model_copy(update={"version": 1}).covers(agreed) is holds
    assert not consent.load().model_copy(update={"version": 3}).covers(agreed)


SOUNDED = [
    phrase(
        "Your voice sounded {heard} than {against}.",
        heard=phrase(degree, word=word),
        against=against,
    )
    for name, (_, degree), against in product(SPOKEN_OF, NOTICEABLE, AGAINST.values())
    for word in (MARKER[name].more, MARKER[name].less)
]
"""Every way in which a reading tells how a voice sounded, from hear's tables."""


def reading_of(chance: random.Random) -> Reading:
    signals = {
        name: Signal(value=chance.random(), low=0, high=1, confidence=0.5, versus="you")
        for name in SIGNALS
    }
    return Reading(ok=True, sentences=(chance.choice(SOUNDED),), **signals)


def reasons_of(sessions: int) -> set[Reason]:
    chance = random.Random(11)
    blocks = [block.name for block in BLOCKS]
    found: set[Reason] = set()
    for seed in range(sessions):
        said = {name: chance.uniform(0, 10) for name in chance.sample(SIGNALS, 2)}
        some = chance.sample(blocks, 5)
        score = compose(
            chance.choice(OUTCOMES),
            seed=seed,
            minutes=chance.choice([5, 30, 60, 480]),
            reading=reading_of(chance) if chance.random() < 0.6 else None,
            said=said if chance.random() < 0.5 else None,
            wanted=some[:2] if chance.random() < 0.4 else (),
            never=some[2:] if chance.random() < 0.4 else (),
        )
        found.update(all_reasons(score))
    return found


@pytest.mark.parametrize(
    "sessions", [60, pytest.param(500, marks=pytest.mark.slow)], ids=str
)
def test_reasons_of_random_sessions_may_ship_and_claim_no_more_than_their_evidence(
    sessions: int,
) -> None:
    reasons = reasons_of(sessions)
    assert len(reasons) > 5 * sessions
    wrong = {
        (reason.sentence, finding.rule)
        for reason in reasons
        for finding in wording.check(f"{reason.sentence} {reason.otherwise}")
    }
    too_much = {
        (reason.sentence, reason.evidence)
        for reason in reasons
        if reason.evidence
        and overclaims(
            f"{reason.sentence} {reason.otherwise}", STRENGTH(reason.evidence)
        )
    }
    assert wrong == set()
    assert too_much == set()


def test_every_sentence_of_a_reading_may_ship() -> None:
    assert len(SOUNDED) > 20
    assert [s for s in SOUNDED if wording.check(s)] == []
    assert [s for s in SOUNDED if overclaims(s, "mixed")] == []
