"""The person: a signature seed, settings, and which consent they gave."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session as Rows

from undersong.keep.database import Database
from undersong.keep.models import ListenerRow
from undersong.values import Value

DEFAULT_LISTENER = "me"
SEED_BITS = 48
"""Small enough for every number in JSON, large enough never to meet twice."""


class Listener(Value):
    """One person who listens."""

    id: str
    created_at: float
    signature_seed: int
    settings: Mapping[str, Any]
    consent_version: int


class Listeners:
    """Who listens; the default listener is made when first asked for."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def get(self, listener_id: str = DEFAULT_LISTENER) -> Listener:
        """Return the listener."""
        with self._database.reading() as rows:
            row = rows.get(ListenerRow, listener_id)
            if row is not None:
                return _listener(row)
        with self._database.writing() as rows:
            return _listener(self.row(rows, listener_id))

    def row(self, rows: Rows, listener_id: str = DEFAULT_LISTENER) -> ListenerRow:
        """Return the listener's row within a write, made when missing."""
        row = rows.get(ListenerRow, listener_id)
        if row is None:
            row = ListenerRow(
                id=listener_id,
                created_at=self._now(),
                signature_seed=str(secrets.randbits(SEED_BITS)),
                settings="{}",
                consent_version=0,
            )
            rows.add(row)
            rows.flush()
        return row

    def set_settings(
        self, changes: Mapping[str, Any], listener_id: str = DEFAULT_LISTENER
    ) -> Listener:
        """Change settings by name; None takes one away."""
        with self._database.writing() as rows:
            row = self.row(rows, listener_id)
            merged = {**json.loads(row.settings), **changes}
            kept = {name: value for name, value in merged.items() if value is not None}
            row.settings = json.dumps(kept)
            return _listener(row)

    def set_consent(
        self, version: int, listener_id: str = DEFAULT_LISTENER
    ) -> Listener:
        """Note that the person agreed to a version of the consent; 0 takes it back."""
        with self._database.writing() as rows:
            row = self.row(rows, listener_id)
            row.consent_version = version
            return _listener(row)

    def set_signature_seed(
        self, seed: int, listener_id: str = DEFAULT_LISTENER
    ) -> Listener:
        """Give the listener another musical signature."""
        with self._database.writing() as rows:
            row = self.row(rows, listener_id)
            row.signature_seed = str(seed)
            return _listener(row)


def _listener(row: ListenerRow) -> Listener:
    return Listener(
        id=row.id,
        created_at=row.created_at,
        signature_seed=int(row.signature_seed),
        settings=json.loads(row.settings),
        consent_version=row.consent_version,
    )
