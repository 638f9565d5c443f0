"""A score survives being written, refuses what does not fit, and old ones open."""

import json
from pathlib import Path

import numpy as np
import pytest
from asking import wishes
from hypothesis import given, settings
from scores import small_score

from undersong.compose.composer import compose
from undersong.compose.curve import Curve
from undersong.compose.score import SCORE_VERSION, Change, Event, Score
from undersong.errors import ParameterError

GOLDEN = Path(__file__).parent / "golden"


@settings(max_examples=25)
@given(wishes)
def test_score_round_trips_exactly(wish):
    score = compose(**wish)
    again = Score.from_json(score.to_json())
    assert again == score
    assert again.to_json() == score.to_json()


def test_there_is_a_golden_score_for_every_version():
    versions = {path.name for path in GOLDEN.glob("score-*.json")}
    assert versions >= {f"score-{v}.json" for v in range(1, SCORE_VERSION + 1)}


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("score-*.json")), ids=lambda p: p.name
)
def test_golden_scores_still_open(path):
    score = Score.from_json(path.read_bytes())
    assert score.layers
    assert {event.kind for event in score.events} == {"nudge", "check_in", "stop"}
    # Worked out by hand: -26 LUFS less 0.4 LU for a tiredness of 7 of 10; half an
    # hour in, on the monotone cubic from -34 at 24.75 min to -72 at 45 min.
    half_an_hour = 30 * 60 * 48_000
    early, late = score.at("loudness_lufs", np.array([0, half_an_hour]))
    assert early == pytest.approx(-26.4)
    assert late == pytest.approx(-41.86, abs=0.01)


def test_score_of_a_newer_version_is_refused_clearly():
    newer = json.loads(small_score().to_json()) | {"version": SCORE_VERSION + 1}
    with pytest.raises(ParameterError, match="open it with a newer Undersong"):
        Score.from_json(json.dumps(newer))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"not a score: it is not JSON \(EOF while parsing a value at line 1"),
        ('{"seed" 3}', r"it is not JSON \(expected `:` at line 1 column 9\)"),
        ("[]", "not a score: it is no JSON object"),
        ("{}", "seed does not fit: it is missing"),
    ],
)
def test_text_that_is_no_score_is_refused_in_one_sentence(text, says):
    with pytest.raises(ParameterError, match=says):
        Score.from_json(text)


def test_event_before_the_last_is_refused():
    score = small_score().with_event(Event(at=1000, kind="pause"))
    with pytest.raises(ParameterError, match="use 1000 or later"):
        score.with_event(Event(at=999, kind="resume"))


def test_change_that_reaches_into_the_past_is_refused():
    early = Change(target="loudness_lufs", offset=Curve.through((5, 0.0), (9, -1.0)))
    with pytest.raises(ParameterError, match="10 or later"):
        small_score().with_event(Event(at=10, kind="nudge", changes=(early,)))


def test_change_of_an_unknown_curve_is_refused():
    lost = Change(target="layers.9.gain_db", offset=Curve.through((10, 0.0), (20, 1.0)))
    with pytest.raises(ParameterError, match="names no curve"):
        small_score().with_event(Event(at=10, kind="nudge", changes=(lost,)))


def test_stop_ends_the_score_one_outro_later():
    stopped = small_score(outro_seconds=2.0).with_event(Event(at=48_000, kind="stop"))
    assert stopped.end == 3 * 48_000


def test_score_with_more_layers_than_can_be_played_is_refused_at_once():
    score = json.loads(small_score().to_json())
    crowded = score | {"layers": score["layers"][:1] * 1000}
    with pytest.raises(
        ParameterError,
        match="layers does not fit: it has 1000 entries and may have at most 32",
    ):
        Score.from_json(json.dumps(crowded))


@pytest.mark.parametrize("tonic", [-1, 0, 84, 127, 1_000_000])
def test_score_in_a_key_that_no_instrument_reaches_is_refused_at_once(tonic):
    score = json.loads(small_score().to_json())
    score["harmony"]["tonic"] = tonic
    with pytest.raises(ParameterError, match=r"harmony\.tonic does not fit"):
        Score.from_json(json.dumps(score))
