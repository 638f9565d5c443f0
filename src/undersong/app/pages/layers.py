"""The layers of a session as its page lists them: how loud, how rarely, never again."""

from fastapi import Request
from fastapi.responses import RedirectResponse

from undersong.app.changing import Request as Change
from undersong.app.changing import change_session
from undersong.app.context import InContext
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.dials import RARITY_WORDS, level_at, rarity_at, rarity_in_words
from undersong.compose.offsets import GLIDE_SECONDS
from undersong.compose.score import Score
from undersong.errors import NotFoundError
from undersong.keep.sessions import Session
from undersong.stream.segments import SEGMENT_SAMPLES
from undersong.units import seconds_to_samples

router = page_router()


def layer_rows(score: Score, session: Session) -> list[dict[str, object]]:
    """Return one row a layer, with its dials where the player is about to hear them."""
    heard = (session.served + 1) * SEGMENT_SAMPLES
    settled = (
        score.events[-1].at + seconds_to_samples(GLIDE_SECONDS) if score.events else 0
    )
    at = min(max(heard, settled), score.end)
    return [
        _row(score, block, at)
        for block in dict.fromkeys(layer.block for layer in score.layers)
    ]


def _row(score: Score, block: str, at: int) -> dict[str, object]:
    rarity = rarity_at(score, block, at)
    return {
        "name": block,
        "label": BLOCK_BY_NAME[block].label,
        "level": level_at(score, block, at),
        "rarity": rarity,
        "rarity_words": "" if rarity is None else rarity_in_words(rarity),
        "words": RARITY_WORDS,
    }


@router.post("/sessions/{session_id}/never")
async def never(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Silence a layer, and keep its block out of every new session."""
    block = text_of(await form_of(request), "name")
    if block not in BLOCK_BY_NAME:
        raise NotFoundError(f"no block is called {block!r}")
    change_session(context, session_id, Change(kind="nudge", name=f"no:{block}"))
    listeners = context.store.listeners
    kept = listeners.get().settings.get("never", ())
    listeners.set_settings({"never": sorted({*kept, block})})
    return RedirectResponse(f"/sessions/{session_id}", 303)
