"""Reasons that rest on what was said and heard, with what it would be without."""

from collections.abc import Iterator, Mapping

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.journey import journey_of
from undersong.compose.plans import DIMENSION_WORDS, DIMENSIONS
from undersong.compose.reasons.made import Made, usual_curve
from undersong.compose.score import Reason
from undersong.phrases import listed, phrase

SIGNAL_LABELS: Mapping[str, str] = {
    "stress": phrase("tension"),
    "fatigue": phrase("tiredness"),
    "energy": phrase("energy"),
}

TELLING = 0.03
"""A journey that starts this much elsewhere is worth words."""

DIRECTION_WORDS: Mapping[str, tuple[str, str]] = {
    "arousal": (phrase("quieter in pace"), phrase("livelier")),
    "brightness": (phrase("darker"), phrase("brighter")),
    "density": (phrase("sparser"), phrase("busier")),
    "warmth": (phrase("cooler"), phrase("warmer")),
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
            [
                phrase(
                    "{signal} to {place:g}", signal=SIGNAL_LABELS[n], place=10 * p.raw
                )
                for n, p in said.items()
            ]
        )
        yield Reason(
            choice="journey",
            because="said",
            sentence=phrase(
                SAID_FIRST if set(said) & set(heard) else SAID_ALONE,
                told=told,
                effect=effect,
            ),
            otherwise=otherwise,
        )
    if voiced:
        strength = max(pull.strength for pull in voiced.values())
        sentences = made.reading.sentences if made.reading is not None else ()
        sounded = sentences[0] if sentences else VOICE_UNTOLD
        unset = listed([SIGNAL_LABELS[name] for name in voiced])
        yield Reason(
            choice="journey",
            because="reading",
            sentence=phrase(
                VOICE_BESIDE if said else VOICE_ALONE,
                sounded=sounded,
                strength=strength,
                effect=effect,
                signals=unset,
            ),
            evidence="VO-01",
            otherwise=phrase(
                "Had you set {signals} too, the voice would not count.", signals=unset
            )
            if said
            else otherwise,
        )
        yield from _earned(made.brief.voice_weight, strength)
    if not said and not voiced:
        yield Reason(
            choice="journey",
            because="outcome",
            sentence=phrase(
                "Nothing was said or heard, so it follows what you chose alone."
            ),
            otherwise=phrase(
                "With the sliders or your voice it would begin nearer to you."
            ),
        )


def _earned(voice_weight: float, strength: float) -> Iterator[Reason]:
    """Yield how far this person's voice counts, where it does not count in full."""
    if 0 < voice_weight < 1:
        yield Reason(
            choice="journey",
            because="said",
            sentence=phrase(
                "Your voice counts for {weight:.0%} with you, because what you said "
                "has fitted better where the two differed.",
                weight=voice_weight,
            ),
            otherwise=phrase(
                "Counted in full, it would weigh {weight:.0%}.",
                weight=strength / voice_weight,
            ),
        )


VOICE_UNTOLD = phrase("Your voice was compared with the usual.")
VOICE_ALONE = phrase(
    "{sounded} That is a hint, weighed at {strength:.0%}: it {effect}."
)
VOICE_BESIDE = phrase(
    "{sounded} That is a hint, weighed at {strength:.0%}, and counts for {signals}, "
    "which you did not set."
)
"""What was said has told the effect of both already."""

SAID_ALONE = phrase("You set {told} of 10, so it {effect}.")
SAID_FIRST = phrase(
    "You set {told} of 10, so it {effect}. What you say counts before the voice."
)


def _effect(made: Made) -> tuple[str, str]:
    """Return what the state does to the sound, and what would be without it."""
    usual = journey_of(made.usual, made.choice.candidate)
    begins = made.brief.shape == "meet"
    telling = [
        (name, made.journey[name].value(0), usual[name].value(0))
        for name in DIMENSIONS
        if abs(made.journey[name].value(0) - usual[name].value(0)) >= TELLING
    ]
    if not telling:
        return LIKE_ANYONE[begins], phrase("It would be much the same.")
    words = [DIRECTION_WORDS[name][now > then] for name, now, then in telling]
    instead = [
        phrase(
            "{dimension} {then:.0%} instead of {now:.0%}",
            dimension=DIMENSION_WORDS[name],
            then=then,
            now=now,
        )
        for name, now, then in telling
    ]
    return (
        phrase(OTHERWISE[begins], words=listed(words)),
        phrase(
            "For your usual self it would begin with {instead}.",
            instead=listed([*instead, *_notes_a_minute(made)]),
        ),
    )


LIKE_ANYONE: Mapping[bool, str] = {
    True: phrase("begins as it would for anyone"),
    False: phrase("is as it would for anyone"),
}
OTHERWISE: Mapping[bool, str] = {
    True: phrase("begins {words} than it would for your usual self"),
    False: phrase("is {words} than it would for your usual self"),
}
"""By whether it begins near the person and moves."""


def _notes_a_minute(made: Made) -> Iterator[str]:
    """Yield the counterfactual tempo in notes, where a layer plays notes."""
    for layer in made.layers:
        if "density" in layer.params:
            row = BLOCK_BY_NAME[layer.block].parameter("density")
            usual = usual_curve(made, layer.block, row).value(0)
            now = layer.params["density"].value(0)
            yield phrase(
                "{sound} at {then:.0f} instead of {now:.0f} notes a minute",
                sound=BLOCK_BY_NAME[layer.block].label,
                then=usual,
                now=now,
            )
            return
