"""Every field of every score has a reason, worded as the register allows."""

import re
from collections.abc import Iterator

import pytest
from asking import reading_of, wishes
from hypothesis import given, settings

from undersong.compose.brief import Dawn
from undersong.compose.composer import compose
from undersong.compose.curve import Curve
from undersong.compose.events import check_in, nudge, stop
from undersong.compose.novelty import RECENT
from undersong.compose.question import disagreement
from undersong.compose.score import Score
from undersong.compose.signature import signature_from
from undersong.compose.taste import Taste
from undersong.compose.why import FEWEST, MOST, all_reasons, headlines, summary, told
from undersong.guide.evidence import load
from undersong.guide.wording import check

OWN = {"reasons"}
"""The reasons themselves need none."""

SINGLY = re.compile(r"layers\.\d+\.(gain_db|params\.\w+)|journey\.\w+|weather\.\w+")
"""Fields that need a reason of their own, not that of the part they belong to."""


def fields_of(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every leaf of a score; a curve is a leaf."""
    if isinstance(value, Curve) or not hasattr(value, "model_fields_set"):
        if isinstance(value, tuple) and value and hasattr(value[0], "model_fields_set"):
            for i, item in enumerate(value):
                yield from fields_of(item, f"{path}.{i}")
        elif hasattr(value, "items"):
            for name, item in value.items():
                yield from fields_of(item, f"{path}.{name}")
        else:
            yield path.lstrip(".")
        return
    for name in type(value).model_fields:
        if name not in OWN:
            yield from fields_of(getattr(value, name), f"{path}.{name}")


def unexplained(score: Score) -> list[str]:
    choices = {reason.choice for reason in all_reasons(score)}

    def explained(path: str) -> bool:
        single = SINGLY.match(path)
        if single:
            return single.group() in choices
        parts = path.split(".")
        return any(".".join(parts[: n + 1]) in choices for n in range(len(parts)))

    return [path for path in fields_of(score) if not explained(path)]


def rich_scores() -> list[Score]:
    """Return scores that use every way a choice can come about."""
    signature = signature_from(3)
    scores: list[Score] = []
    taste = Taste()
    for seed, outcome in enumerate(["calm", "focus", "sleep"] * 4):
        score = compose(
            outcome,
            seed=seed,
            reading=reading_of(stress=0.7, energy=0.3),
            said={"fatigue": 8.0},
            taste=taste,
            signature=signature,
            recent=scores[-RECENT:],
            never=["fan"],
        )
        taste = taste.updated(score, outcome, 0.8)
        scores.append(score)
    dawn = compose("sleep", seed=1, minutes=30, dawn=Dawn(at_minutes=60))
    night = compose("sleep", seed=1, minutes=400, wanted=["brown_noise"])
    minute = 60 * 48_000
    played = nudge(scores[0], "darker", minute)
    played = nudge(played, f"no:{played.layers[0].block}", 2 * minute)
    played = stop(check_in(played, 3 * minute, said={"energy": 2}), 4 * minute)
    return [*scores, dawn, night, played]


RICH = rich_scores()


@pytest.mark.parametrize("score", RICH, ids=lambda score: score.outcome)
def test_every_field_has_a_reason(score):
    assert unexplained(score) == []


@settings(max_examples=30)
@given(wishes)
def test_every_field_of_any_score_has_a_reason(wish):
    assert unexplained(compose(**wish)) == []


def test_the_walk_would_find_a_field_without_a_reason():
    score = compose("calm", seed=1)
    kept = tuple(r for r in score.reasons if r.choice != "layers.0.gain_db")
    assert unexplained(score.model_copy(update={"reasons": kept})) == [
        "layers.0.gain_db"
    ]


@pytest.mark.parametrize("score", RICH, ids=lambda score: score.outcome)
def test_summary_has_five_to_ten_reasons(score):
    lines = summary(score)
    assert FEWEST <= len(lines) <= MOST
    assert len({line.sentence for line in lines}) == len(lines)


def test_every_way_a_choice_can_come_about_is_used_and_told():
    used = {reason.because for score in RICH for reason in all_reasons(score)}
    assert used == {
        *("outcome", "reading", "said", "taste", "signature", "novelty"),
        *("request", "chance", "format"),
    }


def test_every_reason_says_what_it_would_have_been():
    for score in RICH:
        for reason in all_reasons(score):
            assert reason.otherwise or reason.because == "format", reason


def test_evidence_named_is_in_the_register_and_gets_its_strength_word():
    register = load()
    for row in told(all_reasons(RICH[0]), register.strength):
        if row.evidence is not None:
            assert row.strength == register.entry(row.evidence).strength


HEDGES = re.compile(
    r"\b(may|might|some people|many people|people|mixed|early|not settled|often|hint"
    r"|moderate)\b"
)


def test_sentences_on_less_than_firm_evidence_are_hedged():
    register = load()
    for score in RICH:
        for reason in all_reasons(score):
            if reason.evidence and register.strength(reason.evidence) != "firm":
                whole = f"{reason.sentence} {reason.otherwise}"
                assert HEDGES.search(whole), whole


def test_sentences_keep_the_wording_rules():
    question = disagreement(reading_of(stress=0.8), {"stress": 1})
    assert question is not None
    sentences = {question.sentence}
    for score in RICH:
        for reason in all_reasons(score):
            sentences |= {reason.sentence, reason.otherwise}
    assert [found for text in sentences for found in check(text)] == []


def test_weight_that_a_voice_has_earned_is_told_where_it_is_not_the_whole():
    reading = reading_of(energy=0.9)
    told = {
        weight: [
            r
            for r in summary(compose("calm", seed=1, reading=reading, voice_weight=w))
            if "Your voice counts for" in r.sentence
        ]
        for weight, w in (("whole", 1.0), ("half", 0.5), ("none", 0.0))
    }
    assert [len(told[name]) for name in ("whole", "half", "none")] == [0, 1, 0]
    assert "counts for 50%" in told["half"][0].sentence
    assert told["half"][0].otherwise == "Counted in full, it would weigh 100%."


@pytest.mark.parametrize("said", [None, {"stress": 8}, {"stress": 8, "energy": 2}])
@pytest.mark.parametrize("seed", range(4))
def test_no_two_headlines_say_the_same_half(said, seed):
    score = compose("calm", seed=seed, reading=reading_of(fatigue=0.9), said=said)
    told = [half for r in headlines(score) for half in (r.sentence, r.otherwise)]
    assert len(set(told)) == len(told)
    effects = [half for half in told if "your usual self" in half]
    assert len(effects) <= 2


def test_headlines_are_the_last_changes_and_then_the_summary():
    score = compose("calm", seed=8)
    for number, name in enumerate(("darker", "softer", "brighter", "warmer")):
        score = nudge(score, name, (number + 1) * 48_000)
    told = headlines(score)
    asked = [reason.sentence.split(".")[0] for reason in told[:3]]
    assert asked == [f"You asked for {n}" for n in ("warmer", "brighter", "softer")]
    assert told[3:] == summary(score)[: MOST - 3]


def test_otherwise_is_what_would_have_been_for_the_usual_self():
    said = compose("calm", seed=8, said={"energy": 9})
    usual = compose("calm", seed=8, journey_shape="meet")
    reason = next(r for r in said.reasons if r.choice == "journey.arousal")
    assert f"from {usual.journey['arousal'].value(0):.0%}" in reason.otherwise
