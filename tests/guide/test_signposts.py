"""Help lines, directories, questions and the dose say what is checked, and no more."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.errors import ParameterError
from undersong.guide import choose, directories, dose, helplines

DAY = date(2026, 12, 1)
LINES = helplines.load()
PLACES = directories.load()


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, Any]:
    return {
        name: yaml.safe_load(
            (shared / f"facts/{name}.yaml").read_text(encoding="utf-8")
        )
        for name in ("helplines", "directories")
    }


# Help now


def test_only_lines_that_may_ship_are_listed_with_their_numbers(
    facts: dict[str, Any],
) -> None:
    may = {
        (row["iso"], row["phone"] or row["sms"].split()[-1])
        for row in facts["helplines"]["helplines"]
        if row["ship"] == "yes" and (row["phone"] or row["sms"])
    }
    digits = {(iso, "".join(filter(str.isdigit, number))) for iso, number in may}
    for country in LINES.countries:
        for line in country.lines:
            known = {n for iso, n in digits if iso == country.code}
            number = "".join(filter(str.isdigit, line.ways[0].number))
            assert any(n.startswith(number) for n in known), line.service


def test_emergency_numbers_are_those_of_the_facts(facts: dict[str, Any]) -> None:
    known = {row["iso"]: row["emergency"] for row in facts["helplines"]["helplines"]}
    assert {c.code for c in LINES.countries} >= set(known)
    for country in LINES.countries:
        # A member of the Union that the facts leave to it has the Union's number.
        expected = known.get(country.code, known["EU"])
        if country.code != "WW":
            assert country.emergency_words == expected


def test_dates_are_those_of_the_facts(facts: dict[str, Any]) -> None:
    assert LINES.recheck_by == facts["helplines"]["meta"]["recheck_by"]
    assert PLACES.recheck_by == facts["directories"]["meta"]["recheck_by"]


def test_the_two_lines_of_belgium_come_together_or_not_at_all() -> None:
    assert len(helplines.card("BE", DAY).lines) in {0, 2}


def test_the_european_number_for_support_is_not_shown_for_all_of_europe() -> None:
    card = helplines.card("EU", DAY)
    assert card.country.emergency == ("112",)
    assert card.lines == ()


@pytest.mark.parametrize("country", LINES.countries, ids=lambda c: c.code)
def test_past_the_date_a_card_keeps_number_and_directory_and_says_so(
    country: helplines.Country,
) -> None:
    last = helplines.card(country.code, LINES.recheck_by)
    after = helplines.card(country.code, LINES.recheck_by + timedelta(days=1))
    assert last.lines == country.lines
    assert after.lines == ()
    assert after.country.emergency == last.country.emergency
    assert after.directory == last.directory
    assert any("past its check date" in remark for remark in after.remarks)


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_any_country_text_gets_a_card_and_a_listing(code: str) -> None:
    assert helplines.card(code, DAY).country.emergency_words
    assert directories.listing(code, DAY).bodies


def test_no_card_promises_a_waiting_time() -> None:
    words = " ".join(
        f"{line.hours} {line.note}" for c in LINES.countries for line in c.lines
    )
    assert "wait" not in words
    assert "second" not in words


# Music therapists


def test_only_addresses_that_may_ship_are_listed(facts: dict[str, Any]) -> None:
    may = {
        row["directory_url"]
        for row in facts["directories"]["directories"]
        if row["ship"] in {"yes", "fallback"}
    }
    shown = {body.web for place in PLACES.countries for body in place.bodies}
    shown |= {body.web for body in PLACES.fallbacks.values()}
    assert shown <= may


def test_every_country_of_the_facts_can_be_chosen(facts: dict[str, Any]) -> None:
    known = {row["country"] for row in facts["directories"]["directories"]}
    assert known <= {place.code for place in PLACES.countries}


@pytest.mark.parametrize("place", PLACES.countries, ids=lambda p: p.code)
def test_past_the_date_only_the_federation_is_shown(place: directories.Place) -> None:
    after = directories.listing(place.code, PLACES.recheck_by + timedelta(days=1))
    assert after.bodies == (PLACES.fallbacks[place.region],)
    assert any("past their check date" in remark for remark in after.remarks)


def test_the_two_amtas_are_told_apart_by_their_country() -> None:
    american = directories.listing("US", DAY).bodies[0]
    australian = directories.listing("AU", DAY).bodies[0]
    assert "American" in american.body
    assert "Australian" in australian.body
    assert american.web != australian.web


# Which is right for you


QUESTIONS = choose.load().questions
PATHS = [
    dict(zip([q.name for q in QUESTIONS], names, strict=True))
    for names in product(*([a.name for a in q.answers] for q in QUESTIONS))
]
CLINICAL = {"sleep", "mind", "health", "ears", "development", "neuro", "dementia"}
FOR_THE_APP = {"app", "app_beside", "app_with_person", "other_adult"}


def wanted(answers: dict[str, str]) -> set[str]:
    """Return the advice a careful person would give, written apart from the table."""
    if answers["urgent"] == "yes":
        return {"urgent"}
    if answers["need"] == "ears":
        return {"urgent_care"}
    if answers["need"] in CLINICAL:
        return {
            *("professional", "professional_in_care"),
            *("music_therapist", "music_therapist_in_care"),
        }
    return {"child"} if answers["who"] == "child" else FOR_THE_APP


@pytest.mark.parametrize("answers", PATHS, ids=lambda a: "-".join(a.values()))
def test_path_ends_where_a_careful_person_would_send_it(
    answers: dict[str, str],
) -> None:
    assert choose.route(answers) in wanted(answers)


def test_questions_are_four_to_six_and_every_advice_is_reached() -> None:
    assert 4 <= len(QUESTIONS) <= 6
    assert {choose.route(path) for path in PATHS} == set(choose.load().advice)


@pytest.mark.parametrize("need", sorted({"development", "neuro", "dementia"}))
def test_a_need_that_music_therapists_meet_leads_to_one_when_wished(need: str) -> None:
    answers = {"urgent": "no", "who": "adult", "need": need, "music": "yes"}
    assert choose.route({**answers, "care": "no"}) == "music_therapist"
    assert choose.route({**answers, "care": "yes"}) == "music_therapist_in_care"


def test_advice_for_a_health_need_is_said_without_hedging() -> None:
    for name in ("professional", "music_therapist", "urgent_care"):
        words = choose.advice(name).text.lower()
        assert not {"might", "perhaps", "could", "maybe"} & set(words.split())
        assert "program may suit" not in words


def test_a_missing_answer_gives_no_advice_but_danger_does() -> None:
    assert choose.route({"who": "me"}) is None
    assert choose.route({"urgent": "yes"}) == "urgent"


def test_every_link_of_advice_is_a_page_of_ours() -> None:
    links = {link.to for a in choose.load().advice.values() for link in a.links}
    assert all(link.startswith("/") for link in links)


# The listening dose: ITU-T H.870 (08/2018), 80 dB(A) for 40 hours, equal energy


@pytest.mark.parametrize(
    ("level_db", "hours"),
    [(80, 40), (83, 20), (86, 10), (89, 5), (92, 2.5), (98, 0.625)],
)
def test_allowed_time_halves_for_every_three_decibels(
    level_db: float, hours: float
) -> None:
    # The standard rounds 3.01 dB to 3 dB: within 3 % over six steps.
    assert dose.allowed_hours(level_db) == pytest.approx(hours, rel=0.03)
    assert dose.weekly_share([(level_db, hours)]) == pytest.approx(1, rel=0.03)


def test_the_careful_measure_is_five_decibels_stricter() -> None:
    careful = dose.weekly_share([(70, 10)], dose.CAREFUL_DB)
    assert careful == pytest.approx(10**0.5 * dose.weekly_share([(70, 10)]))


@given(st.floats(0, 130), st.floats(0, 80), st.floats(0, 80))
def test_time_adds_up(level_db: float, first: float, second: float) -> None:
    apart = dose.weekly_share([(level_db, first), (level_db, second)])
    assert apart == pytest.approx(dose.weekly_share([(level_db, first + second)]))


def test_a_session_that_falls_counts_for_less_than_one_that_stays() -> None:
    stays = dose.session_spans([(-24, 0.5), (-24, 0.5)], level_db=60)
    falls = dose.session_spans([(-24, 0.5), (-34, 0.5)], level_db=60)
    assert stays == ((60, 0.5), (60, 0.5))
    assert falls[1] == (50, 0.5)
    assert dose.weekly_share(falls) < dose.weekly_share(stays)


@pytest.mark.parametrize("span", [(-1, 1), (131, 1), (60, -1), (60, 169)])
def test_levels_and_times_outside_their_range_are_refused(
    span: tuple[float, float],
) -> None:
    with pytest.raises(ParameterError, match="must be from 0 to 1"):
        dose.weekly_share([span])


def test_past_its_date_nothing_printed_whole_holds_a_stale_entry() -> None:
    late = helplines.load().recheck_by + timedelta(days=1)
    number = helplines.card("DE", late - timedelta(days=1)).lines[0].phones[0]
    assert number
    assert number not in helplines.card("DE", late).model_dump_json()
    late = directories.load().recheck_by + timedelta(days=1)
    assert "hcpc-uk.org" not in directories.listing("GB", late).model_dump_json()
