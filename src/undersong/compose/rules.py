"""The outcome rules in words: one sentence a rule, with the evidence it rests on.

The numbers behind them are in `plans`. Evidence is named by its id in the register.
"""

from collections.abc import Mapping

from undersong.compose.score import Outcome
from undersong.values import Value


class Rule(Value):
    """One sentence of an outcome's rules, and what it governs."""

    outcome: Outcome
    choice: str
    """Path of the field it explains; see `Reason.choice`."""
    sentence: str
    evidence: str | None
    otherwise: str


def _rules(
    outcome: Outcome, *rows: tuple[str, str, str | None, str]
) -> tuple[Rule, ...]:
    return tuple(
        Rule(outcome=outcome, choice=a, sentence=b, evidence=c, otherwise=d)
        for a, b, c, d in rows
    )


RULES: tuple[Rule, ...] = (
    *_rules(
        "calm",
        (
            "layers",
            "Water, air or fire lie under slow tones: nature sounds are popular for "
            "winding down, and some people prefer other things.",
            "NA-01",
            "With focus chosen, steady tones would lead.",
        ),
        (
            "journey",
            "Slow, soft and mid-dark: slow music is what many people call relaxing.",
            "TP-01",
            "With focus chosen it would be steadier and a little brighter.",
        ),
        (
            "loudness_lufs",
            "One moderate, even level throughout; the volume is yours.",
            "NA-02",
            "With sleep chosen the level would fall and fade.",
        ),
        (
            "outro_seconds",
            "It ends with a composed fade of {outro:g} seconds instead of a cut.",
            None,
            "With focus chosen the ending would be shorter.",
        ),
    ),
    *_rules(
        "focus",
        (
            "layers",
            "Steady sound; birds, plucked notes and plain noise only if you ask for "
            "them: noise may help some people concentrate and distracts others.",
            "FO-02",
            "With calm chosen there could be plucked notes and birds unasked.",
        ),
        (
            "journey",
            "Even and moderate, so that little in it asks for attention; generated "
            "background sound has early, cautious support.",
            "FO-03",
            "With calm chosen it would be slower and softer.",
        ),
        (
            "loudness_lufs",
            "One moderate, even level throughout; the volume is yours.",
            "NA-02",
            "With sleep chosen the level would fall and fade.",
        ),
        (
            "outro_seconds",
            "It ends with a short fade of {outro:g} seconds instead of a cut.",
            None,
            "With calm chosen the ending would be longer.",
        ),
    ),
    *_rules(
        "sleep",
        (
            "layers",
            "Nature and dark tones, no tunes: a catchy tune near bedtime may stay in "
            "some people's heads.",
            "SL-04",
            "With calm chosen there could be plucked notes and birds.",
        ),
        (
            "journey",
            "Dark, slow and sparse: sound people pick for bed is often darker than "
            "what they pick to relax.",
            "SL-03",
            "With calm chosen it would be brighter and busier.",
        ),
        (
            "loudness_lufs",
            "The level falls from {loudness:g} to {end:g} LUFS and fades to silence, "
            "because sound that runs all night may not suit everyone's sleep.",
            "SL-06",
            "With all night chosen the level would stay at {end:g} LUFS.",
        ),
        (
            "outro_seconds",
            "If you stop it, it fades over {outro:g} seconds instead of a cut.",
            None,
            "With focus chosen the ending would be shorter.",
        ),
    ),
)

ALL_NIGHT = Rule(
    outcome="sleep",
    choice="loudness_lufs",
    sentence="You chose all night, so the level falls to {end:g} LUFS and stays. What "
    "continuous sound does to sleep is not settled: findings run both ways, and one "
    "small study found less dream sleep with pink noise. Some people do better with a "
    "timer.",
    evidence="SL-06",
    otherwise="With a timer of 10 to 90 minutes it would fade to silence.",
)


def rules_of(outcome: Outcome) -> Mapping[str, Rule]:
    """Return an outcome's rules by the field they govern."""
    return {rule.choice: rule for rule in RULES if rule.outcome == outcome}
