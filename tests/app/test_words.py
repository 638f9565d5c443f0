"""Words: one catalogue a language, complete, and every page in it."""

import random
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from clocks import Clock
from jinja2 import Environment, nodes
from scripts.words import TEMPLATES, catalogue_text, messages

from undersong.app.catalogue import (
    LOCALES,
    best_language,
    catalogue,
    languages,
    messages_in,
)
from undersong.app.explaining import why_of
from undersong.app.guide_pages import INDEX
from undersong.compose import events
from undersong.compose.blocks import BLOCKS
from undersong.compose.composer import compose
from undersong.compose.score import OUTCOMES, Score
from undersong.hear.markers import MARKER
from undersong.hear.reading import SIGNAL_NAMES, Reading, Signal
from undersong.hear.sentences import AGAINST, NOTICEABLE, SPOKEN_OF
from undersong.phrases import PLACE, Phrase, listed, phrase

GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
OTHER_LANGUAGES = [name for name in languages() if name != "en"]
LETTERS = re.compile(r"[^\W\d_]{2}")


@pytest.fixture(params=OTHER_LANGUAGES)
def text(request):
    return (LOCALES / f"{request.param}.po").read_text(encoding="utf-8")


def test_german_is_there():
    assert "de" in OTHER_LANGUAGES


def test_catalogue_has_every_message_and_no_other(text):
    known = messages_in(text)
    assert {key for key, told in known.items() if key and told} == messages()
    assert text == catalogue_text(known), "run make words"


def test_translations_have_the_places_of_their_english(text):
    wrong = [
        english
        for english, told in messages_in(text).items()
        if english and places(english) != places(told)
    ]
    assert wrong == []


def places(template: str) -> set[str]:
    return {found[0] for found in PLACE.finditer(template)}


def test_german_quotes_and_calls_as_german_does(text):
    told = [told for english, told in messages_in(text).items() if english]
    assert not [one for one in told if "“" in one and "„" not in one]
    assert not [one for one in told if '"' in one]
    assert not [one for one in told if "!" in one]


def unknown(sentence: str) -> list[str]:
    """Return what of a sentence the German catalogue does not know."""
    known = {**catalogue("de").messages, "": ""}
    if not isinstance(sentence, Phrase):
        return [sentence] if LETTERS.search(sentence) and sentence not in known else []
    missing = [] if sentence.template in known else [sentence.template]
    words = [one for one in sentence.values.values() if isinstance(one, str)]
    return missing + [left for word in words for left in unknown(word)]


def sounded(chance: random.Random) -> str:
    words = [
        phrase(chance.choice(NOTICEABLE)[1], word=word)
        for name in chance.sample(SPOKEN_OF, 2)
        for word in [chance.choice([MARKER[name].more, MARKER[name].less])]
    ]
    return phrase(
        "Your voice sounded {heard} than {against}.",
        heard=listed(words),
        against=chance.choice(list(AGAINST.values())),
    )


def some_score(seed: int) -> Score:
    chance = random.Random(seed)
    some = chance.sample([block.name for block in BLOCKS], 5)
    signals = {
        name: Signal(value=chance.random(), low=0, high=1, confidence=0.5, versus="you")
        for name in SIGNAL_NAMES
    }
    reading = Reading(ok=True, sentences=(sounded(chance),), **signals)
    score = compose(
        chance.choice(OUTCOMES),
        seed=seed,
        minutes=chance.choice([5, 30, 60, 480]),
        reading=reading if chance.random() < 0.6 else None,
        said={"stress": 7.0} if chance.random() < 0.5 else None,
        wanted=some[:2] if chance.random() < 0.4 else (),
        never=some[2:] if chance.random() < 0.4 else (),
    )
    for name, _ in chance.sample(events.nudges_for(score), 3):
        score = events.nudge(score, name, 48_000)
    return events.stop(score, 96_000)


@pytest.mark.parametrize(
    "scores", [40, pytest.param(200, marks=pytest.mark.slow)], ids=str
)
def test_every_reason_of_random_scores_can_be_told_in_german(scores):
    left = {
        one
        for seed in range(scores)
        for reason in why_of(Score.from_json(some_score(seed).to_json()), every=True)
        for told in (reason.sentence, reason.otherwise)
        for one in unknown(told)
    }
    assert left == set()


def test_reason_is_told_in_german_with_german_numbers():
    told = catalogue("de").say(
        phrase(
            "{dimension} {then:.0%} instead of {now:.0%}",
            dimension="warmth",
            then=0.5,
            now=0.254,
        )
    )
    assert told == "Wärme 50\N{NO-BREAK SPACE}% statt 25\N{NO-BREAK SPACE}%"
    assert catalogue("de").number(1.5, ".1f") == "1,5"


SPOKEN = ("aria-label", "aria-valuetext")


class Shown(HTMLParser):
    """Collects what a page shows or says of its parts, but for other languages."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.told += [
            held[name] for name in ("aria-label", "aria-valuetext") if name in held
        ]
        self.silent += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.silent -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.silent and LETTERS.search(data):
            self.told.append(" ".join(data.split()))


def shown(page: str) -> set[str]:
    parser = Shown()
    parser.feed(page)
    return {one.rstrip(".") for one in parser.told}


def test_every_page_in_german_leaves_no_message_in_english(client):
    reply = client.post("/play", data={"outcome": "calm"}, follow_redirects=False)
    session = reply.headers["location"]
    paths = [
        "/",
        "/speak",
        "/scenes",
        "/open",
        "/past",
        f"/past/{date.fromtimestamp(Clock().seconds)}",
        "/patterns",
        "/trial",
        "/settings",
    ]
    paths += ["/offline", "/nowhere", session, f"{session}/why", f"{session}/share"]
    paths += [address for address, _, _ in INDEX] + [
        "/help?country=GB",
        "/guide/therapists?country=GB",
    ]
    english = {
        one.rstrip(".") for one, told in catalogue("de").messages.items() if one != told
    }
    german = {told.rstrip(".") for told in catalogue("de").messages.values()}
    for path in paths:
        page = client.get(path, headers={**GERMAN, "Accept": "text/html"}).text
        assert '<html lang="de"' in page, path
        assert shown(page) & (english - german) == set(), path


def test_templates_say_nothing_beside_the_catalogue():
    said_as_they_are = {"Undersong", "dB", "code", "lang", "open"}
    for path in TEMPLATES.rglob("*.html"):
        if path.name == "api_docs.html":
            continue
        tree = Environment().parse(path.read_text(encoding="utf-8"))
        text = "".join(
            part.data if isinstance(part, nodes.TemplateData) else "\0"
            for output in tree.find_all(nodes.Output)
            for part in output.nodes
        )
        bare = re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", " ", text, flags=re.S))
        words = set(re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*$|^[^<]*>", " ", bare)))
        assert words - said_as_they_are == set(), path


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.8", "de"),
        ("en,de;q=0.9", "en"),
        ("fr,de;q=0.3,en;q=0.2", "de"),
        ("fr", "en"),
        ("de;q=0", "en"),
        ("*;q=0.5, de;q=x", "en"),
    ],
)
def test_browser_is_answered_in_the_language_it_likes_best(accepted, language):
    # RFC 9110, section 12.5.4: weights from 0 to 1, 0 for not at all.
    assert best_language(accepted) == language


def test_chosen_language_outranks_the_browser_and_auto_gives_it_back(client):
    client.post("/settings", data={"language": "en"})
    assert '<html lang="en"' in client.get("/", headers=GERMAN).text
    client.post("/settings", data={"language": "auto"})
    assert '<html lang="de"' in client.get("/", headers=GERMAN).text
    client.post("/settings", data={"language": "de"})
    assert '<html lang="de"' in client.get("/").text


def test_problem_is_told_in_the_language_asked_for(client):
    page = client.get("/sessions/none", headers={**GERMAN, "Accept": "text/html"}).text
    assert "An dieser Adresse ist nichts aufbewahrt" in page


def test_name_a_person_gave_stays_as_it_is(client):
    reply = client.post("/play", data={"outcome": "calm"}, follow_redirects=False)
    path = reply.headers["location"]
    client.post(f"{path}/describe", data={"title": "My evening"})
    assert "<h1>My evening</h1>" in client.get(path, headers=GERMAN).text


def test_api_shows_finished_english_sentences(client):
    made = client.post("/api/v1/sessions", json={"outcome": "calm"}).json()
    told = client.get(f"/api/v1/sessions/{made['id']}").json()
    assert "template" not in str(told)
