"""Whom to call: one tap away, by country, and never past its date."""

from datetime import date

import pytest
from clocks import Clock
from outline import Outline, on
from starlette.testclient import TestClient

from undersong.errors import StoreUnavailableError
from undersong.guide import directories, helplines
from undersong.keep.store import Store

EUROPEAN_UNION = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU"),
    *("IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES"),
    "SE",
)


def test_help_gives_the_emergency_number_before_any_line(client: TestClient) -> None:
    for country in helplines.countries():
        text = client.get(f"/help?country={country.code}").text
        card = text.split('class="card"', 1)[1].split("<form", 1)[0]
        first = card.index((country.emergency or (country.emergency_words,))[0])
        assert all(first < card.index(line.service) for line in country.lines)
        assert card.index("findahelpline.com") > first


def test_help_without_a_country_guesses_none(client: TestClient) -> None:
    text = client.get("/help", headers={"Accept-Language": "de-DE"}).text
    assert "den örtlichen Notruf" in text
    assert "TelefonSeelsorge" not in text


def test_help_past_its_date_keeps_the_number_hides_lines_and_says_so(
    client: TestClient, clock: Clock
) -> None:
    on(clock, "2027-02-22")
    assert "Samaritans" in client.get("/help?country=GB").text
    on(clock, "2027-02-24")
    text = client.get("/help?country=GB").text
    assert "Samaritans" not in text
    assert "999" in text
    assert "findahelpline.com" in text
    assert "past its check date (2027-02-22)" in text


def test_directories_past_their_date_show_the_federation_only(
    client: TestClient, clock: Clock
) -> None:
    assert "hcpc-uk.org" in client.get("/guide/therapists?country=GB").text
    on(clock, "2027-05-24")
    text = client.get("/guide/therapists?country=GB").text
    assert "hcpc-uk.org" not in text
    assert "emtc-eu.com" in text
    assert "past their check date" in text


def test_help_is_refused_to_nobody(client: TestClient) -> None:
    response = client.get("/help?country=" + "x" * 999)
    assert response.status_code == 200
    assert "findahelpline.com" in response.text


@pytest.mark.parametrize("member", EUROPEAN_UNION)
def test_every_member_of_the_european_union_is_sent_to_its_number(
    client: TestClient, member: str
) -> None:
    # 112 has worked in every member state since 2008 (European Commission).
    assert 'href="tel:112"' in client.get(f"/help?country={member}").text
    assert "emtc-eu.com" in client.get(f"/guide/therapists?country={member}").text or (
        directories.listing(member, date(2026, 12, 1)).place.bodies
    )


@pytest.mark.parametrize(
    ("country", "address"),
    [
        ("GB", "tel:999"),
        ("GB", "tel:116123"),
        ("GB", "sms:85258?body=SHOUT"),
        ("US", "tel:988"),
        ("US", "sms:988"),
        ("US", "sms:741741?body=HOME"),
        ("DE", "tel:08001110111"),
        ("DE", "tel:08001110222"),
        ("IE", "tel:999"),
        ("AU", "sms:0477131114"),
        ("JP", "tel:0120061338"),
    ],
)
def test_a_number_is_dialled_or_texted_with_a_tap(
    client: TestClient, country: str, address: str
) -> None:
    links = Outline(client.get(f"/help?country={country}").text).all("a")
    assert address in {link["href"] for link in links}


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/nowhere", {}),
        ("/guide/nowhere", {}),
        ("/sessions/nowhere", {}),
        ("/play", {}),
        ("/", {"host": "elsewhere.example"}),
        ("/offline", {}),
    ],
)
def test_help_is_one_tap_away_also_where_something_went_wrong(
    client: TestClient, address: str, headers: dict[str, str]
) -> None:
    page = client.get(address, headers={"accept": "text/html", **headers})
    top = page.text.split("<header", 1)[1].split("</header>", 1)[0]
    assert 'href="/help"' in top


def test_the_page_without_the_program_keeps_every_number(client: TestClient) -> None:
    response = client.get("/offline")
    ids = {row.get("id") for row in Outline(response.text).all("div")}
    links = {row["href"] for row in Outline(response.text).all("a")}
    for country in helplines.countries():
        assert f"country-{country.code}" in ids
        assert {helplines.dialled(number) for number in country.emergency} <= links
        ways = {way.address for line in country.lines for way in line.ways}
        assert ways - {""} <= links
    assert response.headers["undersong-lines-until"] == "2027-02-22"


def test_its_later_form_has_the_emergency_numbers_alone_and_says_why(
    client: TestClient, clock: Clock
) -> None:
    late = client.get("/offline-late").text
    on(clock, "2027-02-24")
    for text in (late, client.get("/offline").text):
        numbers = {row["href"] for row in Outline(text).all("a")}
        assert {"tel:112", "tel:999", "tel:911"} <= numbers
        assert "tel:116123" not in numbers
        assert "past its check date (2027-02-22)" in text


def test_the_country_of_the_settings_stands_on_the_card_at_once(
    client: TestClient,
) -> None:
    client.post("/settings", data={"country": "AT", "theme": "auto"})
    assert 'href="tel:142"' in client.get("/help").text
    assert 'href="tel:116123"' in client.get("/help?country=GB").text
    assert "open>\n    <summary>Austria" in client.get("/offline").text
    client.post("/settings", data={"country": "", "theme": "auto"})
    assert "your local emergency number" in client.get("/help").text


def test_whom_to_call_is_shown_also_when_nothing_kept_can_be_read(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreUnavailableError("the database is away")

    monkeypatch.setattr(store.listeners, "get", fail)
    assert 'href="tel:116123"' in client.get("/help?country=GB").text
    assert client.get("/help").status_code == 200
    assert client.get("/offline").status_code == 200


@pytest.mark.parametrize("code", ["XX", "'", "at"])
def test_a_country_that_is_none_is_not_kept(client: TestClient, code: str) -> None:
    client.post("/settings", data={"country": code, "theme": "auto"})
    assert "your local emergency number" in client.get("/help").text


def test_a_change_of_the_card_is_a_new_worker(client: TestClient, clock: Clock) -> None:
    first = client.get("/sw.js").text
    assert "MARK" not in first
    assert client.get("/sw.js").text == first
    on(clock, "2027-02-24")
    assert client.get("/sw.js").text != first
