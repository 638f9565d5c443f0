"""Scenes that start with one tap, and recipes that people hand to each other."""

import secrets

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from undersong.app.context import Context, InContext
from undersong.app.pages.kept import title_of
from undersong.app.pages.route import page_router
from undersong.app.pages.said import text_of
from undersong.app.rendering import render
from undersong.app.words import OUTCOME_TITLES
from undersong.compose.presets import PRESETS
from undersong.compose.recipes import LARGEST_RECIPE, Recipe, from_recipe, recipe_of
from undersong.compose.score import OUTCOMES
from undersong.compose.signature import signature_from
from undersong.errors import NotFoundError
from undersong.keep.listeners import SEED_BITS
from undersong.keep.sessions import Session

router = page_router()

JSON_START = "{"


@router.get("/scenes")
def scenes(request: Request) -> HTMLResponse:
    """List the scenes by what they are for."""
    groups = [
        {
            "outcome": outcome,
            "title": OUTCOME_TITLES[outcome],
            "rows": [row for row in PRESETS if row.outcome == outcome],
        }
        for outcome in OUTCOMES
    ]
    return render(request, "scenes.html", {"groups": groups})


@router.post("/scenes/{name}")
async def play_scene(context: InContext, name: str) -> RedirectResponse:
    """Compose a scene for this listener, then show it."""
    recipe = next((row for row in PRESETS if row.name == name), None)
    if recipe is None:
        raise NotFoundError(f"no scene has the name {name!r}; the page lists them")
    session = await context.work(session_from, context, recipe)
    return RedirectResponse(f"/sessions/{session.id}", 303)


def session_from(context: Context, recipe: Recipe) -> Session:
    """Compose a recipe and keep it as a session."""
    listener = context.store.listeners.get()
    score = from_recipe(
        recipe,
        seed=secrets.randbits(SEED_BITS),
        signature=signature_from(listener.signature_seed),
    )
    return context.store.sessions.add(score, title=recipe.title)


@router.get("/sessions/{session_id}/recipe.json")
def recipe(context: InContext, session_id: str) -> Response:
    """Give the arrangement as a file: nothing heard, said or done is in it."""
    session = context.store.sessions.get(session_id)
    score = context.store.sessions.score(session_id)
    name = f"undersong-{session.outcome}.json"
    return Response(
        recipe_of(score, session.title).to_json(),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/sessions/{session_id}/share")
def share(request: Request, context: InContext, session_id: str) -> HTMLResponse:
    """Show the arrangement as a link and as a file."""
    session = context.store.sessions.get(session_id)
    score = context.store.sessions.score(session_id)
    values = {
        "id": session_id,
        "outcome": session.outcome,
        "title": title_of(session),
        "fragment": recipe_of(score, session.title).to_fragment(),
    }
    return render(request, "share.html", values)


@router.get("/open")
def open_page(request: Request) -> HTMLResponse:
    """Ask for a recipe; with script, the part of the link after # fills it in."""
    return render(request, "open.html")


@router.post("/open")
async def open_recipe(request: Request, context: InContext) -> RedirectResponse:
    """Compose from a recipe's file or text."""
    form = await request.form(max_files=1, max_fields=4)
    file = form.get("file")
    data = await file.read(LARGEST_RECIPE + 1) if isinstance(file, UploadFile) else b""
    text = (data.decode("utf-8", "replace") or text_of(form, "text")).strip()
    if text.startswith(JSON_START):
        wanted = Recipe.from_json(text)
    else:
        wanted = Recipe.from_fragment(text.rpartition("#")[2])
    session = await context.work(session_from, context, wanted)
    return RedirectResponse(f"/sessions/{session.id}", 303)
