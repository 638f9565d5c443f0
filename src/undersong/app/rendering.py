"""One way to make a page: every router calls `render` with a template and its values.

A template marks its sentences ``_("…")``, with values in places such as ``{title}``,
and words out of a table the same way, ``_(row.label)``. Whatever phrase it prints, its
own or one among its values, is printed in the reader's language.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from undersong.app.catalogue import catalogue
from undersong.app.language import language_of
from undersong.app.offering import offer_for
from undersong.app.script_words import script_words
from undersong.app.words import day_in_words
from undersong.guide.pages import Paragraph, Piece
from undersong.phrases import Phrase, phrase

HERE = Path(__file__).parent
THEMES = ("auto", "light", "dark")


@lru_cache
def environment_of(language: str) -> Environment:
    """Return the templates in a language."""
    words = catalogue(language)

    def shown(value: object) -> object:
        return words.say(value) if isinstance(value, Phrase) else value

    def pieces(paragraph: Paragraph) -> Iterator[Piece]:
        return Paragraph(say=words.say(paragraph.say)).pieces()

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=shown,
    )
    environment.globals.update(_=phrase, day=day_in_words)
    environment.filters.update(
        said=words.say,
        pieces=pieces,
        printed=lambda text: printed(words.say(text)),
        capitalize=lambda text: begun_large(words.say(text)),
        sentence=lambda text: as_sentence(words.say(text)),
        number=words.number,
    )
    return environment


def printed(sentence: str) -> str:
    """Return a sentence with the apostrophes of print."""
    return sentence.replace("'", "’")


def begun_large(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """Return part of a sentence as a whole one."""
    return f"{begun_large(text).rstrip('.')}."


def theme_of(request: Request) -> str:
    """Return the theme the person chose, "auto" when none was."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def render(
    request: Request,
    template: str,
    values: Mapping[str, object] | None = None,
    *,
    status_code: int = 200,
) -> HTMLResponse:
    """Return a page made from a template under ``templates/``."""
    words = catalogue(language_of(request))
    text = (
        environment_of(words.language)
        .get_template(template)
        .render(
            language=words.language,
            script_words=json.dumps(script_words(words), ensure_ascii=False),
            theme=theme_of(request),
            path=request.url.path,
            help_offer=offer_for(request),
            **(values or {}),
        )
    )
    # Pages show what is kept about a person: no copy of them stays in a cache.
    return HTMLResponse(
        text,
        status_code=status_code,
        headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"},
    )


def problem_page(request: Request, sentence: str, status_code: int) -> HTMLResponse:
    """Return a page with one sentence on what went wrong and a way on."""
    return render(
        request, "problem.html", {"sentence": phrase(sentence)}, status_code=status_code
    )
