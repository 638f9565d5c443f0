"""What was heard in each recording, as values; never the recording."""

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import func, select

from undersong.errors import NotFoundError
from undersong.hear.reading import Reading
from undersong.keep.database import Database
from undersong.keep.listeners import DEFAULT_LISTENER, Listeners
from undersong.keep.models import ReadingRow
from undersong.values import Value


class StoredReading(Value):
    """A reading with when and on which device it was made."""

    id: str
    created_at: float
    device: str
    reading: Reading


class Readings:
    """Readings by id, newest first."""

    def __init__(
        self, database: Database, listeners: Listeners, now: Callable[[], float]
    ) -> None:
        self._database = database
        self._listeners = listeners
        self._now = now

    def add(
        self, reading: Reading, *, device: str, listener_id: str = DEFAULT_LISTENER
    ) -> StoredReading:
        """Keep a reading."""
        with self._database.writing() as rows:
            self._listeners.row(rows, listener_id)
            row = ReadingRow(
                id=secrets.token_hex(12),
                listener_id=listener_id,
                created_at=self._now(),
                device=device,
                reading=reading.to_json(),
            )
            rows.add(row)
            return _stored(row)

    def get(self, reading_id: str) -> StoredReading:
        """Return a reading.

        Raises
        ------
        NotFoundError
            If there is none of that id.
        """
        with self._database.reading() as rows:
            row = rows.get(ReadingRow, reading_id)
            if row is None:
                raise NotFoundError(
                    f"no reading has the id {reading_id!r}; "
                    "use one that POST /api/v1/readings gave"
                )
            return _stored(row)

    def recent(
        self,
        limit: int = 1000,
        *,
        since: float = 0.0,
        before: float | None = None,
        listener_id: str = DEFAULT_LISTENER,
    ) -> Sequence[StoredReading]:
        """Return the newest readings first, those made in a span of time if given."""
        wanted = select(ReadingRow).where(
            ReadingRow.listener_id == listener_id, ReadingRow.created_at >= since
        )
        if before is not None:
            wanted = wanted.where(ReadingRow.created_at < before)
        wanted = wanted.order_by(ReadingRow.created_at.desc(), ReadingRow.id)
        with self._database.reading() as rows:
            return [_stored(row) for row in rows.scalars(wanted.limit(limit))]

    def count(self) -> int:
        """Return how many readings are kept."""
        with self._database.reading() as rows:
            return rows.scalar(select(func.count()).select_from(ReadingRow)) or 0

    def delete(self, reading_id: str) -> None:
        """Forget a reading; sessions made from it stay."""
        with self._database.writing() as rows:
            row = rows.get(ReadingRow, reading_id)
            if row is None:
                raise NotFoundError(f"no reading has the id {reading_id!r}")
            rows.delete(row)


def _stored(row: ReadingRow) -> StoredReading:
    return StoredReading(
        id=row.id,
        created_at=row.created_at,
        device=row.device,
        reading=Reading.from_json(row.reading),
    )
