"""Why each choice was made: one reason a field, with what it would have been.

The counterfactuals are computed, not guessed: the same arrangement is asked what it
would be for a person of usual state.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from undersong.compose.arrangement import Choice
from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.brief import Brief
from undersong.compose.curve import Curve
from undersong.compose.journey import Journey, at, glide_end, journey_of
from undersong.compose.layers import parameter_curve
from undersong.compose.mapping import row_of
from undersong.compose.novelty import CEILING, FLOOR
from undersong.compose.plans import ALL_NIGHT, DIMENSIONS, Rule, role_of, rules_of
from undersong.compose.score import Because, Harmony, Layer, Reason
from undersong.compose.signature import NOTE_NAMES
from undersong.compose.state import UNKNOWN
from undersong.hear.reading import Reading
from undersong.units import samples_to_seconds


@dataclass(frozen=True, slots=True)
class Made:
    """Everything a score is made of, before it is one."""

    brief: Brief
    reading: Reading | None
    choice: Choice
    journey: Journey
    harmony: Harmony
    layers: tuple[Layer, ...]
    fade_in_seconds: float
    outro_seconds: float

    @property
    def usual(self) -> Brief:
        """The same brief for a person of usual state, met the same way."""
        return replace(self.brief, state=UNKNOWN, asked_shape=self.brief.shape)


def reasons_of(made: Made) -> tuple[Reason, ...]:
    """Return the reasons for every field, the most telling first."""
    return (
        *_state_reasons(made),
        _shape_reason(made),
        *_outcome_reasons(made),
        *_layer_choice_reasons(made),
        *_own_reasons(made),
        *_journey_reasons(made),
        *_harmony_reasons(made),
        *_layer_reasons(made),
        *_frame_reasons(made),
    )


# What was said and heard


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


def _state_reasons(made: Made) -> Iterator[Reason]:
    pulls = made.brief.state.pulls
    heard = made.reading.signals if made.reading is not None else {}
    said = {n: p for n, p in pulls.items() if p.source == "said"}
    voiced = {n: p for n, p in pulls.items() if p.source == "reading"}
    effect, otherwise = _effect(made)
    if said:
        told = _listed(
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
            sentence=f"{sounded} That is a hint and counts for {strength:.0%}, "
            f"so it {effect}.",
            evidence="VO-01",
            otherwise=otherwise,
        )
    if not said and not voiced:
        yield Reason(
            choice="journey",
            because="outcome",
            sentence="Nothing was said or heard, so it follows what you chose alone.",
            otherwise="With the sliders or your voice it would begin nearer to you.",
        )


WORDS_FIRST = " What you say counts before the voice."
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
    instead = _listed(
        [
            f"{name} {usual[name].value(0):.0%} instead of "
            f"{made.journey[name].value(0):.0%}"
            for name in DIMENSIONS
            if abs(made.journey[name].value(0) - usual[name].value(0)) >= TELLING
        ]
    )
    first = _notes_a_minute(made)
    return (
        f"{when} {_listed(words)} than it would for your usual self",
        f"For your usual self it would begin with {instead}{first}.",
    )


def _notes_a_minute(made: Made) -> str:
    """Return the counterfactual tempo in notes, where a layer plays notes."""
    for layer in made.layers:
        if "density" in layer.params:
            row = BLOCK_BY_NAME[layer.block].parameter("density")
            usual = _usual_curve(made, layer.block, row).value(0)
            now = layer.params["density"].value(0)
            label = BLOCK_BY_NAME[layer.block].label
            return f", {label} at {usual:.0f} instead of {now:.0f} notes a minute"
    return ""


def _usual_curve(made: Made, block: str, row: Parameter) -> Curve:
    journey = journey_of(made.usual, made.choice.candidate)
    return parameter_curve(made.usual, made.choice.candidate, journey, block, row)


# Rules of the outcome


def _shape_reason(made: Made) -> Reason:
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


def brief_because(brief: Brief) -> Because:
    """Return what the journey rests on: what was said, heard, or the outcome."""
    source = brief.state.source
    return "outcome" if source == "usual" else source


def _outcome_reasons(made: Made) -> Iterator[Reason]:
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


# Arrangement, novelty, taste, signature


def _layer_choice_reasons(made: Made) -> Iterator[Reason]:
    brief, choice = made.brief, made.choice
    if choice.nearest is not None and choice.from_centre is not None:
        n = len(brief.recent)
        sentence = (
            f"New to you: at least {choice.nearest:.2f} away from each of your last "
            f"{n} sessions (the floor is {FLOOR:g}), and {choice.from_centre:.2f} "
            f"from them on average (the ceiling is {CEILING:g})."
        )
        yield Reason(
            choice="layers",
            because="novelty",
            sentence=sentence,
            evidence="ID-01",
            otherwise=f"{choice.n_candidates - choice.n_allowed} of "
            f"{choice.n_candidates} arrangements lay outside and were set aside.",
        )
    if choice.best_liked is not None:
        label = BLOCK_BY_NAME[choice.best_liked].label
        yield Reason(
            choice="layers",
            because="taste",
            sentence=f"Chosen by what you have liked; {label} counted most.",
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


def _own_reasons(made: Made) -> Iterator[Reason]:
    signature = made.brief.signature
    note = NOTE_NAMES[signature.tonic % 12]
    scale = signature.scale.replace("_", " ")
    own = made.brief.own_signature
    yield Reason(
        choice="signature",
        because="signature" if own else "chance",
        sentence=f"Your own key of {note} {scale}, motifs and instruments return: "
        "what is familiar may be easier to relax to."
        if own
        else f"The key of {note} {scale} and its motifs were drawn for this session.",
        evidence="ID-01" if own else None,
        otherwise="Another person's signature would put it in another key."
        if own
        else "With a signature of your own they would return each time.",
    )


def _journey_reasons(made: Made) -> Iterator[Reason]:
    usual = journey_of(made.usual, made.choice.candidate)
    for name in DIMENSIONS:
        curve = made.journey[name]
        first, last = curve.knots[0][1], curve.knots[-1][1]
        lean = made.choice.candidate.leans[name]
        yield Reason(
            choice=f"journey.{name}",
            because=brief_because(made.brief),
            sentence=f"{name.capitalize()} goes from {first:.0%} to {last:.0%}; this "
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


def _harmony_reasons(made: Made) -> Iterator[Reason]:
    harmony, signature = made.harmony, made.brief.signature
    same = (harmony.tonic, harmony.scale) == (signature.tonic, signature.scale)
    yield Reason(
        choice="harmony",
        because="signature" if same else "novelty",
        sentence="Harmony stays in the signature's key, in an order of chords drawn "
        "for this session."
        if same
        else f"Harmony moves to {NOTE_NAMES[harmony.tonic % 12]} "
        f"{harmony.scale.replace('_', ' ')}, near the signature's key.",
        otherwise="Another seed would order the chords otherwise.",
    )
    quick, slow = made.brief.plan.chord_seconds
    arousal = at(made.journey, 0)["arousal"]
    yield Reason(
        choice="harmony.chord_seconds",
        because=brief_because(made.brief),
        sentence=f"A chord lasts {harmony.chord_seconds:g} seconds: from {slow:g} at "
        f"rest to {quick:g} when lively, here {arousal:.0%} lively. Slow is what many "
        "people may find relaxing.",
        evidence="TP-01",
        otherwise=f"At rest it would last {slow:g} seconds.",
    )


# Layers


def _layer_reasons(made: Made) -> Iterator[Reason]:
    for number, layer in enumerate(made.layers):
        path = f"layers.{number}"
        yield _block_reason(made, path, layer)
        yield Reason(
            choice=f"{path}.gain_db",
            because="outcome",
            sentence=_gain_sentence(made, layer),
            otherwise="Alone, it would carry the whole level.",
        )
        for name in layer.params:
            yield _parameter_reason(made, path, layer, name)


def _gain_sentence(made: Made, layer: Layer) -> str:
    label = BLOCK_BY_NAME[layer.block].label
    gain = layer.gain_db.knots[0][1]
    arc = made.brief.plan.arc_db
    return (
        f"{label.capitalize()} starts {abs(gain):.0f} dB below the whole and drifts by "
        f"up to {arc:g} dB over minutes."
    )


def _block_reason(made: Made, path: str, layer: Layer) -> Reason:
    brief, row = made.brief, BLOCK_BY_NAME[layer.block]
    label = row.label.capitalize()
    because: Because = "chance"
    evidence = None
    sentence = f"{label} was drawn by how well it suits {brief.outcome}."
    otherwise = f"Another seed might draw another {role_of(row)}."
    if layer.block in brief.wanted:
        because, sentence = "request", f"{label}, as you asked."
        otherwise = f"Unasked, it might not be there for {brief.outcome}."
    elif brief.dawn is not None and layer.block == brief.dawn.block:
        because, sentence = (
            "request",
            f"{row.label.capitalize()} rises at your wake time.",
        )
        otherwise = "Without a dawn it would stay silent."
    elif layer.block == made.choice.best_liked:
        because, evidence = "taste", "ID-02"
        sentence = f"{label} is here because you have liked it."
        otherwise = "Without your answers it might not be there."
    elif brief.own_signature and layer.block in brief.signature.palette:
        because, evidence = "signature", "ID-01"
        sentence = f"{label} belongs to your signature and may return."
    return Reason(
        choice=path,
        because=because,
        sentence=sentence,
        evidence=evidence,
        otherwise=otherwise,
    )


def _parameter_reason(made: Made, path: str, layer: Layer, name: str) -> Reason:
    row = BLOCK_BY_NAME[layer.block].parameter(name)
    knots = layer.params[name].knots
    listens = [c for c, w in row_of(name).weights.items() if w]
    usual = _usual_curve(made, layer.block, row)
    what = f"{row.help.split(';')[0].capitalize()}: " if row.help else ""
    if listens:
        sentence = (
            f"{what}{_value(row, knots[0][1])} to {_value(row, knots[-1][1])}, "
            f"following the journey's {_listed(listens)}."
        )
        otherwise = (
            f"For your usual self it would start at {_value(row, usual.value(0))}."
        )
    else:
        sentence = f"{what}{_value(row, knots[0][1])}, for variety's sake."
        otherwise = f"Undrawn, it would be {_value(row, row.default)}."
    return Reason(
        choice=f"{path}.params.{name}",
        because=brief_because(made.brief) if listens else "chance",
        sentence=sentence,
        otherwise=otherwise,
    )


def _value(row: Parameter, value: float) -> str:
    if row.unit:
        return f"{value:.3g} {row.unit}"
    return f"{value:.0%}"


# The frame


def _frame_reasons(made: Made) -> Iterator[Reason]:
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
            f"{brief.total_minutes:g} minutes, as asked.",
            "It may be of any length.",
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
    return _listed([BLOCK_BY_NAME[name].label for name in names])


def _listed(words: Sequence[str]) -> str:
    """Return words as English lists them."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
