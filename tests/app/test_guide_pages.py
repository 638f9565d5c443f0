"""The guide's pages: complete without script, and honest to their evidence."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from clocks import Clock
from starlette.testclient import TestClient

from undersong.app.guide_pages import INDEX
from undersong.app.main import create_app
from undersong.app.week import heard_this_week
from undersong.compose.composer import compose
from undersong.errors import StoreUnavailableError
from undersong.guide import choose, directories, evidence, helplines, pages
from undersong.guide.crisis import OFFER
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from

BASE = "http://127.0.0.1:8080"

EUROPEAN_UNION = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU"),
    *("IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES"),
    "SE",
)

ADDRESSES = [
    *("/guide", *(address for address, _, _ in INDEX)),
    *("/help?country=GB", "/help?country=BE", "/guide/therapists?country=US"),
    "/guide/choose?urgent=no&who=me&need=everyday&care=no&music=no",
    "/guide/safe-listening?level=raised&hours=3&days=7",
]


class Outline(HTMLParser):
    """Headings, ids, links, scripts and labels of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def on(clock: Clock, day: str) -> None:
    clock.seconds = (
        datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp()
    )


# One app for the whole file: nothing these pages do is kept, so tests cannot meet.


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = str(tmp_path_factory.mktemp("guide"))
    return settings_from({"UNDERSONG_DATA": folder, "UNDERSONG_CACHE": folder})


@pytest.fixture(scope="module")
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    with Store.open(settings, now=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(settings: Settings, store: Store, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(settings, store, now=clock), BASE) as made:
        yield made


@pytest.fixture(autouse=True)
def before_any_recheck(clock: Clock) -> None:
    on(clock, "2026-12-01")


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_whole_html_with_one_heading_and_no_script_of_its_own(
    client: TestClient, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    page = Outline(response.text)
    assert len(page.all("h1")) == 1
    main = response.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert "<script" not in main
    assert not re.search(r'\son\w+="', main)
    assert {form.get("method") for form in Outline(main).all("form")} <= {"get"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_inner_link_of_a_guide_page_leads_somewhere(
    client: TestClient, address: str
) -> None:
    main = client.get(address).text.split("<main", 1)[1].split("</main>", 1)[0]
    inner = {a["href"] or "" for a in Outline(main).all("a")}
    for link in sorted(href for href in inner if href.startswith("/")):
        path, _, fragment = link.partition("#")
        if path in {"/settings", "/"}:
            continue
        found = client.get(path)
        assert found.status_code == 200, link
        assert not fragment or f'id="{fragment}"' in found.text, link


def test_every_entry_is_on_the_register_page_with_its_strength_and_address(
    client: TestClient,
) -> None:
    text = client.get("/guide/evidence").text
    for entry in evidence.load().entries.values():
        assert f'id="{entry.id}"' in text
        assert all(address in text for address in entry.citation.addresses)
    assert text.count("From memory, not looked up.") >= 8
    assert "Due for a new check" not in text


def test_entries_past_their_check_say_so(client: TestClient, clock: Clock) -> None:
    on(clock, "2029-01-01")
    assert "Due for a new check" in client.get("/guide/evidence").text


@pytest.mark.parametrize("name", sorted(pages.load()))
def test_page_shows_the_strength_of_all_it_rests_on(
    client: TestClient, name: str
) -> None:
    text = client.get(f"/guide/{name}").text
    for paragraph in pages.page(name).paragraphs:
        for entry_id in paragraph.evidence:
            entry = evidence.load().entry(entry_id)
            recalled = ", from memory" if entry.checked == "recalled" else ""
            assert f"[{entry_id}, {entry.strength}{recalled}]" in text


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


def test_danger_is_answered_before_the_other_questions(client: TestClient) -> None:
    assert "Please get help now" in client.get("/guide/choose?urgent=yes").text


def test_half_answered_questions_keep_what_was_chosen(client: TestClient) -> None:
    text = client.get("/guide/choose?who=adult").text
    assert "Please answer all five questions." in text
    assert 'value="adult" checked' in text


def test_browser_may_send_one_answer_alone(client: TestClient) -> None:
    # Someone in danger is told so at once, without the other questions.
    radios = Outline(client.get("/guide/choose").text).all("input")
    assert radios
    assert not [attrs for attrs in radios if "required" in attrs]


def test_choosing_leaves_nothing_behind(client: TestClient) -> None:
    query = "&".join(f"{q.name}={q.answers[-1].name}" for q in choose.load().questions)
    response = client.get(f"/guide/choose?{query}")
    assert not response.cookies
    assert response.headers["cache-control"] == "no-store"


def test_an_answer_that_is_none_is_refused_with_what_would_work(
    client: TestClient,
) -> None:
    response = client.get("/guide/choose?who=cat")
    assert response.status_code == 422
    assert "use me, adult, child" in response.text


def test_the_estimate_says_what_the_standard_says_and_that_it_is_one(
    client: TestClient,
) -> None:
    # H.870: 80 dB for 40 hours is the whole week's allowance.
    text = client.get("/guide/safe-listening?level=street&hours=8&days=5").text
    assert "about 100 % of a week’s allowance" in text
    assert "This is an estimate." in text
    assert "lasts about 40 hours a week" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hours=25&days=7", "cannot be hours a day; give a number from 0 to 24"),
        ("hours=many&days=7", "cannot be hours a day"),
        ("hours=2&days=nan", "cannot be days a week; give a number from 0 to 7"),
        ("hours=2&days=-1", "cannot be days a week"),
    ],
)
def test_a_refused_number_is_named_and_the_form_keeps_what_was_typed(
    client: TestClient, typed: str, said: str
) -> None:
    response = client.get(f"/guide/safe-listening?level=street&{typed}")
    assert response.status_code == 422
    assert said in response.text
    page = Outline(response.text)
    kept = {row.get("name"): row.get("value") for row in page.all("input")}
    assert kept == dict(part.split("=") for part in typed.split("&"))
    chosen = [row["value"] for row in page.all("option") if "selected" in row]
    assert chosen == ["street"]
    assert "of a week’s allowance for adults" not in response.text


def test_a_number_may_have_a_comma(client: TestClient) -> None:
    text = client.get("/guide/safe-listening?level=street&hours=2,5&days=4").text
    assert "about 25 % of a week’s allowance" in text


def test_what_is_not_there_is_refused_in_one_sentence(client: TestClient) -> None:
    response = client.get("/guide/nowhere")
    assert response.status_code == 404
    assert "<h1" in response.text


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


CRISIS = "I want to end my life"
EVERYDAY = "this deadline is killing me"


@pytest.fixture
def session(store: Store) -> Session:
    return store.sessions.add(compose("calm", seed=3, minutes=10))


@pytest.mark.parametrize(("note", "offers"), [(CRISIS, True), (EVERYDAY, False)])
def test_crisis_words_in_a_note_bring_one_soft_offer_and_the_note_is_kept(
    client: TestClient, session: Session, store: Store, note: str, offers: bool
) -> None:
    page = client.post(f"/sessions/{session.id}/answers", data={"note": note})
    assert (OFFER in page.text) is offers
    assert page.text.count(OFFER) == offers
    assert store.answers.of(session.id)[-1].note == note


def test_way_on_leads_to_the_offer_itself(client: TestClient, session: Session) -> None:
    answers = f"/sessions/{session.id}/answers"
    told = client.post(answers, data={"note": CRISIS}, follow_redirects=False)
    assert told.headers["location"].endswith("#offer")
    assert 'id="offer"' in client.get(told.headers["location"]).text


def test_crisis_words_in_a_name_bring_it_too(
    client: TestClient, session: Session
) -> None:
    page = client.post(f"/sessions/{session.id}/describe", data={"title": CRISIS})
    assert OFFER in page.text


def test_the_offer_is_not_logged(
    client: TestClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="undersong"):
        client.post(f"/sessions/{session.id}/answers", data={"note": CRISIS})
        client.get("/help?country=GB")
    assert [row for row in caplog.records if row.name.startswith("undersong")] == []


def test_the_weeks_sessions_are_added_up_at_most(
    client: TestClient, session: Session, store: Store, clock: Clock
) -> None:
    address = "/guide/safe-listening?level=street&hours=1&days=1"
    assert "of the last seven days" not in client.get(address).text
    store.sessions.serve(session.id, 0)
    # A segment of two seconds lasted at most, not about, a tenth of an hour.
    assert "lasted at most 0.1 hours" in client.get(address).text
    store.sessions.serve(session.id, 10_000)
    # Ten minutes at 80 dB are 10 / 60 / 40 of the allowance, less its two fades.
    assert "Your one session of the last seven days lasted at most 0.2 hours" in (
        client.get(address).text
    )
    week = heard_this_week(store, clock(), level_db=80)
    assert week.hours == pytest.approx(1 / 6, rel=0.01)
    assert week.share == pytest.approx(1 / 6 / 40, rel=0.2)
    clock.seconds += 8 * 24 * 3600
    assert "of the last seven days" not in client.get(address).text


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
