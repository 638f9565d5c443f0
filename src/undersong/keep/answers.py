"""What the person said about a session: how they feel, whether they liked it."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

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
    liked: float | None
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
        id=row.id,
        session_id=row.session_id,
        created_at=row.created_at,
        said=None if row.said is None else json.loads(row.said),
        liked=row.liked,
        note=row.note,
    )
