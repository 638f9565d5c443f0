"""Past sessions in a calendar: a day tells what is kept of it and leads to it."""

import re
from datetime import datetime
from html import unescape

import pytest
from clocks import Clock
from first_page import id_of, played
from starlette.testclient import TestClient

from undersong.hear.reading import Reading, Refusal
from undersong.keep.store import Store


def at(clock: Clock, text: str) -> None:
    """Set the clock to a time of day here."""
    clock.seconds = datetime.fromisoformat(text).timestamp()


def rows_of(page: str) -> list[list[str]]:
    """Return the cells of the calendar, by weeks."""
    body = page.split('<table class="month">')[1].split("</table>")[0]
    weeks = re.findall(r"<tr>(.*?)</tr>", body.split("<tbody>")[1], re.DOTALL)
    return [
        [unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", week, re.DOTALL)]
        for week in weeks
    ]


def number_in(cell: str) -> int | None:
    found = re.match(r"\d+", re.sub(r"<[^>]*>", "", cell))
    return int(found[0]) if found else None


def test_days_stand_under_their_weekdays(client: TestClient, clock: Clock) -> None:
    at(clock, "2026-11-27T21:00")
    played(client)
    weeks = rows_of(client.get("/past").text)
    assert {len(week) for week in weeks} == {7}
    # November 2026 begins on a Sunday, ends on a Monday, and its 27th is a Friday.
    assert [[number_in(cell) for cell in week] for week in (weeks[0], weeks[-1])] == [
        [None, None, None, None, None, None, 1],
        [30, None, None, None, None, None, None],
    ]
    assert number_in(weeks[4][4]) == 27


def test_a_day_tells_in_words_what_is_kept_of_it_and_leads_to_it(
    client: TestClient, store: Store, clock: Clock
) -> None:
    at(clock, "2026-11-26T23:59")
    before = played(client, outcome="focus")
    at(clock, "2026-11-27T00:00")
    mine = [played(client), played(client, outcome="sleep")]
    refusal = Refusal(code="noisy", sentence="There was too much noise.")
    kept = store.readings.add(Reading(ok=False, refusal=refusal), device="microphone")
    at(clock, "2026-11-28T00:00")
    after = played(client)
    page = unescape(client.get("/past").text)
    assert 'aria-label="27 November 2026: 2 sessions and 1 reading"' in page
    assert 'aria-label="26 November 2026: 1 session"' in page
    day = client.get("/past/2026-11-27").text
    assert set(re.findall(r'<a href="(/sessions/\w+)">', day)) == set(mine)
    assert f'<a href="/heard/{kept.id}">00:00</a> There was too much noise.' in day
    assert not any(id_of(path) in day for path in (before, after))


def test_days_are_counted_in_the_language_of_the_page(
    client: TestClient, clock: Clock
) -> None:
    at(clock, "2026-11-27T12:00")
    played(client)
    page = client.get("/past", headers={"Accept-Language": "de"}).text
    assert 'aria-label="27. November 2026: 1 Sitzung"' in page
    assert re.findall(r'<abbr title="(\w+)">(\w+)</abbr>', page)[0] == ("Montag", "Mo")


def test_calendar_goes_back_as_far_as_anything_is_kept(
    client: TestClient, clock: Clock
) -> None:
    at(clock, "2026-10-31T12:00")
    played(client, minutes="10")
    at(clock, "2026-12-01T12:00")
    played(client, minutes="30")
    newest = client.get("/past").text
    assert "Days of December 2026" in newest
    assert "Later month" not in newest
    earlier = re.search(r'href="(/past\?month=[^"]+)">Earlier month', newest)
    assert earlier is not None
    between = client.get(earlier[1]).text
    assert "Days of November 2026" in between
    # What is listed below it goes on from there.
    assert "30 minutes" not in between
    assert "10 minutes" in between
    oldest = client.get("/past?month=2026-10-01").text
    assert "Days of October 2026" in oldest
    assert "Earlier month" not in oldest
    assert "Later month" in oldest


def test_a_day_without_anything_says_so(client: TestClient) -> None:
    assert "Nothing is kept of this day." in client.get("/past/2020-02-29").text


@pytest.mark.parametrize(
    "address",
    [
        *("/past/2021-02-29", "/past/0001-01-01", "/past/9999-12-31", "/past/today"),
        *("/past?month=never", "/past?month=0001-01-01", "/past?month=9999-12-31"),
    ],
)
def test_day_that_is_none_is_refused_on_a_page(
    client: TestClient, address: str
) -> None:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "that address does not fit" in answer.text.lower().replace("’", "'")


def test_no_calendar_is_shown_before_anything_is_kept(client: TestClient) -> None:
    assert "<table" not in client.get("/past").text
