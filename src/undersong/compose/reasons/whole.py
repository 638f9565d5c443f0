"""Reasons for the session as a whole: rules, signature, journey, harmony, frame."""

from collections.abc import Iterator

from undersong.compose.journey import glide_end, journey_of
from undersong.compose.plans import DIMENSION_WORDS, DIMENSIONS
from undersong.compose.reasons.made import Made, brief_because
from undersong.compose.rules import ALL_NIGHT, Rule, rules_of
from undersong.compose.score import Because, Reason
from undersong.compose.signature import NOTE_NAMES
from undersong.phrases import phrase
from undersong.units import samples_to_seconds


def shape_reason(made: Made) -> Reason:
    """Return the reason for how the journey begins."""
    brief = made.brief
    minutes = samples_to_seconds(glide_end(brief.plan, brief.minutes)) / 60
    if brief.shape == "meet":
        sentence = phrase(
            "It begins near where you are and moves to {outcome} over {minutes:.0f} "
            "minutes: an old idea from music practice, with mixed evidence, that may "
            "suit you or not.",
            outcome=brief.outcome,
            minutes=minutes,
        )
        otherwise = phrase("Going straight there, it would begin at its target.")
    else:
        sentence = phrase(
            "It starts at its target and stays there: beginning elsewhere has mixed "
            "evidence and may not be needed."
        )
        otherwise = phrase("Easing in, it would begin nearer to you.")
    return Reason(
        choice="shape",
        because="request" if brief.asked_shape is not None else brief_because(brief),
        sentence=sentence,
        evidence="ISO-02",
        otherwise=otherwise,
    )


def outcome_reasons(made: Made) -> Iterator[Reason]:
    """Yield the rules of the outcome."""
    brief = made.brief
    rules = dict(rules_of(brief.outcome))
    if brief.all_night:
        rules["loudness_lufs"] = ALL_NIGHT
    for rule in rules.values():
        yield _from_rule(rule, made)


def _from_rule(rule: Rule, made: Made) -> Reason:
    numbers = {
        "loudness": made.brief.plan.loudness_lufs,
        "end": made.brief.plan.end_lufs,
        "outro": made.outro_seconds,
    }
    return Reason(
        choice=rule.choice,
        because="outcome",
        sentence=phrase(rule.sentence, **numbers),
        evidence=rule.evidence,
        otherwise=phrase(rule.otherwise, **numbers),
    )


def signature_reason(made: Made) -> Reason:
    """Return the reason for the key, motifs and instruments."""
    signature, harmony = made.brief.signature, made.harmony
    own_key = _key(signature.tonic, signature.scale)
    if not made.brief.own_signature:
        return Reason(
            choice="signature",
            because="chance",
            sentence=phrase(
                "Its motifs and their key, {key}, were drawn this time.", key=own_key
            ),
            otherwise=phrase(
                "With a signature of your own they would return each time."
            ),
        )
    key = _key(harmony.tonic, harmony.scale)
    return Reason(
        choice="signature",
        because="signature",
        sentence=phrase(
            OWN_KEY if key == own_key else NEAR_OWN_KEY, key=key, own=own_key
        ),
        evidence="ID-01",
        otherwise=phrase("Another person's signature would put it in another key."),
    )


OWN_KEY = phrase(
    "Your own key of {own}, your motifs and your instruments, the same in every "
    "session of yours: what is familiar may be easier to relax to."
)
NEAR_OWN_KEY = phrase(
    "{key}, near your own key of {own}, your motifs and your instruments, the same in "
    "every session of yours: what is familiar may be easier to relax to."
)


def _key(tonic: int, scale: str) -> str:
    return phrase(
        "{note} {scale}",
        note=NOTE_NAMES[tonic % 12],
        scale=scale.replace("_", " "),
    )


def journey_reasons(made: Made) -> Iterator[Reason]:
    """Yield a reason for each curve of the journey and each weather."""
    usual = journey_of(made.usual, made.choice.candidate)
    for name in DIMENSIONS:
        curve = made.journey[name]
        first, last = curve.knots[0][1], curve.knots[-1][1]
        lean = made.choice.candidate.leans[name]
        yield Reason(
            choice=f"journey.{name}",
            because=brief_because(made.brief),
            sentence=phrase(
                "{dimension} goes from {first:.0%} to {last:.0%}; this session leans "
                "{lean:+.0%} so that it differs from others.",
                dimension=DIMENSION_WORDS[name],
                first=first,
                last=last,
                lean=lean,
            ),
            otherwise=phrase(
                "For your usual self it would go from {first:.0%} to {last:.0%}.",
                first=usual[name].knots[0][1],
                last=usual[name].knots[-1][1],
            ),
        )
    weather = made.brief.plan.weather
    told = WIDE if made.brief.outcome == "calm" else NARROW
    for latent, depth in weather.items():
        yield Reason(
            choice=f"weather.{latent}",
            because="outcome",
            sentence=phrase(
                told, weather=latent, depth=depth, outcome=made.brief.outcome
            ),
            otherwise=phrase("Other outcomes let it swing more or less."),
        )


WIDE = phrase(
    "{weather} may swing over {depth:.0%} of its range: wide weather for {outcome}."
)
NARROW = phrase(
    "{weather} may swing over {depth:.0%} of its range: narrow weather for {outcome}."
)


def harmony_reasons(made: Made) -> Iterator[Reason]:
    """Yield the reasons for the key and pace of the chords."""
    harmony, signature = made.harmony, made.brief.signature
    same = (harmony.tonic, harmony.scale) == (signature.tonic, signature.scale)
    yield Reason(
        choice="harmony",
        because="signature" if same else "novelty",
        sentence=phrase(
            "Harmony stays in the signature's key, in an order of chords drawn for "
            "this session."
        )
        if same
        else phrase(
            "Harmony moves to {key}, near the signature's key.",
            key=_key(harmony.tonic, harmony.scale),
        ),
        otherwise=phrase("Another seed would order the chords otherwise."),
    )
    quick, slow = made.brief.plan.chord_seconds
    yield Reason(
        choice="harmony.chord_seconds",
        because=brief_because(made.brief),
        sentence=phrase(
            "A chord lasts {seconds:g} seconds, within {quick:g} for lively and "
            "{slow:g} for still. Slow change is what many people may find relaxing.",
            seconds=harmony.chord_seconds,
            quick=quick,
            slow=slow,
        ),
        evidence="TP-01",
        otherwise=phrase("At rest it would last {slow:g} seconds.", slow=slow),
    )


def frame_reasons(made: Made) -> Iterator[Reason]:
    """Yield a reason for each remaining field."""
    brief = made.brief
    rows: tuple[tuple[str, Because, str, str], ...] = (
        (
            "outcome",
            "request",
            phrase("You chose {outcome}.", outcome=brief.outcome),
            phrase("Another choice would follow other rules."),
        ),
        (
            "minutes",
            "request",
            phrase("It lasts {minutes:g} minutes.", minutes=brief.total_minutes),
            phrase("Another length would stretch the same journey."),
        ),
        (
            "seed",
            "chance",
            phrase(
                "This number fixes everything left to chance; with the same inputs it "
                "gives the same score."
            ),
            phrase("Another number would give another arrangement."),
        ),
        (
            "fade_in_seconds",
            "outcome",
            phrase(
                "It fades in over {seconds:.2g} seconds, and can be heard within two.",
                seconds=made.fade_in_seconds,
            ),
            phrase("Without a fade it would begin abruptly."),
        ),
        (
            "events",
            "request",
            phrase(
                "Whatever you change while it plays is added here, each with its "
                "reason."
            ),
            phrase("Untouched, it plays as planned."),
        ),
        (
            "version",
            "format",
            phrase(
                "The version of the score's format, so that old scores keep playing."
            ),
            "",
        ),
        (
            "sample_rate",
            "format",
            phrase("All sound is made at this many samples a second."),
            "",
        ),
    )
    for choice, because, sentence, otherwise in rows:
        yield Reason(
            choice=choice, because=because, sentence=sentence, otherwise=otherwise
        )
