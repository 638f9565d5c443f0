"""What the listener likes and how far their voice counts: read, set, forgotten."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from undersong.app.api.fields import Body
from undersong.app.context import InContext
from undersong.app.problems import responses
from undersong.app.trusting import forget_trust, settled, trust_of
from undersong.compose.score import Outcome
from undersong.compose.taste import Liking, Taste
from undersong.keep.tasting import change_taste, taste_in

router = APIRouter(tags=["taste"])


class Wish(Body):
    """What to set by hand."""

    liked: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)] | None
    """From -1, not at all, to 1, very much; null takes back what was set."""


class Trust(BaseModel):
    """How far the voice counts."""

    weight: float
    """From 0 to 1, in full."""
    answers: int
    """Sessions of which the listener said what fitted."""


@router.get("/taste", responses=responses())
def get_taste(context: InContext) -> list[Liking]:
    """Return what was learned of each sound for each outcome, strongest first."""
    return list((taste_in(context.store.tastes) or Taste()).explain())


@router.put("/taste/{outcome}/{block}", responses=responses(404))
def set_liking(outcome: Outcome, block: str, wish: Wish, context: InContext) -> Liking:
    """Set by hand how much a sound is liked for an outcome, or take that back."""
    liked = wish.liked

    def changed(taste: Taste) -> Taste:
        if liked is None:
            return taste.without_wish(outcome, block)
        return taste.wishing(outcome, block, liked)

    return change_taste(context.store.tastes, changed).liking(outcome, block)


@router.delete("/taste", status_code=204, responses=responses())
def forget_taste(context: InContext, outcome: Outcome | None = None) -> Response:
    """Forget what was learned, for one outcome or for all."""
    change_taste(context.store.tastes, lambda taste: taste.reset(outcome))
    return Response(status_code=204)


@router.get("/voice", responses=responses())
def get_trust(context: InContext) -> Trust:
    """Return how far the voice counts for the listener."""
    return Trust(weight=trust_of(context), answers=len(settled(context)))


@router.delete("/voice", status_code=204, responses=responses())
def count_voice_in_full(context: InContext) -> Response:
    """Forget which fitted where words and voice differed."""
    forget_trust(context)
    return Response(status_code=204)
