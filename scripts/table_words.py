"""The words of the program's own tables that pages show: labels, helps, units."""

from collections.abc import Iterator
from typing import get_args

from undersong.compose.block import WeatherName
from undersong.compose.blocks import BLOCKS
from undersong.compose.events import NUDGES
from undersong.compose.plans import DIMENSION_WORDS, Role
from undersong.compose.presets import PLAIN, PRESETS
from undersong.compose.rules import ALL_NIGHT, RULES
from undersong.compose.scales import SCALES
from undersong.compose.score import OUTCOMES
from undersong.compose.signature import NOTE_NAMES
from undersong.guide import evidence, features
from undersong.hear.gates import GATES
from undersong.hear.markers import MARKERS
from undersong.trial import design


def table_words() -> Iterator[str]:
    """Yield every word and sentence, as it stands in its row."""
    for block in BLOCKS:
        yield from (block.label, block.family)
        for parameter in block.parameters:
            yield from (parameter.help, parameter.unit)
    for recipe in (PLAIN, *PRESETS):
        yield from (recipe.title, recipe.help)
    for rule in (ALL_NIGHT, *RULES):
        yield from (rule.sentence, rule.otherwise)
    for nudge in NUDGES:
        yield from (nudge.label, nudge.help)
    for marker in MARKERS:
        yield from (marker.more, marker.less, marker.definition)
    for comparison in design.COMPARISONS:
        yield from (comparison.question, comparison.a.label, comparison.b.label)
    yield from (gate.sentence for gate in GATES)
    yield from (scale.name.replace("_", " ") for scale in SCALES)
    yield from (*NOTE_NAMES, *OUTCOMES, *get_args(Role), *get_args(WeatherName))
    yield from (*DIMENSION_WORDS.values(), *design.SCALES.values())
    yield from evidence.load().scale
    for feature in features.load():
        yield from (feature.label, feature.says if feature.kind == "marker" else "")
