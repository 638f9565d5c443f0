"""The words that several pages share: outcomes, signals, amounts, lengths, dates."""

from collections.abc import Mapping
from datetime import date, datetime

from undersong.compose.question import Fits
from undersong.compose.score import Outcome
from undersong.hear.reading import SignalName
from undersong.phrases import phrase

OUTCOME_TITLES: Mapping[Outcome, str] = {
    "calm": phrase("Calm"),
    "focus": phrase("Focus"),
    "sleep": phrase("Sleep"),
}

USUAL_MINUTES: Mapping[Outcome, int] = {"calm": 20, "focus": 45, "sleep": 40}
"""Length when the person has chosen none."""

ALL_NIGHT_MINUTES = 480

SIGNAL_LABELS: Mapping[SignalName, str] = {
    "stress": phrase("Tension"),
    "fatigue": phrase("Tiredness"),
    "energy": phrase("Energy"),
}

AMOUNTS = (
    phrase("much less than usual"),
    phrase("much less than usual"),
    phrase("less than usual"),
    phrase("less than usual"),
    phrase("a little less than usual"),
    phrase("as usual"),
    phrase("a little more than usual"),
    phrase("more than usual"),
    phrase("more than usual"),
    phrase("much more than usual"),
    phrase("much more than usual"),
)
"""One for each place on a scale from 0 to 10; static/sliders.js says the same."""

NUDGES = (
    ("softer", phrase("Softer")),
    ("darker", phrase("Darker")),
    ("less_busy", phrase("Less busy")),
)

FEELINGS = (
    ("better", phrase("Better")),
    ("same", phrase("The same")),
    ("worse", phrase("Worse")),
)
FITS: tuple[tuple[Fits, str], ...] = (
    ("said", phrase("What I said")),
    ("voice", phrase("My voice")),
    ("both", phrase("Both")),
    ("neither", phrase("Neither")),
)
"""What fits better, where words and voice differ."""

MORE = (("more", phrase("More like this")), ("less", phrase("Less like this")))
"""One tap after a session."""

PROMPTS = (
    phrase(
        "This morning I put the kettle on and looked out of the window. The street was "
        "wet, a bus went by, and somebody on the corner was trying to fold an "
        "umbrella. I thought about what I had to do, and in what order, and then I "
        "made the tea."
    ),
    phrase(
        "On the way home I passed the bakery, the post office and the little park with "
        "the crooked bench. The light was going. I bought bread, forgot the milk, and "
        "decided that tomorrow would be a good day for a longer walk."
    ),
    phrase(
        "The kitchen drawer holds string, candles, a torch and four keys that open "
        "nothing we own. Every spring I mean to sort it out. Every spring I find "
        "something I had been looking for, and close the drawer again."
    ),
    phrase(
        "Say anything about today: what you did first, what comes next, what you had "
        "for lunch, and who you spoke to."
    ),
)


def amount(value: float) -> str:
    """Return the words for a value in 0..1 where 0.5 is usual."""
    return AMOUNTS[round(10 * min(max(value, 0.0), 1.0))]


def length_in_words(minutes: float) -> str:
    """Return a length as people say it."""
    if minutes >= ALL_NIGHT_MINUTES:
        return phrase("all night")
    if minutes == 1:
        return phrase("1 minute")
    return phrase("{number:g} minutes", number=minutes)


def heard_in_words(seconds: float) -> str:
    """Return how long something went on, in whole minutes or seconds."""
    if seconds < 60:
        return (
            phrase("1 second")
            if round(seconds) == 1
            else phrase("{number} seconds", number=round(seconds))
        )
    return length_in_words(round(seconds / 60))


MONTHS = (
    *(phrase("January"), phrase("February"), phrase("March"), phrase("April")),
    *(phrase("May"), phrase("June"), phrase("July"), phrase("August")),
    *(phrase("September"), phrase("October"), phrase("November"), phrase("December")),
)
WEEKDAYS = (
    *(phrase("Monday"), phrase("Tuesday"), phrase("Wednesday"), phrase("Thursday")),
    *(phrase("Friday"), phrase("Saturday"), phrase("Sunday")),
)
SHORT_WEEKDAYS = (
    *(phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu")),
    *(phrase("Fri"), phrase("Sat"), phrase("Sun")),
)
"""For the heads of narrow columns."""


def month_in_words(day: date) -> str:
    """Return a day's month and year."""
    return phrase("{month} {year}", month=MONTHS[day.month - 1], year=day.year)


def day_in_words(day: date) -> str:
    """Return a day as people write it."""
    return phrase(
        "{day} {month} {year}",
        day=day.day,
        month=MONTHS[day.month - 1],
        year=day.year,
    )


def time_in_words(moment: datetime) -> str:
    """Return a moment within its month: weekday, day and time."""
    return phrase(
        "{weekday} {day}, {time}",
        weekday=WEEKDAYS[moment.weekday()],
        day=moment.day,
        time=f"{moment:%H:%M}",
    )


def moment_in_figures(moment: datetime) -> str:
    """Return a moment in figures alone, for the narrow cells of a table."""
    return phrase(
        "{day}.{month}. {time}",
        day=f"{moment:%d}",
        month=f"{moment:%m}",
        time=f"{moment:%H:%M}",
    )
