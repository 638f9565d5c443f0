"""The colours of pictures: paper and ink, the three outcomes, the families of sound."""

from undersong.compose.blocks import Family
from undersong.compose.score import Outcome

PAPER, INK, SOFT, RULE = "#f8f3ea", "#2b221d", "#6d6157", "#dcd2c2"

ACCENT: dict[Outcome, str] = {"calm": "#384f2c", "focus": "#6a3f02", "sleep": "#2f4972"}
"""The colours of the three outcomes, as on the page."""

SHADES: dict[Outcome, tuple[str, ...]] = {
    "calm": (PAPER, "#d9dcc4", "#9fb083", "#5c7645", "#2a3b21", "#141c10"),
    "focus": (PAPER, "#ecd9b4", "#d2a55c", "#9a6516", "#563402", "#241601"),
    "sleep": (PAPER, "#cfd6e0", "#8ea3c2", "#4f6c99", "#253c60", "#111c2e"),
}
"""From silence to the loudest in the spectrum."""

FAMILY_COLOUR: dict[Family, str] = {
    "water": "#3f6b82",
    "air": "#8797a0",
    "fire": "#b0592f",
    "creatures": "#8b8a3a",
    "tone": "#6b4f7d",
    "pluck": "#b98a2f",
    "pulse": "#98516a",
    "noise": "#8a7b6c",
}
