"""How far the voice counts for this person: what they answered where it differed.

Each session asks once at most, and its last answer counts.
"""

from pydantic import TypeAdapter

from undersong.app.context import Context
from undersong.compose.question import Fit, Question, disagreement, voice_weight
from undersong.keep.sessions import Session
from undersong.values import Value

FITS = "fits"
"""Name under which the answers are kept."""

MOST_FITS = 60
"""Answers that count: trust may come back."""


class Settled(Value):
    """The answer to one session's question."""

    session_id: str
    fit: Fit


SETTLED_LIST = TypeAdapter(tuple[Settled, ...])


def settled(context: Context) -> tuple[Settled, ...]:
    """Return whether words or voice fitted, each time the two differed."""
    body = context.store.tastes.get(FITS)
    return () if body is None else SETTLED_LIST.validate_json(body)


def settle(context: Context, session_id: str, fit: Fit) -> None:
    """Keep which of words and voice fitted, in place of what was answered before."""

    def changed(body: str | None) -> str:
        before = () if body is None else SETTLED_LIST.validate_json(body)
        others = (one for one in before if one.session_id != session_id)
        after = (*others, Settled(session_id=session_id, fit=fit))
        return SETTLED_LIST.dump_json(after[-MOST_FITS:]).decode()

    context.store.tastes.update(FITS, changed)


def trust_of(context: Context) -> float:
    """Return how far the listener's voice counts, 0..1."""
    return voice_weight(one.fit for one in settled(context))


def forget_trust(context: Context) -> None:
    """Let the voice count in full again."""
    context.store.tastes.delete(FITS)


def question_about(context: Context, session: Session) -> Question | None:
    """Return what to ask where said and heard differ, until it is answered."""
    if session.reading_id is None:
        return None
    if any(one.session_id == session.id for one in settled(context)):
        return None
    reading = context.store.readings.get(session.reading_id).reading
    return disagreement(reading, session.said)
