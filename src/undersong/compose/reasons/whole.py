"""Reasons for the session as a whole: rules, novelty, taste, signature, frame."""

from collections.abc import Iterator, Mapping

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.journey import glide_end, journey_of
from undersong.compose.novelty import CEILING, FLOOR, SOUND_FLOOR, Novelty
from undersong.compose.plans import DIMENSION_WORDS, DIMENSIONS
from undersong.compose.reasons.made import Made, brief_because, listed
from undersong.compose.rules import ALL_NIGHT, Rule, rules_of
from undersong.compose.score import Because, Reason
from undersong.compose.signature import NOTE_NAMES
from undersong.units import samples_to_seconds


def shape_reason(made: Made) -> Reason:
    """Return the reason for how the journey begins."""
    brief = made.brief
    minutes = samples_to_seconds(glide_end(brief.plan, brief.minutes)) / 60
    if brief.shape == "meet":
        sentence = (
            f"It begins near where you are and moves to {brief.outcome} over "
            f"{minutes:.0f} minutes: an old idea from music practice, with mixed "
            "evidence, that may suit you or not."
        )
        otherwise = "Going straight there, it would begin at its target."
    else:
        sentence = (
            "It starts at its target and stays there: beginning elsewhere has mixed "
            "evidence and may not be needed."
        )
        otherwise = "Easing in, it would begin nearer to you."
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
        sentence=rule.sentence.format(**numbers),
        evidence=rule.evidence,
        otherwise=rule.otherwise.format(**numbers),
    )


def arrangement_reasons(made: Made) -> Iterator[Reason]:
    """Yield why this arrangement: novelty, taste, requests."""
    brief, choice = made.brief, made.choice
    if choice.novelty is not None:
        yield from _newness(made, choice.novelty)
    if choice.best_liked is not None and brief.taste is not None:
        liking = brief.taste.liking(brief.outcome, choice.best_liked)
        yield Reason(
            choice="layers",
            because="taste",
            sentence=f"{liking.sentence} It counted most in this choice: what is "
            "liked may suit again.",
            evidence="ID-02",
            otherwise="Without your answers another arrangement would have come first.",
        )
    if brief.never:
        yield Reason(
            choice="layers",
            because="request",
            sentence=f"Without {_labels(brief.never)}, as you asked.",
            otherwise="They would have been among those to choose from.",
        )


NEWNESS: Mapping[bool, str] = {
    True: "New to you: it differs from each of your last {n} sessions, and still "
    "keeps to what is yours, because familiar sound may be easier to relax to.",
    False: "As new as could be found beside your last {n} sessions; familiar sound "
    "may be easier to relax to all the same.",
}
"""By whether the arrangement lies within the bounds."""


def _newness(made: Made, novelty: Novelty) -> Iterator[Reason]:
    """Yield that it is new in plain words, and the figures for whoever asks."""
    choice = made.choice
    yield Reason(
        choice="layers",
        because="novelty",
        sentence=NEWNESS[novelty.within_bounds].format(n=len(made.brief.recent)),
        evidence="ID-01",
        otherwise=f"{choice.n_candidates - choice.n_allowed} of "
        f"{choice.n_candidates} arrangements were too much like one of them, or "
        "unlike all of them, and were set aside.",
    )
    yield Reason(
        choice="layers.novelty",
        because="novelty",
        sentence=f"On a scale from 0, the same, to 1, nothing in common, it lies "
        f"{novelty.nearest:.2f} from the most similar of them and "
        f"{novelty.from_centre:.2f} from them on average; its sound differs by "
        f"{10 * novelty.nearest_sound:.1f} dB a band from the one that sounds nearest.",
        otherwise=f"Nearer than {FLOOR:g}, further than {CEILING:g} on average or "
        f"within {10 * SOUND_FLOOR:.1f} dB a band it would have been set aside.",
    )


def signature_reason(made: Made) -> Reason:
    """Return the reason for the key, motifs and instruments."""
    signature, harmony = made.brief.signature, made.harmony
    own_key = _key(signature.tonic, signature.scale)
    if not made.brief.own_signature:
        return Reason(
            choice="signature",
            because="chance",
            sentence=f"Its motifs and their key, {own_key}, were drawn this time.",
            otherwise="With a signature of your own they would return each time.",
        )
    key = _key(harmony.tonic, harmony.scale)
    where = "Your own key" if key == own_key else f"{key}, near your own key"
    return Reason(
        choice="signature",
        because="signature",
        sentence=f"{where} of {own_key}, your motifs and your instruments, the same "
        "in every session of yours: what is familiar may be easier to relax to.",
        evidence="ID-01",
        otherwise="Another person's signature would put it in another key.",
    )


def _key(tonic: int, scale: str) -> str:
    return f"{NOTE_NAMES[tonic % 12]} {scale.replace('_', ' ')}"


def journey_reasons(made: Made) -> Iterator[Reason]:
    """Yield a reason for each curve of the journey and each weather."""
    usual = journey_of(made.usual, made.choice.candidate)
    for name in DIMENSIONS:
        curve = made.journey[name]
        first, last = curve.knots[0][1], curve.knots[-1][1]
        lean = made.choice.candidate.leans[name]
        word = DIMENSION_WORDS[name].capitalize()
        yield Reason(
            choice=f"journey.{name}",
            because=brief_because(made.brief),
            sentence=f"{word} goes from {first:.0%} to {last:.0%}; this "
            f"session leans {lean:+.0%} so that it differs from others.",
            otherwise=f"For your usual self it would go from "
            f"{usual[name].knots[0][1]:.0%} to {usual[name].knots[-1][1]:.0%}.",
        )
    weather = made.brief.plan.weather
    calm = "wide" if made.brief.outcome == "calm" else "narrow"
    for latent, depth in weather.items():
        yield Reason(
            choice=f"weather.{latent}",
            because="outcome",
            sentence=f"{latent.capitalize()} may swing over {depth:.0%} of its range: "
            f"{calm} weather for {made.brief.outcome}.",
            otherwise="Other outcomes let it swing more or less.",
        )


def harmony_reasons(made: Made) -> Iterator[Reason]:
    """Yield the reasons for the key and pace of the chords."""
    harmony, signature = made.harmony, made.brief.signature
    same = (harmony.tonic, harmony.scale) == (signature.tonic, signature.scale)
    yield Reason(
        choice="harmony",
        because="signature" if same else "novelty",
        sentence="Harmony stays in the signature's key, in an order of chords drawn "
        "for this session."
        if same
        else f"Harmony moves to {_key(harmony.tonic, harmony.scale)}, near the "
        "signature's key.",
        otherwise="Another seed would order the chords otherwise.",
    )
    quick, slow = made.brief.plan.chord_seconds
    yield Reason(
        choice="harmony.chord_seconds",
        because=brief_because(made.brief),
        sentence=f"A chord lasts {harmony.chord_seconds:g} seconds, within {quick:g} "
        f"for lively and {slow:g} for still. Slow change is what many people may find "
        "relaxing.",
        evidence="TP-01",
        otherwise=f"At rest it would last {slow:g} seconds.",
    )


def frame_reasons(made: Made) -> Iterator[Reason]:
    """Yield a reason for each remaining field."""
    brief = made.brief
    rows: tuple[tuple[str, Because, str, str], ...] = (
        (
            "outcome",
            "request",
            f"You chose {brief.outcome}.",
            "Another choice would follow other rules.",
        ),
        (
            "minutes",
            "request",
            f"It lasts {brief.total_minutes:g} minutes.",
            "Another length would stretch the same journey.",
        ),
        (
            "seed",
            "chance",
            "This number fixes everything left to chance; with the same inputs it "
            "gives the same score.",
            "Another number would give another arrangement.",
        ),
        (
            "fade_in_seconds",
            "outcome",
            f"It fades in over {made.fade_in_seconds:.2g} seconds, and can be heard "
            "within two.",
            "Without a fade it would begin abruptly.",
        ),
        (
            "events",
            "request",
            "Whatever you change while it plays is added here, each with its reason.",
            "Untouched, it plays as planned.",
        ),
        (
            "version",
            "format",
            "The version of the score's format, so that old scores keep playing.",
            "",
        ),
        (
            "sample_rate",
            "format",
            "All sound is made at this many samples a second.",
            "",
        ),
    )
    for choice, because, sentence, otherwise in rows:
        yield Reason(
            choice=choice, because=because, sentence=sentence, otherwise=otherwise
        )


def _labels(names: tuple[str, ...]) -> str:
    return listed([BLOCK_BY_NAME[name].label for name in names])
