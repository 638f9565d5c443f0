"""How do you feel now? What is answered is kept and teaches the taste."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator, Field

from undersong.app.answering import answered
from undersong.app.api.bodies import AnswerBody, answer_body
from undersong.app.api.fields import Body, NoteText, Said, said_values
from undersong.app.context import InContext
from undersong.app.problems import responses
from undersong.compose.lessons import Felt
from undersong.compose.question import Fit

router = APIRouter(tags=["answers"])


def _number(liked: object) -> object:
    """Return yes and no as the ends of the scale."""
    return (1.0 if liked else -1.0) if isinstance(liked, bool) else liked


Liked = Annotated[
    float,
    Field(ge=-1, le=1, allow_inf_nan=False),
    BeforeValidator(_number, json_schema_input_type=bool | float),
]


class NewAnswer(Body):
    """Any of these; what is not said is left out."""

    said: Said | None = None
    felt: Felt | None = None
    """Better, same or worse than before it."""
    liked: Liked | None = None
    """From -1, less like this, to 1, more like this; true is 1 and false -1."""
    note: NoteText = ""
    fits: Fit | None = None
    """Where words and voice differed: which of the two fitted."""


@router.post(
    "/sessions/{session_id}/answers", status_code=201, responses=responses(404)
)
def create_answer(session_id: str, answer: NewAnswer, context: InContext) -> AnswerBody:
    """Keep an answer about a session."""
    kept = answered(
        context,
        session_id,
        said=said_values(answer.said),
        felt=answer.felt,
        liked=answer.liked,
        note=answer.note,
        fits=answer.fits,
    )
    return answer_body(kept)


@router.get("/sessions/{session_id}/answers", responses=responses(404))
def list_answers(session_id: str, context: InContext) -> list[AnswerBody]:
    """Return the answers about a session, oldest first."""
    context.store.sessions.get(session_id)
    return [answer_body(one) for one in context.store.answers.of(session_id)]
