"""The words that several pages share: names of outcomes, of signals, of amounts."""

from collections.abc import Mapping

from undersong.compose.question import Fits
from undersong.compose.score import Outcome
from undersong.hear.reading import SignalName

OUTCOME_TITLES: Mapping[Outcome, str] = {
    "calm": "Calm",
    "focus": "Focus",
    "sleep": "Sleep",
}

USUAL_MINUTES: Mapping[Outcome, int] = {"calm": 20, "focus": 45, "sleep": 40}
"""Length when the person has chosen none."""

ALL_NIGHT_MINUTES = 480

SIGNAL_LABELS: Mapping[SignalName, str] = {
    "stress": "Tension",
    "fatigue": "Tiredness",
    "energy": "Energy",
}

AMOUNTS = (
    "much less than usual",
    "much less than usual",
    "less than usual",
    "less than usual",
    "a little less than usual",
    "as usual",
    "a little more than usual",
    "more than usual",
    "more than usual",
    "much more than usual",
    "much more than usual",
)
"""One for each place on a scale from 0 to 10; static/sliders.js says the same."""

NUDGES = (("softer", "Softer"), ("darker", "Darker"), ("less_busy", "Less busy"))

FEELINGS = (("better", "Better"), ("same", "The same"), ("worse", "Worse"))
FITS: tuple[tuple[Fits, str], ...] = (
    ("said", "What I said"),
    ("voice", "My voice"),
    ("both", "Both"),
    ("neither", "Neither"),
)
"""What fits better, where words and voice differ."""

MORE = (("more", "More like this"), ("less", "Less like this"))
"""One tap after a session."""

PROMPTS = (
    "This morning I put the kettle on and looked out of the window. The street was "
    "wet, a bus went by, and somebody on the corner was trying to fold an umbrella. "
    "I thought about what I had to do, and in what order, and then I made the tea.",
    "On the way home I passed the bakery, the post office and the little park with "
    "the crooked bench. The light was going. I bought bread, forgot the milk, and "
    "decided that tomorrow would be a good day for a longer walk.",
    "The kitchen drawer holds string, candles, a torch and four keys that open "
    "nothing we own. Every spring I mean to sort it out. Every spring I find "
    "something I had been looking for, and close the drawer again.",
    "Say anything about today: what you did first, what comes next, what you had "
    "for lunch, and who you spoke to.",
)


def amount(value: float) -> str:
    """Return the words for a value in 0..1 where 0.5 is usual."""
    return AMOUNTS[round(10 * min(max(value, 0.0), 1.0))]


def length_in_words(minutes: float) -> str:
    """Return a length as people say it."""
    if minutes >= ALL_NIGHT_MINUTES:
        return "all night"
    return _counted(minutes, "minute")


def heard_in_words(seconds: float) -> str:
    """Return how long something went on, in whole minutes or seconds."""
    if seconds < 60:
        return _counted(round(seconds), "second")
    return length_in_words(round(seconds / 60))


def _counted(number: float, unit: str) -> str:
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
