"""Reasons for each layer: why this block, this loud, set like this."""

from collections.abc import Iterator

from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.mapping import row_of
from undersong.compose.plans import DIMENSION_WORDS, role_of
from undersong.compose.reasons.made import Made, brief_because, usual_curve
from undersong.compose.score import Because, Layer, Reason
from undersong.phrases import listed, phrase


def layer_reasons(made: Made) -> Iterator[Reason]:
    """Yield the reasons for every layer, field by field."""
    for number, layer in enumerate(made.layers):
        path = f"layers.{number}"
        yield _block_reason(made, path, layer)
        yield Reason(
            choice=f"{path}.gain_db",
            because="outcome",
            sentence=_gain_sentence(made, layer),
            otherwise=phrase("Alone, it would carry the whole level."),
        )
        for name in layer.params:
            yield _parameter_reason(made, path, layer, name)


def _gain_sentence(made: Made, layer: Layer) -> str:
    label = BLOCK_BY_NAME[layer.block].label
    gain = layer.gain_db.knots[0][1]
    arc = made.brief.plan.arc_db
    return phrase(
        "{sound} starts {below:.0f} dB below the whole and drifts by up to {arc:g} dB "
        "over minutes.",
        sound=label,
        below=abs(gain),
        arc=arc,
    )


def _block_reason(made: Made, path: str, layer: Layer) -> Reason:
    brief, row = made.brief, BLOCK_BY_NAME[layer.block]
    label = row.label
    because: Because = "chance"
    evidence = None
    sentence = phrase(
        "{sound} was drawn by how well it suits {outcome}.",
        sound=label,
        outcome=brief.outcome,
    )
    otherwise = phrase("Another seed might draw another {role}.", role=role_of(row))
    if layer.block in brief.wanted:
        because, sentence = "request", phrase("{sound}, as you asked.", sound=label)
        otherwise = phrase(
            "Unasked, it might not be there for {outcome}.", outcome=brief.outcome
        )
    elif brief.dawn is not None and layer.block == brief.dawn.block:
        because, sentence = (
            "request",
            phrase("{sound} rises at your wake time.", sound=label),
        )
        otherwise = phrase("Without a dawn it would stay silent.")
    elif layer.block == made.choice.best_liked:
        because, evidence = "taste", "ID-02"
        sentence = phrase(
            "{sound} is here because you liked it, so it may suit you again.",
            sound=label,
        )
        otherwise = phrase("Without your answers it might not be there.")
    elif brief.own_signature and layer.block in brief.signature.palette:
        because, evidence = "signature", "ID-01"
        sentence = phrase(
            "{sound} belongs to your signature and may return.", sound=label
        )
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
    usual = usual_curve(made, layer.block, row)
    values: dict[str, str] = {
        "what": row.help,
        "first": _value(row, knots[0][1]),
    }
    if listens:
        sentence = phrase(
            "{what}: {first} to {last}, following the journey's {dimensions}.",
            **values,
            last=_value(row, knots[-1][1]),
            dimensions=listed([DIMENSION_WORDS[n] for n in listens]),
        )
        otherwise = phrase(
            "For your usual self it would start at {usual}.",
            usual=_value(row, usual.value(0)),
        )
    else:
        sentence = phrase("{what}: {first}, for variety's sake.", **values)
        otherwise = phrase(
            "Undrawn, it would be {usual}.", usual=_value(row, row.default)
        )
    return Reason(
        choice=f"{path}.params.{name}",
        because=brief_because(made.brief) if listens else "chance",
        sentence=sentence,
        otherwise=otherwise,
    )


def _value(row: Parameter, value: float) -> str:
    if row.unit:
        return phrase("{value:.3g} {unit}", value=value, unit=row.unit)
    return phrase("{value:.0%}", value=value)
