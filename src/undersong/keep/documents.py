"""JSON texts under a name: baselines by device, tastes and trials by name."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from undersong.keep.database import Database
from undersong.keep.listeners import DEFAULT_LISTENER, Listeners
from undersong.keep.models import DocumentRow


class Documents:
    """One table of texts; what the texts mean is for their readers."""

    def __init__(
        self,
        database: Database,
        listeners: Listeners,
        now: Callable[[], float],
        *,
        table: type[DocumentRow],
    ) -> None:
        self._database = database
        self._listeners = listeners
        self._now = now
        self._table = table

    def get(self, name: str, *, listener_id: str = DEFAULT_LISTENER) -> str | None:
        """Return a text, or None if there is none of that name."""
        with self._database.reading() as rows:
            row = rows.get(self._table, (listener_id, name))
            return None if row is None else row.body

    def all(self, *, listener_id: str = DEFAULT_LISTENER) -> Mapping[str, str]:
        """Return every text by name."""
        wanted = select(self._table).where(self._table.listener_id == listener_id)
        with self._database.reading() as rows:
            found = rows.scalars(wanted.order_by(self._table.name))
            return {row.name: row.body for row in found}

    def put(self, name: str, body: str, *, listener_id: str = DEFAULT_LISTENER) -> None:
        """Keep a text in place of any before it."""
        self.update(name, lambda _: body, listener_id=listener_id)

    def update(
        self,
        name: str,
        change: Callable[[str | None], str],
        *,
        listener_id: str = DEFAULT_LISTENER,
    ) -> str:
        """Replace a text by what `change` makes of it, with no other change between."""
        with self._database.writing() as rows:
            self._listeners.row(rows, listener_id)
            row = rows.get(self._table, (listener_id, name), with_for_update=True)
            body = change(None if row is None else row.body)
            if row is None:
                row = self._table(listener_id=listener_id, name=name)
                rows.add(row)
            row.body = body
            row.updated_at = self._now()
            return body

    def delete(self, name: str, *, listener_id: str = DEFAULT_LISTENER) -> None:
        """Forget a text; nothing happens if there is none."""
        with self._database.writing() as rows:
            row = rows.get(self._table, (listener_id, name))
            if row is not None:
                rows.delete(row)
