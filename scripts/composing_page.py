"""The tables of docs/composing.md, made from the composer's own."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from undersong.compose.events import LAYER_NUDGES, NUDGES
from undersong.compose.lessons import LESSONS
from undersong.compose.mapping import PARAMETER_ROWS, STATE_ROWS
from undersong.compose.plans import (
    DIMENSION_WORDS,
    DIMENSIONS,
    PLANS,
    Plan,
)
from undersong.compose.presets import PRESETS
from undersong.compose.rules import RULES, Rule
from undersong.compose.score import OUTCOMES
from undersong.trial.design import COMPARISONS

PAGE = Path(__file__).parent.parent / "docs" / "composing.md"

Row = Sequence[str]


def composing_page() -> str:
    """Return docs/composing.md with its tables made anew; the prose stays."""
    text = PAGE.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        text = re.sub(
            rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
            lambda found, table=table: f"{found[1]}{table()}{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _plans() -> str:
    rows: list[Row] = [
        [label, *(show(PLANS[outcome]) for outcome in OUTCOMES)]
        for label, show in PLAN_ROWS.items()
    ]
    return _table(["", *OUTCOMES], rows)


def _layers(plan: Plan) -> str:
    return ", ".join(
        f"{min(quota.counts)}–{max(quota.counts)} {quota.role}" for quota in plan.quotas
    )


def _spans(plan: Plan) -> str:
    return ", ".join(
        f"{name} {low:.0%}–{high:.0%}" for name, (low, high) in plan.units.items()
    )


def _numbers(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())


PLAN_ROWS: Mapping[str, Callable[[Plan], str]] = {
    "layers": _layers,
    "most layers": lambda plan: str(plan.most_layers),
    "highest salience": lambda plan: f"{plan.salience:g}",
    "journey's target": lambda plan: _numbers(plan.target),
    "met at, when usual": lambda plan: _numbers(plan.arrival),
    "glide": lambda plan: (
        f"{plan.glide_share:.0%} of the session, at most {plan.glide_minutes:g} min"
    ),
    "settings": _spans,
    "weather": lambda plan: _numbers(plan.weather),
    "balance wanders": lambda plan: f"{plan.arc_db:g} dB over 3–7 min",
    "a chord lasts": lambda plan: "{:g}–{:g} s".format(*plan.chord_seconds),
    "scales, by weight": lambda plan: _numbers(plan.scales),
    "level": lambda plan: (
        f"{plan.loudness_lufs:g} LUFS"
        if plan.loudness_lufs == plan.end_lufs
        else f"{plan.loudness_lufs:g} to {plan.end_lufs:g} LUFS, then silence"
    ),
    "fade in, ending": lambda plan: (
        f"{plan.fade_in_seconds:g} s, {plan.outro_seconds:g} s"
    ),
}


def _rules() -> str:
    return _table(
        ["outcome", "governs", "why", "evidence"],
        (
            [
                rule.outcome,
                f"`{rule.choice}`",
                _sentence(rule),
                rule.evidence or "–",
            ]
            for rule in RULES
        ),
    )


def _sentence(rule: Rule) -> str:
    plan = PLANS[rule.outcome]
    return rule.sentence.format(
        loudness=plan.loudness_lufs, end=plan.end_lufs, outro=plan.outro_seconds
    )


def _signed(weight: float | None) -> str:
    return "" if not weight else f"{weight:+g}"


def _state() -> str:
    return _table(
        ["part", "moves", "start", "target", "heard as", "source"],
        (
            [
                row.part,
                DIMENSION_WORDS[row.curve],
                _signed(row.start) or "–",
                _signed(row.target) or "–",
                row.heard_as,
                f"{row.evidence}: {row.source}",
            ]
            for row in STATE_ROWS
        ),
    )


def _parameters() -> str:
    return _table(
        ["parameter", *(DIMENSION_WORDS[name] for name in DIMENSIONS)],
        (
            [f"`{name}`", *(_signed(row.weights.get(curve)) for curve in DIMENSIONS)]
            for name, row in PARAMETER_ROWS.items()
        ),
    )


LAYER_NUDGE_HELP: Mapping[str, str] = {
    "more": "That layer rises by 4 dB; one that was silenced comes back.",
    "less": "That layer falls by 4 dB.",
    "no": "That layer falls silent.",
}


def _nudges() -> str:
    rows: list[Row] = [[f"`{row.name}`", row.label, row.help] for row in NUDGES]
    rows += [
        [f"`{verb}:<block>`", label.format(sound="…"), LAYER_NUDGE_HELP[verb]]
        for verb, (label, _) in LAYER_NUDGES.items()
    ]
    return _table(["name", "label", "what it changes"], rows)


def _comparisons() -> str:
    return _table(
        ["name", "question", "a", "b"],
        ([f"`{r.name}`", r.question, r.a.label, r.b.label] for r in COMPARISONS),
    )


def _presets() -> str:
    return _table(
        ["for", "preset", "title", "what it is"],
        ([r.outcome, f"`{r.name}`", r.title, r.help] for r in PRESETS),
    )


def _lessons() -> str:
    return _table(
        ["it learns from", "about", "liking, -1 to 1", "counts as"],
        (
            [
                row.what,
                row.about,
                "as given" if row.liked is None else f"{row.liked:g}",
                f"{row.weight:g}",
            ]
            for row in LESSONS
        ),
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "lessons": _lessons,
    "plans": _plans,
    "rules": _rules,
    "state": _state,
    "parameters": _parameters,
    "nudges": _nudges,
    "comparisons": _comparisons,
    "presets": _presets,
}
