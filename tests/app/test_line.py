"""The drawn line says what the score says, in any theme and at any size."""

import re

import numpy as np
import pytest
from scores import small_score

from undersong.app.line import HEIGHT, WIDTH, Shape, draw, shape_of, specimen
from undersong.compose.curve import Curve
from undersong.compose.score import OUTCOMES, SILENT_DB, Score, Weather

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def points_of(svg: str) -> list[tuple[float, float]]:
    """Return every point of every path, control points included."""
    found = []
    for path in re.findall(r' d="([^"]+)"', svg):
        numbers = [float(text) for text in NUMBER.findall(path)]
        found += list(zip(numbers[::2], numbers[1::2], strict=True))
    return found


def with_arousal(curve: Curve) -> Score:
    score = small_score(minutes=10)
    return score.model_copy(update={"journey": {**score.journey, "arousal": curve}})


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_specimen_stays_within_its_frame(outcome):
    for x, y in points_of(draw(specimen(outcome))):
        assert -1 <= x <= WIDTH + 1
        assert -1 <= y <= HEIGHT + 1


def test_higher_arousal_is_drawn_higher():
    end = small_score(minutes=10).end
    shape = shape_of(with_arousal(Curve.through((0, 0.7), (end, 0.1))))
    assert shape.height[0] > shape.height[-1]


def test_two_weathers_give_two_lines():
    lines = {
        draw(
            shape_of(
                small_score().model_copy(
                    update={"weather": {"gust": Weather(seed=seed, depth=0.5)}}
                )
            )
        )
        for seed in range(20)
    }
    assert len(lines) == 20


def test_one_strand_is_drawn_for_each_layer():
    svg = draw(shape_of(small_score("brown_noise", "fan", "rain")))
    assert svg.count("data-layer=") == 3


def test_silent_layer_lies_on_the_stroke():
    score = small_score("brown_noise", "fan")
    quiet = score.layers[1].model_copy(update={"gain_db": Curve.constant(SILENT_DB)})
    shape = shape_of(score.model_copy(update={"layers": (score.layers[0], quiet)}))
    assert np.all(shape.strands[1] == 0)
    assert np.any(shape.strands[0] > 0)


def test_label_is_escaped_and_empty_label_hides_the_drawing():
    shape = Shape(*(np.full(5, 0.5) for _ in range(3)))
    assert 'aria-label="a &lt;b&gt;"' in draw(shape, "a <b>")
    assert 'aria-hidden="true"' in draw(shape)


def test_drawing_needs_no_inline_style_and_is_small():
    svg = draw(shape_of(small_score("brown_noise", "fan", "rain")))
    assert "style=" not in svg
    assert len(svg) < 16_000
