"""A month of what is kept: weeks of days, each with its sessions and readings."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from undersong.app.words import day_in_words, month_in_words
from undersong.compose.score import Outcome
from undersong.keep.readings import StoredReading
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.phrases import listed, phrase

MOST = 1_000
"""Sessions or readings looked at in a month."""

MARKS = 3
"""Sessions of a day that are drawn; all of them are told in words."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month and what is kept of it."""

    day: date
    outcomes: tuple[Outcome, ...] = ()
    """Of its sessions, the first one first."""
    readings: int = 0

    @property
    def words(self) -> str:
        """The day and what is kept of it; empty where nothing is."""
        kept = [
            phrase(one if count == 1 else many, count=count)
            for count, one, many in (
                (len(self.outcomes), ONE_SESSION, SESSIONS),
                (self.readings, ONE_READING, READINGS),
            )
            if count
        ]
        if not kept:
            return ""
        return phrase("{day}: {kept}", day=day_in_words(self.day), kept=listed(kept))


ONE_SESSION, SESSIONS = phrase("1 session"), phrase("{count} sessions")
ONE_READING, READINGS = phrase("1 reading"), phrase("{count} readings")


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a calendar shows it."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]
    """From Monday to Sunday; None where a day is of another month."""
    earlier: date | None
    """The first day of the month before, where anything older is kept."""
    later: date | None
    """The first day of the month after, where it has begun."""


def seconds_of(day: date) -> float:
    """Return when a day begins here, in seconds since 1970."""
    return datetime.combine(day, time.min).timestamp()


def first_of_next(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def kept_between(
    store: Store, begin: date, end: date
) -> tuple[Sequence[Session], Sequence[StoredReading]]:
    """Return what was kept from a day on and before another, newest first."""
    since, before = seconds_of(begin), seconds_of(end)
    return (
        store.sessions.recent(MOST, since=since, before=before),
        store.readings.recent(MOST, since=since, before=before),
    )


def month_of(store: Store, day: date, today: date) -> Month:
    """Return the month that a day lies in."""
    first, end = day.replace(day=1), first_of_next(day)
    sessions, readings = kept_between(store, first, end)
    outcomes: dict[date, list[Outcome]] = defaultdict(list)
    for session in reversed(sessions):
        outcomes[date.fromtimestamp(session.created_at)].append(session.outcome)
    heard = [date.fromtimestamp(reading.created_at) for reading in readings]
    before = seconds_of(first)
    is_older = any(
        (
            store.sessions.recent(1, before=before),
            store.readings.recent(1, before=before),
        )
    )
    return Month(
        title=month_in_words(first),
        weeks=tuple(
            tuple(
                Day(one, tuple(outcomes.get(one, ())), heard.count(one))
                if one.month == first.month
                else None
                for one in week
            )
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ),
        earlier=(first - timedelta(days=1)).replace(day=1) if is_older else None,
        later=end if end <= today else None,
    )
