"""Nudges, mutes and skips teach the taste what they are about, and nothing else."""

import numpy as np
import pytest

from undersong.compose.blocks import BLOCKS
from undersong.compose.composer import compose
from undersong.compose.events import check_in, nudge, pause, stop
from undersong.compose.learning import learned_from
from undersong.compose.plans import DIMENSIONS
from undersong.compose.preference import COLUMN, prior
from undersong.compose.taste import Taste

SCORE = compose("calm", seed=5, minutes=30)
BLOCK = SCORE.layers[0].block
MINUTE = 60 * 48_000


def weights_after(score):
    """Return what was learned, less what was expected before."""
    return learned_from(Taste(), score, "a").posterior("calm")[0] - prior()[0]


@pytest.mark.parametrize(("verb", "sign"), [("more", 1), ("less", -1), ("no", -1)])
def test_layer_nudge_says_something_of_that_block_alone(verb, sign):
    weights = weights_after(nudge(SCORE, f"{verb}:{BLOCK}", 5 * MINUTE))
    assert sign * weights[COLUMN[BLOCK]] > 0.1
    assert np.count_nonzero(weights) == 1


@pytest.mark.parametrize(
    ("name", "curve", "sign"),
    [
        ("darker", "brightness", -1),
        ("brighter", "brightness", 1),
        ("busier", "density", 1),
    ],
)
def test_nudge_of_the_whole_says_which_way_is_liked(name, curve, sign):
    weights = weights_after(nudge(SCORE, name, 5 * MINUTE))
    column = 1 + len(BLOCKS) + DIMENSIONS.index(curve)
    assert sign * weights[column] > 0
    assert not weights[1 : 1 + len(BLOCKS)].any()


def test_softer_says_nothing_of_liking():
    assert not weights_after(nudge(SCORE, "softer", 5 * MINUTE)).any()


def test_early_stop_is_a_skip_and_a_late_one_is_not():
    skipped = learned_from(Taste(), stop(SCORE, MINUTE), "a")
    assert [answer.kind for answer in skipped.answers] == ["skip"]
    assert skipped.posterior("calm")[0][COLUMN[BLOCK]] < 0
    assert learned_from(Taste(), stop(SCORE, 20 * MINUTE), "a") == Taste()


def test_what_is_asked_for_twice_in_a_session_teaches_once():
    once = nudge(SCORE, "darker", MINUTE)
    taste = learned_from(Taste(), once, "a")
    twice = nudge(once, "darker", 2 * MINUTE)
    assert learned_from(taste, twice, "a") == taste
    assert len(learned_from(taste, twice, "b").answers) == 2 * len(taste.answers)


def test_level_counts_as_it_was_left():
    score, taste = SCORE, Taste()
    for number, percent in enumerate((100, 0, 100), start=1):
        score = nudge(score, f"level:{BLOCK}={percent}", number * MINUTE)
        taste = learned_from(taste, score, "a")
    assert [(a.kind, a.block) for a in taste.answers] == [("more", BLOCK)]


def test_check_ins_and_pauses_say_nothing_of_liking():
    played = check_in(pause(SCORE, MINUTE), 2 * MINUTE, said={"energy": 3})
    assert learned_from(Taste(), played, "a") == Taste()
