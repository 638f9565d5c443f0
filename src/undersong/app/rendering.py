"""One way to make a page: every router calls `render` with a template and its values.

Templates mark their sentences with ``_("…")``, so a catalogue can stand in for English.
"""

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from undersong.app.offering import offer_for

HERE = Path(__file__).parent
THEMES = ("auto", "light", "dark")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["printed"] = printed
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return environment


def printed(sentence: str) -> str:
    """Return a sentence with the apostrophes of print."""
    return sentence.replace("'", "’")


ENVIRONMENT = _environment()


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
    text = ENVIRONMENT.get_template(template).render(
        language="en",
        theme=theme_of(request),
        path=request.url.path,
        help_offer=offer_for(request),
        **(values or {}),
    )
    # Pages show what is kept about a person: no copy of them stays in a cache.
    return HTMLResponse(
        text, status_code=status_code, headers={"Cache-Control": "no-store"}
    )


def problem_page(request: Request, sentence: str, status_code: int) -> HTMLResponse:
    """Return a page with one sentence on what went wrong and a way on."""
    told = f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}."
    return render(request, "problem.html", {"sentence": told}, status_code=status_code)
