"""Rules that every page keeps: no inline code, honest words, colours one can read."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from undersong.app.rendering import HERE
from undersong.guide import wording
from undersong.hear.gates import GATE
from undersong.hear.live import ENOUGH_SPEECH_SECONDS, WHOLE_SECONDS
from undersong.hear.quality import CLIPPED_FROM

STATIC = HERE / "static"
TEMPLATES = sorted(HERE.glob("templates/*.html"))
MODULES = sorted(STATIC.glob("*.js"))
SHEETS = sorted(STATIC.glob("*.css"))

LEAST_FOR_TEXT = 7.0
LEAST_FOR_SHAPES = 3.0
INKS = ("ink", "ink-soft", "calm", "focus-hue", "sleep", "warn")

ADDRESSES = (
    "/",
    "/speak",
    "/past",
    "/past/2026-11-27",
    "/patterns",
    "/trial",
    "/settings",
    "/offline",
    "/scenes",
    "/open",
)


class Tags(HTMLParser):
    """Every tag of a page, and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


@pytest.fixture
def pages(client):
    """Return every page by address, one session's among them."""
    made = client.post("/play", data={"outcome": "calm"}, follow_redirects=False)
    addresses = (*ADDRESSES, made.headers["location"])
    return {address: client.get(address).text for address in addresses}


def test_no_page_holds_code_or_style_of_its_own(pages):
    for address, text in pages.items():
        for tag, attributes in Tags(text).tags:
            assert tag != "style", address
            assert tag != "script" or attributes.get("src", "").startswith("/static/")
            assert not [name for name in attributes if name.startswith("on")]
            assert "style" not in attributes, (address, tag)


def test_the_meter_of_the_page_goes_by_the_bounds_of_the_reading(pages):
    (live,) = [
        json.loads(attributes["data-live"])
        for _, attributes in Tags(pages["/speak"]).tags
        if "data-live" in attributes
    ]
    assert live == {
        "quiet_db": GATE["too_quiet"].full,
        "loud_peak": CLIPPED_FROM,
        "enough_seconds": ENOUGH_SPEECH_SECONDS,
        "whole_seconds": WHOLE_SECONDS,
    }
    scripts = [(STATIC / f"{name}.js").read_text() for name in ("meter", "speak")]
    for bound in live:
        assert any(bound in script for script in scripts), bound
    for script in scripts:
        assert not re.search(r"const [A-Z_]*(DB|PEAK|SECONDS) =", script)
    said = f"stop after {ENOUGH_SPEECH_SECONDS:g} seconds"
    assert said in pages["/speak"]


def test_no_page_loads_anything_from_elsewhere(pages):
    for address, text in pages.items():
        for _, attributes in Tags(text).tags:
            for name in ("src", "href", "action", "formaction"):
                value = attributes.get(name) or "/"
                assert not value.startswith(("//", "http")), address


def test_every_field_has_a_label(pages):
    for address, text in pages.items():
        page = Tags(text)
        labelled = {attributes.get("for") for tag, attributes in page.tags}
        for tag, attributes in page.tags:
            if tag in ("select", "textarea") or attributes.get("type") == "range":
                name = attributes.get("id") or attributes.get("name")
                inside = f'name="{name}"' in "".join(re.findall(LABEL, text))
                inside |= f'id="{name}"' in "".join(re.findall(LABEL, text))
                assert name in labelled or inside, (address, attributes)


LABEL = re.compile(r"<label.*?</label>", re.DOTALL)


def test_words_of_every_page_keep_the_wording_rules(pages):
    for address, text in pages.items():
        found = wording.check(" ".join(word for word in Tags(text).words if word))
        assert [one for one in found if one.verdict == "ban"] == [], address


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_sentences_of_modules_keep_the_wording_rules(path: Path) -> None:
    for sentence in re.findall(r'"([A-Z][^"]{12,})"', path.read_text("utf-8")):
        assert wording.verdict(sentence) != "ban", sentence


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_module_is_short_and_writes_no_markup_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 170
    for banned in ("innerHTML", "document.write", "eval(", "http://", "https://"):
        assert banned not in text


def luminance(colour: str) -> float:
    """Return relative luminance; WCAG 2.2, definition of the term."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio; WCAG 2.2, definition of the term."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_21_between_black_and_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def palettes() -> Iterator[dict[str, str]]:
    text = (STATIC / "tokens.css").read_text("utf-8")
    for block in re.findall(r"\{([^{}]*--paper[^{}]*)\}", text):
        yield dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


@pytest.mark.parametrize("palette", [*palettes()], ids=["light", "dark", "by system"])
def test_text_is_readable_on_both_papers(palette):
    for paper in ("paper", "raised"):
        for ink in INKS:
            assert contrast(palette[ink], palette[paper]) >= LEAST_FOR_TEXT
        assert contrast(palette["edge"], palette[paper]) >= LEAST_FOR_SHAPES


def test_night_is_no_brighter_than_a_breath():
    text = (STATIC / "tokens.css").read_text("utf-8")
    found = dict(re.findall(r"--(breath|night-paper): (#[0-9a-f]{6})", text))
    assert luminance(found["breath"]) <= 0.08
    assert luminance(found["night-paper"]) <= 0.08


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_and_lengths_are_named_in_one_place(path: Path) -> None:
    if path.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|\b[1-9]\d*px", text) == []
