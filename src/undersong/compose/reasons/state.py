"""Reasons that rest on what was said and heard, with what it would be without."""

from collections.abc import Iterator, Mapping

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.journey import journey_of
from undersong.compose.plans import DIMENSION_WORDS, DIMENSIONS
from undersong.compose.reasons.made import Made, listed, usual_curve
from undersong.compose.score import Reason

SIGNAL_LABELS: Mapping[str, str] = {
    **{"stress": "tension", "fatigue": "tiredness", "energy": "energy"},
}

TELLING = 0.03
"""A journey that starts this much elsewhere is worth words."""

DIRECTION_WORDS: Mapping[str, tuple[str, str]] = {
    "arousal": ("quieter in pace", "livelier"),
    "brightness": ("darker", "brighter"),
    "density": ("sparser", "busier"),
    "warmth": ("cooler", "warmer"),
}


def state_reasons(made: Made) -> Iterator[Reason]:
    """Yield what was said and what was heard, each with its effect."""
    pulls = made.brief.state.pulls
    heard = made.reading.signals if made.reading is not None else {}
    said = {n: p for n, p in pulls.items() if p.source == "said"}
    voiced = {n: p for n, p in pulls.items() if p.source == "reading"}
    effect, otherwise = _effect(made)
    if said:
        told = listed(
            [f"{SIGNAL_LABELS[n]} to {10 * p.raw:g}" for n, p in said.items()]
        )
        over = (
            " What you say counts before the voice." if set(said) & set(heard) else ""
        )
        yield Reason(
            choice="journey",
            because="said",
            sentence=f"You set {told} of 10, so it {effect}.{over}",
            otherwise=otherwise,
        )
    if voiced:
        strength = max(pull.strength for pull in voiced.values())
        sentences = made.reading.sentences if made.reading is not None else ()
        sounded = sentences[0] if sentences else VOICE_UNTOLD
        yield Reason(
            choice="journey",
            because="reading",
            sentence=f"{sounded} That is a hint, weighed at {strength:.0%}: "
            f"it {effect}.",
            evidence="VO-01",
            otherwise=otherwise,
        )
        yield from _earned(made.brief.voice_weight, strength)
    if not said and not voiced:
        yield Reason(
            choice="journey",
            because="outcome",
            sentence="Nothing was said or heard, so it follows what you chose alone.",
            otherwise="With the sliders or your voice it would begin nearer to you.",
        )


def _earned(voice_weight: float, strength: float) -> Iterator[Reason]:
    """Yield how far this person's voice counts, where it does not count in full."""
    if 0 < voice_weight < 1:
        yield Reason(
            choice="journey",
            because="said",
            sentence=f"Your voice counts for {voice_weight:.0%} with you, because what "
            "you said has fitted better where the two differed.",
            otherwise=f"Counted in full, it would weigh {strength / voice_weight:.0%}.",
        )


VOICE_UNTOLD = "Your voice was compared with the usual."


def _effect(made: Made) -> tuple[str, str]:
    """Return what the state does to the sound, and what would be without it."""
    usual = journey_of(made.usual, made.choice.candidate)
    when = "begins" if made.brief.shape == "meet" else "is"
    words = [
        DIRECTION_WORDS[name][difference > 0]
        for name in DIMENSIONS
        if abs(difference := made.journey[name].value(0) - usual[name].value(0))
        >= TELLING
    ]
    if not words:
        return f"{when} as it would for anyone", "It would be much the same."
    instead = listed(
        [
            f"{DIMENSION_WORDS[name]} {usual[name].value(0):.0%} instead of "
            f"{made.journey[name].value(0):.0%}"
            for name in DIMENSIONS
            if abs(made.journey[name].value(0) - usual[name].value(0)) >= TELLING
        ]
    )
    first = _notes_a_minute(made)
    return (
        f"{when} {listed(words)} than it would for your usual self",
        f"For your usual self it would begin with {instead}{first}.",
    )


def _notes_a_minute(made: Made) -> str:
    """Return the counterfactual tempo in notes, where a layer plays notes."""
    for layer in made.layers:
        if "density" in layer.params:
            row = BLOCK_BY_NAME[layer.block].parameter("density")
            usual = usual_curve(made, layer.block, row).value(0)
            now = layer.params["density"].value(0)
            label = BLOCK_BY_NAME[layer.block].label
            return f", {label} at {usual:.0f} instead of {now:.0f} notes a minute"
    return ""
