"""What the person said about a session: how they feel, whether they liked it."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from undersong.compose.lessons import Felt
from undersong.errors import NotFoundError
from undersong.keep.database import Database
from undersong.keep.models import AnswerRow, SessionRow
from undersong.values import Value


class Answer(Value):
    """One answer; what was not said is None."""

    id: str
    session_id: str
    created_at: float
    said: Mapping[str, float] | None
    felt: Felt | None
    """Better, the same or worse than before the session."""
    liked: float | None
    """More or less like this, -1..1."""
    note: str


class Answers:
    """Answers by session, oldest first."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def add(
        self,
        session_id: str,
        *,
        said: Mapping[str, float] | None = None,
        felt: Felt | None = None,
        liked: float | None = None,
        note: str = "",
    ) -> Answer:
        """Keep an answer; NotFoundError if there is no such session."""
        with self._database.writing() as rows:
            if rows.get(SessionRow, session_id) is None:
                raise NotFoundError(f"no session has the id {session_id!r}")
            row = AnswerRow(
                id=secrets.token_hex(12),
                session_id=session_id,
                created_at=self._now(),
                said=None if said is None else json.dumps(dict(said)),
                felt=felt,
                liked=liked,
                note=note,
            )
            rows.add(row)
            return _answer(row)

    def of(self, session_id: str) -> Sequence[Answer]:
        """Return the answers about one session."""
        wanted = (
            select(AnswerRow)
            .where(AnswerRow.session_id == session_id)
            .order_by(AnswerRow.created_at, AnswerRow.id)
        )
        with self._database.reading() as rows:
            return [_answer(row) for row in rows.scalars(wanted)]

    def all(self) -> Sequence[Answer]:
        """Return every answer."""
        wanted = select(AnswerRow).order_by(AnswerRow.created_at, AnswerRow.id)
        with self._database.reading() as rows:
            return [_answer(row) for row in rows.scalars(wanted)]


def _answer(row: AnswerRow) -> Answer:
    return Answer(
        said=None if row.said is None else json.loads(row.said),
        **{name: getattr(row, name) for name in Answer.model_fields if name != "said"},
    )
