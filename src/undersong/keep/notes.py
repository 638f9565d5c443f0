"""Lines the person writes for themself."""

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import select

from undersong.errors import NotFoundError
from undersong.keep.database import Database
from undersong.keep.listeners import DEFAULT_LISTENER, Listeners
from undersong.keep.models import NoteRow
from undersong.values import Value


class Note(Value):
    """One line."""

    id: str
    created_at: float
    text: str


class Notes:
    """Notes, oldest first."""

    def __init__(
        self, database: Database, listeners: Listeners, now: Callable[[], float]
    ) -> None:
        self._database = database
        self._listeners = listeners
        self._now = now

    def add(self, text: str, *, listener_id: str = DEFAULT_LISTENER) -> Note:
        """Keep a note."""
        with self._database.writing() as rows:
            self._listeners.row(rows, listener_id)
            row = NoteRow(
                id=secrets.token_hex(12),
                listener_id=listener_id,
                created_at=self._now(),
                text=text,
            )
            rows.add(row)
            return _note(row)

    def all(self, *, listener_id: str = DEFAULT_LISTENER) -> Sequence[Note]:
        """Return every note."""
        wanted = (
            select(NoteRow)
            .where(NoteRow.listener_id == listener_id)
            .order_by(NoteRow.created_at, NoteRow.id)
        )
        with self._database.reading() as rows:
            return [_note(row) for row in rows.scalars(wanted)]

    def delete(self, note_id: str) -> None:
        """Forget a note."""
        with self._database.writing() as rows:
            row = rows.get(NoteRow, note_id)
            if row is None:
                raise NotFoundError(f"no note has the id {note_id!r}")
            rows.delete(row)


def _note(row: NoteRow) -> Note:
    return Note(id=row.id, created_at=row.created_at, text=row.text)
