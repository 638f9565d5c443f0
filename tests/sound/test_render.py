"""The laws of rendering: pure, causal, shaped at both ends, silent beyond them."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sound.scenes import RATE, alone, random_scene, scene

from undersong.compose.curve import Curve
from undersong.compose.score import Change, Event, Score
from undersong.errors import ParameterError
from undersong.sound.palette import Palette
from undersong.sound.render import render

BED = (("brown_noise", 0.0, {}), ("wind", -6.0, {}), ("kalimba", -6.0, {}))
SPAN = 6 * RATE


@pytest.fixture(scope="module")
def score() -> Score:
    return scene(*BED, depth=0.6)


@pytest.fixture(scope="module")
def whole(score: Score, palette: Palette) -> np.ndarray:
    return render(score, 0, SPAN, palette)


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(0, SPAN), min_size=1, max_size=4))
def test_any_cut_of_time_gives_the_same_samples(
    cuts: list[int], score: Score, whole: np.ndarray, palette: Palette
) -> None:
    edges = [0, *sorted(cuts), SPAN]
    backwards = list(pairwise(edges))[::-1]
    pieces = [render(score, begin, end, palette) for begin, end in backwards]
    np.testing.assert_array_equal(np.concatenate(pieces[::-1]), whole)


@pytest.mark.parametrize("seed", range(4))
def test_random_scene_cut_anywhere_is_the_same(seed: int, palette: Palette) -> None:
    score = random_scene(seed)
    begin, end = 40 * RATE + 17, 46 * RATE + 5
    middle = begin + 100_003 + 7 * seed
    joined = np.concatenate(
        [render(score, begin, middle, palette), render(score, middle, end, palette)]
    )
    whole = render(score, begin, end, palette)
    np.testing.assert_allclose(joined, whole, rtol=0, atol=1e-6)


def test_hour_seven_is_the_same_from_a_palette_that_heard_nothing_before() -> None:
    score = scene(*BED, minutes=480)
    begin = 7 * 3600 * RATE
    after_much = Palette()
    render(score, 0, 3 * RATE, after_much)
    np.testing.assert_array_equal(
        render(score, begin, begin + RATE, after_much),
        render(score, begin, begin + RATE, Palette()),
    )


def test_another_process_renders_the_same(score: Score, palette: Palette) -> None:
    program = (
        "import sys, numpy as np;"
        "from undersong.compose.score import Score;"
        "from undersong.sound.palette import Palette;"
        "from undersong.sound.render import render;"
        "score = Score.from_json(sys.stdin.read());"
        "x = render(score, 96000, 100000, Palette());"
        "sys.stdout.buffer.write(x.tobytes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=score.to_json().encode(),
        capture_output=True,
        check=True,
    )
    other = np.frombuffer(done.stdout, np.float32).reshape(-1, 2)
    np.testing.assert_allclose(
        other, render(score, 96_000, 100_000, palette), rtol=0, atol=1e-6
    )


def test_palette_that_forgets_renders_the_same(score: Score, whole: np.ndarray) -> None:
    tiny = Palette(limit_bytes=1)
    np.testing.assert_array_equal(render(score, 0, 2 * RATE, tiny), whole[: 2 * RATE])


def test_event_changes_nothing_before_itself(palette: Palette) -> None:
    score = scene(*BED, depth=0.6)
    at = 3 * RATE + 1_234
    softer = Curve.through((at, 0.0), (at + RATE, -9.0))
    darker = Curve.through((at, 0.0), (at + RATE, -3.0))
    changed = score.with_event(
        Event(
            at=at,
            kind="nudge",
            changes=(
                Change(target="loudness_lufs", offset=softer),
                Change(target="layers.1.gain_db", offset=darker),
            ),
        )
    )
    before, after = render(score, 0, SPAN, palette), render(changed, 0, SPAN, palette)
    np.testing.assert_array_equal(before[:at], after[:at])
    assert np.std(after[5 * RATE :]) < 0.5 * np.std(before[5 * RATE :])


def test_stop_changes_nothing_before_itself_and_ends_in_silence(
    palette: Palette,
) -> None:
    score = scene(*BED, outro_seconds=2.0)
    stopped = score.with_event(Event(at=3 * RATE, kind="stop"))
    before, after = render(score, 0, SPAN, palette), render(stopped, 0, SPAN, palette)
    np.testing.assert_array_equal(before[: 3 * RATE], after[: 3 * RATE])
    assert not after[5 * RATE :].any()
    assert np.max(np.abs(after[5 * RATE - 480 : 5 * RATE])) < 1e-4


def test_session_begins_and_ends_at_zero_and_is_silent_beyond(
    palette: Palette,
) -> None:
    score = scene(*BED, minutes=0.1, outro_seconds=1.0)
    samples = render(score, 0, score.end + RATE, palette)
    assert np.max(np.abs(samples[:48])) < 1e-4
    assert np.max(np.abs(samples[score.end - 48 : score.end])) < 1e-4
    assert not samples[score.end :].any()


def test_empty_span_gives_no_samples(score: Score, palette: Palette) -> None:
    assert render(score, 5, 5, palette).shape == (0, 2)


@pytest.mark.parametrize(("begin", "end"), [(-1, 5), (6, 5)])
def test_span_out_of_order_is_refused(
    begin: int, end: int, score: Score, palette: Palette
) -> None:
    with pytest.raises(ParameterError, match=f"begin={begin} and end={end}"):
        render(score, begin, end, palette)


def test_unknown_block_is_named_with_what_would_work(palette: Palette) -> None:
    score = alone("rain")
    layer = score.layers[0].model_copy(update={"block": "bagpipe"})
    with pytest.raises(ParameterError, match=r"bagpipe.*rain, ocean"):
        render(score.model_copy(update={"layers": (layer,)}), 0, 10, palette)


def test_layer_at_silence_is_not_heard(palette: Palette) -> None:
    both = scene(("fan", 0.0, {}), ("pink_noise", -90.0, {}))
    one = scene(("fan", 0.0, {}))
    np.testing.assert_allclose(
        render(both, RATE, 3 * RATE, palette),
        render(one, RATE, 3 * RATE, palette),
        rtol=0,
        atol=1e-6,
    )
