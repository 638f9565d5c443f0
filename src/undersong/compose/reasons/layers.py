"""Reasons for each layer: why this block, this loud, set like this."""

from collections.abc import Iterator

from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.mapping import row_of
from undersong.compose.plans import DIMENSION_WORDS, role_of
from undersong.compose.reasons.made import Made, brief_because, listed, usual_curve
from undersong.compose.score import Because, Layer, Reason


def layer_reasons(made: Made) -> Iterator[Reason]:
    """Yield the reasons for every layer, field by field."""
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
        sentence = f"{label} is here because you liked it, so it may suit you again."
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
    usual = usual_curve(made, layer.block, row)
    what = f"{row.help.split(';')[0].capitalize()}: " if row.help else ""
    if listens:
        sentence = (
            f"{what}{_value(row, knots[0][1])} to {_value(row, knots[-1][1])}, "
            f"following the journey's {listed([DIMENSION_WORDS[n] for n in listens])}."
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
