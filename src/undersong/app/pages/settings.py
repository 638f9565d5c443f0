"""Settings: the voice, what never to play, the theme, and everything that is kept."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import groupby

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from undersong.app.catalogue import catalogue, languages
from undersong.app.comfort import LEVELS, SOFTNESSES
from undersong.app.context import InContext
from undersong.app.language import AUTO, COOKIE, chosen_language, words_for
from undersong.app.pages.devices import device_rows
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.app.rendering import THEMES, render
from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.errors import ParameterError
from undersong.guide import helplines
from undersong.keep.export import zipped
from undersong.phrases import phrase

router = page_router()

YEAR_SECONDS = 365 * 24 * 3600
THEME_LABELS: Mapping[str, str] = {
    "auto": phrase("As the device"),
    "light": phrase("Light"),
    "dark": phrase("Dark"),
}
ERASE_WORD = phrase("erase")
"""Typed in the language of the page."""


@router.get("/settings")
def settings(
    request: Request, context: InContext, saved: str = "", erased: str = ""
) -> HTMLResponse:
    """Show what can be set and what is kept."""
    store = context.store
    listener = store.listeners.get()
    chosen = listener.settings
    values = {
        "saved": bool(saved),
        "erased": bool(erased),
        "voice": chosen.get("voice", True),
        "agreed": listener.consent_version > 0,
        "devices": device_rows(context),
        "most_lufs": str(chosen.get("most_lufs", "")),
        "levels": LEVELS,
        "softness": str(chosen.get("softness", "")),
        "softnesses": SOFTNESSES,
        "place": store.place,
        "countries": helplines.countries(),
        "country": chosen.get("country", ""),
        "themes": [(name, THEME_LABELS[name]) for name in THEMES],
        "languages": [
            (AUTO, phrase("As the browser asks")),
            *((name, catalogue(name).name) for name in languages()),
        ],
        "chosen_language": chosen_language(request),
        "families": families(chosen.get("never", ())),
        "sessions": store.sessions.count(),
        "readings": store.readings.count(),
        "version": version("undersong"),
        "erase_word": ERASE_WORD,
    }
    return render(request, "settings.html", values)


def families(never: Sequence[str]) -> list[dict[str, object]]:
    """Return the palette by family, with what is never to be played."""
    ordered = sorted(BLOCKS, key=lambda block: (block.family, block.label))
    return [
        {
            "name": family,
            "blocks": [(row.name, row.label, row.name in never) for row in rows],
        }
        for family, rows in groupby(ordered, lambda block: block.family)
    ]


@router.post("/settings")
async def change(request: Request, context: InContext) -> RedirectResponse:
    """Keep the settings of the form."""
    form = await form_of(request)
    never = [str(name) for name in form.getlist("never") if name in BLOCK_BY_NAME]
    context.store.listeners.set_settings(
        {
            "voice": text_of(form, "voice") == "yes",
            "never": never or None,
            "most_lufs": chosen_of(form, "most_lufs", LEVELS),
            "softness": chosen_of(form, "softness", SOFTNESSES),
            "country": country_of(form),
        }
    )
    answer = RedirectResponse("/settings?saved=yes", 303)
    theme = text_of(form, "theme")
    if theme in THEMES:
        _remember(answer, "theme", theme)
    language = text_of(form, "language")
    if language in (AUTO, *languages()):
        _remember(answer, COOKIE, language)
    return answer


def country_of(form: FormData) -> str | None:
    """Return the code of the country chosen for the help card, None for none."""
    code = text_of(form, "country")
    return code if code in {row.code for row in helplines.countries()} else None


def chosen_of(
    form: FormData, name: str, choices: Sequence[tuple[str, str]]
) -> int | None:
    """Return the number chosen from a list; None for its first row, or no row."""
    text = text_of(form, name)
    return int(text) if text and text in dict(choices) else None


def _remember(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR_SECONDS, httponly=True, samesite="strict"
    )


@router.post("/erase")
async def erase(request: Request, context: InContext) -> RedirectResponse:
    """Forget everything, once the word has been typed."""
    form = await form_of(request)
    typed = text_of(form, "word").strip()
    if typed.casefold() != words_for(request).say(ERASE_WORD).casefold():
        raise ParameterError(
            phrase(
                "nothing was erased: the word typed was “{typed}”; type “{word}”",
                typed=typed,
                word=ERASE_WORD,
            )
        )
    context.erase()
    answer = RedirectResponse("/settings?erased=yes", 303)
    # What this browser remembers of it goes too.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@router.get("/export.zip")
async def export(context: InContext) -> Response:
    """Give everything that is kept as one readable archive."""
    data = await context.work(zipped, context.store, when=context.now())
    return Response(
        data,
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="undersong.zip"'},
    )
