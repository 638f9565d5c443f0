"""A score edited by hand: each thing that cannot be played is said in one sentence."""

import json
from typing import Any

import pytest
from scores import small_score

from undersong.compose.composer import compose
from undersong.compose.playable import playable
from undersong.compose.score import MOST_EVENTS, OUTCOMES, Event, Score
from undersong.errors import ParameterError
from undersong.sound.palette import Palette
from undersong.sound.render import render

LATE = [[96_000, 0.0], [97_000, -3.0]]

EDITS: list[tuple[str, Any, str]] = [
    ("minutes", 1441, "minutes does not fit: 1441 is above 1440"),
    ("minutes", 0, "minutes does not fit: 0 is too small; it must be more than 0"),
    ("outcome", "joy", "'joy' is none of 'calm', 'focus' or 'sleep'"),
    ("tempo", 1, "tempo does not fit: nothing of that name is known; leave it out"),
    ("fade_in_seconds", -1, "fade_in_seconds does not fit: -1 is below 0"),
    ("outro_seconds", 1e300, r"1e\+300 is above 3600"),
    (
        "loudness_lufs",
        [[0, 3]],
        "loudness_lufs is 3 LUFS at some point; use -120 to -18",
    ),
    ("journey.arousal", [[0, 2]], "journey.arousal is 2 at some point; use 0 to 1"),
    ("journey.joy", [[0, 1]], "journey names 'joy', which is not there; use one of a"),
    ("weather.fog", {"seed": 1, "depth": 0}, "weather names 'fog'.* use one of gust"),
    ("harmony.scale", "blues", "harmony.scale names 'blues'.* major_pentatonic"),
    ("harmony.chord_seconds", 0.01, "chord_seconds does not fit: 0.01 is below 1"),
    ("harmony.chords", [], "it has 0 entries and needs at least 1"),
    ("harmony.chords", [[99_999]], "chords.0.0 does not fit: 99999 is above 24"),
    ("signature.motifs", [[]], "motifs.0 does not fit: it has 0 entries"),
    ("layers", [], "layers does not fit: it has 0 entries and needs at least 1"),
    ("layers.0.block", "tuba", "layers.0.block names 'tuba'.* use one of rain"),
    ("layers.0.gain_db", [[0, 200]], "gain_db is 200 dB at some point; use -120 to 24"),
    ("layers.0.gain_db", [], "gain_db does not fit: it has 0 entries"),
    ("layers.0.gain_db", [[9, 0], [1, 0]], "knots need rising sample indices"),
    ("layers.0.gain_db", [[-9, 0]], "gain_db.0.0 does not fit: -9 is below 0"),
    ("layers.0.gain_db", [[10**400, 0]], "gain_db.0.0 does not fit: .* is above 90"),
    ("layers.0.gain_db", [[0, "loud"]], "gain_db.0.1 does not fit: 'loud' is no num"),
    ("layers.0.params.wet", [[0, 1]], "params names 'wet'.* use one of colour"),
    ("layers.0.params.colour", [[0, -3]], "params.colour is -3 .* use -9 to -4.5"),
    (
        "layers",
        json.loads(small_score("fan").to_json())["layers"] * 2,
        "layers.1 is the same fan as layers.0 and would double it; give it another",
    ),
    ("layers.0.seed", 1.5, "layers.0.seed does not fit: 1.5 is no whole number"),
    ("events", [{"at": -1, "kind": "stop"}], "events.0.at does not fit: -1 is below 0"),
    (
        "events",
        [{"at": 9, "kind": "pause"}, {"at": 8, "kind": "resume"}],
        "at=8 lies before the last event; use 9 or later",
    ),
    (
        "events",
        [{"at": 9, "kind": "nudge", "name": "softer"}],
        "events.0 is a nudge without changes, which nobody would hear",
    ),
    (
        "events",
        [{"at": 9, "kind": "nudge", "changes": [{"target": "tempo", "offset": LATE}]}],
        "target='tempo' names no curve of the score",
    ),
    (
        "events",
        [
            {
                "at": 97_000,
                "kind": "nudge",
                "changes": [{"target": "loudness_lufs", "offset": LATE}],
            }
        ],
        "must start from 0 at 97000 or later",
    ),
    (
        "events",
        [{"at": 9, "kind": "pause"}] * (MOST_EVENTS + 1),
        "events does not fit: it has 1001 entries and may have at most 1000",
    ),
]


def edited(path: str, value: Any) -> str:
    """Return a playable score's text with one field put in the place of another."""
    found = whole = json.loads(small_score().to_json())
    *ways, last = path.split(".")
    for way in ways:
        found = found[int(way)] if isinstance(found, list) else found[way]
    found[last] = value
    return json.dumps(whole)


@pytest.mark.parametrize(("path", "value", "says"), EDITS)
def test_what_cannot_be_played_is_refused_in_one_sentence(path, value, says):
    with pytest.raises(ParameterError, match=says) as refusal:
        playable(Score.from_json(edited(path, value)))
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 500


def test_engine_refuses_what_cannot_be_played_before_a_sample_is_made():
    score = Score.from_json(edited("layers.0.gain_db", [[0, 200]]))
    with pytest.raises(ParameterError, match="use -120 to 24"):
        render(score, 0, 48_000, Palette())


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("seed", range(8))
def test_what_the_composer_writes_can_be_played(outcome, seed):
    score = compose(outcome, seed=seed)
    assert playable(score) is score


def test_change_after_the_most_a_score_can_hold_is_refused():
    pauses = tuple(Event(at=n, kind="pause") for n in range(MOST_EVENTS))
    full = small_score().model_copy(update={"events": pauses})
    with pytest.raises(ParameterError, match="start a new session"):
        full.with_event(Event(at=MOST_EVENTS, kind="resume"))
