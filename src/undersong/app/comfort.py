"""Comfort: what the settings ask of every session, as its first events.

An event carries its own reason, so a session that is kept softer says why.
"""

from collections.abc import Mapping
from typing import Any

from undersong.compose.events import nudge
from undersong.compose.score import Score
from undersong.phrases import phrase

LEVELS: tuple[tuple[str, str], ...] = (
    ("", phrase("As composed")),
    ("-28", phrase("A little lower, at most −28 LUFS")),
    ("-32", phrase("Low, at most −32 LUFS")),
    ("-36", phrase("Very low, at most −36 LUFS")),
)
"""The most level there may be, as the settings' form sends it, and its words."""

SOFTNESSES: tuple[tuple[str, str], ...] = (
    ("", phrase("As composed")),
    ("1", phrase("A little softer")),
    ("2", phrase("Softer")),
    ("3", phrase("As soft as can be")),
)
"""Steps of softness: each takes brightness from the whole sound."""

DIAL_OF: Mapping[str, str] = {"most_lufs": "most", "softness": "soft"}
"""The settings by name, and the dials that they set."""


def comforted(score: Score, settings: Mapping[str, Any]) -> Score:
    """Return a new score with the listener's comfort, which is none by default."""
    for name, dial in DIAL_OF.items():
        if name in settings:
            score = nudge(score, f"{dial}={settings[name]}", 0)
    return score
