"""The guide's pages: complete without script, and honest to their evidence."""

import re

import pytest
from clocks import Clock
from outline import Outline, on
from starlette.testclient import TestClient

from undersong.app.guide_pages import INDEX
from undersong.app.week import heard_this_week
from undersong.guide import choose, evidence, pages
from undersong.keep.sessions import Session
from undersong.keep.store import Store

ADDRESSES = [
    *("/guide", *(address for address, _, _ in INDEX)),
    *("/help?country=GB", "/help?country=BE", "/guide/therapists?country=US"),
    "/guide/choose?urgent=no&who=me&need=everyday&care=no&music=no",
    "/guide/safe-listening?level=raised&hours=3&days=7",
]


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
