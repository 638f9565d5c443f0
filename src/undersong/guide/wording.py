"""The wording check: finds sentences that promise more than an everyday sound tool may.

The rules are rows of wording.yaml. The check is a net for slips; a person still reads
everything others will see.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Literal

from pydantic import Field

from undersong.guide.sentences import quoted_spans, sentences
from undersong.guide.tables import filled, table
from undersong.values import Value

Verdict = Literal["allow", "warn", "ban"]
SEVERITY: tuple[Verdict, ...] = ("allow", "warn", "ban")

# Two words of one list share what is said before the first: "not treat, cure or heal".
JOINED = re.compile(r"[\s,/]*(?:\b(?:or|and|nor|oder|und|noch)\b)?\s*")
ENDING = r"\b(?:or|nor|oder|noch)\b"
LIST_GOES_ON = re.compile(rf"[^,.;:]{{0,30}}(?:,[^,.;:]{{0,30}}){{0,4}}{ENDING}")
LIST_ENDS = re.compile(ENDING)

WORD = re.compile(r"[^\W\d_]+")

TABLES: Mapping[str, str] = {"en": "wording", "de": "wording.de"}
"""The table of rules for each language."""


class Excuse(Value):
    """One reason why a match may stand."""

    help: str
    before: str = ""
    """Found between the start of the clause and the match."""
    listed: bool = False
    """`before` reaches over a comma only within a list: not diagnose, treat or cure."""
    not_before: str = ""
    inside: str = ""
    """Found in the match itself; enough by itself."""
    after: str = ""
    """Follows the match at once; enough by itself."""
    within: str = ""
    """Found anywhere in the sentence."""
    not_within: str = ""
    quoted: bool = False
    """The match lies inside quotation marks."""


class Rule(Value):
    """One kind of sentence that must not ship, or that a person should look at."""

    id: str
    name: str
    verdict: Literal["ban", "warn"]
    match: tuple[str, ...] = Field(min_length=1)
    excused_by: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    suggestion: str
    basis: tuple[str, ...] = Field(min_length=1)
    """Ids of entries of the evidence register."""


class Finding(Value):
    """One rule that a sentence breaks."""

    sentence: str
    verdict: Literal["ban", "warn"]
    rule: str
    name: str
    match: str
    suggestion: str


class Rules(Value):
    """The whole table."""

    language_words: frozenset[str]
    """Words that tell that a sentence is in this language."""
    clause_break: str
    asides: tuple[str, ...]
    false_denials: tuple[str, ...]
    excuses: Mapping[str, Excuse]
    rules: tuple[Rule, ...]


@lru_cache
def load(language: str = "en") -> Rules:
    """Return the rules that ship with the program, each {name} filled in."""
    rows = table(TABLES[language])
    return Rules.model_validate(filled(rows, rows.pop("words")))


@lru_cache(maxsize=2048)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def languages_of(sentence: str) -> tuple[str, ...]:
    """Return the languages a sentence may be in; every one where nothing tells."""
    words = WORD.findall(sentence.lower())
    counts = {
        name: sum(word in load(name).language_words for word in words)
        for name in TABLES
    }
    most = max(counts.values())
    return tuple(name for name, count in counts.items() if count == most)


def check(text: str) -> list[Finding]:
    """Return what a text's sentences break, in order; nothing means it may ship."""
    return list(chain.from_iterable(map(_findings, sentences(text))))


def verdict(text: str) -> Verdict:
    """Return the heaviest verdict on a text."""
    found = (finding.verdict for finding in check(text))
    return max(found, key=SEVERITY.index, default="allow")


def _findings(sentence: str) -> Iterator[Finding]:
    for rules in map(load, languages_of(sentence)):
        yield from _broken(rules, sentence)


def _broken(rules: Rules, sentence: str) -> Iterator[Finding]:
    for rule in rules.rules:
        match = _first_that_counts(rules, rule, sentence)
        if match:
            yield Finding(
                sentence=sentence,
                verdict=rule.verdict,
                rule=rule.id,
                name=rule.name,
                match=match.group().strip(),
                suggestion=rule.suggestion,
            )


def _first_that_counts(rules: Rules, rule: Rule, sentence: str) -> re.Match[str] | None:
    matches = [m for p in rule.match for m in _pattern(p).finditer(sentence)]
    if not matches or any(_pattern(p).search(sentence) for p in rule.unless):
        return None
    excused_to = -1
    for match in sorted(matches, key=lambda m: m.start()):
        continues = 0 <= excused_to <= match.start() and JOINED.fullmatch(
            sentence, excused_to, match.start()
        )
        if continues or _is_excused(rules, rule, match):
            excused_to = match.end()
        else:
            return match
    return None


def _is_excused(rules: Rules, rule: Rule, match: re.Match[str]) -> bool:
    said = _without_false_denials(rules, match.string)
    return any(
        _holds(rules, rules.excuses[name], match, said) for name in rule.excused_by
    )


def _holds(rules: Rules, excuse: Excuse, match: re.Match[str], said: str) -> bool:
    sentence = match.string
    spans = quoted_spans(sentence)
    after = sentence[match.end() :]
    clause = _clause_before(rules, said[: match.start()])
    if excuse.inside and _pattern(excuse.inside).search(said, *match.span()):
        return True
    if excuse.after and _pattern(excuse.after).match(after):
        return True
    if excuse.quoted and not any(
        a <= match.start() and match.end() <= b for a, b in spans
    ):
        return False
    around = _without(sentence, spans) if excuse.quoted else sentence
    unwanted = ((excuse.not_before, clause), (excuse.not_within, around))
    return (
        (not excuse.before or _reaches(excuse, clause, after))
        and (not excuse.within or bool(_pattern(excuse.within).search(around)))
        and not any(_pattern(p).search(t) for p, t in unwanted if p)
    )


def _reaches(excuse: Excuse, clause: str, after: str) -> bool:
    """Return whether the excuse's words, said before, still hold at the match."""
    said = list(_pattern(excuse.before).finditer(clause))
    if not said:
        return False
    between = clause[said[-1].end() :]
    if not excuse.listed or "," not in between:
        return True
    last = between.rsplit(",", 1)[1]
    return bool(LIST_ENDS.search(last) or LIST_GOES_ON.match(after))


def _without_false_denials(rules: Rules, sentence: str) -> str:
    """Return a sentence, as long as before, without words that only seem to deny."""
    for pattern in (*rules.asides, *rules.false_denials):
        sentence = _pattern(pattern).sub(_blank, sentence)
    return sentence


def _clause_before(rules: Rules, text: str) -> str:
    """Return the last clause of a text."""
    breaks = list(_pattern(rules.clause_break).finditer(text))
    return text[breaks[-1].start() + 1 :] if breaks else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without(sentence: str, spans: list[tuple[int, int]]) -> str:
    for begin, end in reversed(spans):
        sentence = sentence[:begin] + sentence[end:]
    return sentence
