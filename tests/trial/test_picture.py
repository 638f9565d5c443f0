"""The drawing shows every compared session and the interval where it belongs."""

from xml.etree import ElementTree

import pytest

from undersong.trial.design import begun
from undersong.trial.picture import svg, x_of
from undersong.trial.result import Trial, result_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(pairs):
    design = begun("shape", "calm", seed=3, planned_sessions=12)
    trial = Trial(design=design)
    for before, after in pairs:
        trial = trial.with_session(before, after)
    result = result_of(trial)
    return result, ElementTree.fromstring(svg(result, design.row))


def test_there_is_a_dot_for_each_session_and_one_for_the_difference():
    result, root = drawn([(3, 5), (3, 6), (4, 4), (2, 2)] * 3)
    dots = root.findall(f"{SVG}circle")
    assert len(dots) == 12 + 1
    assert float(dots[-1].attrib["cx"]) == pytest.approx(
        x_of(result.difference), abs=0.1
    )


def test_nothing_yet_draws_no_interval():
    _, root = drawn([(3, 5)])
    assert len(root.findall(f"{SVG}circle")) == 1


def test_the_sentence_is_its_title():
    result, root = drawn([(3, 5)] * 12)
    assert root.findtext(f"{SVG}title") == result.sentence


@pytest.mark.parametrize(("points", "x"), [(-10, 20), (0, 240), (10, 460), (99, 460)])
def test_scale_runs_from_minus_ten_to_ten(points, x):
    assert x_of(points) == x
