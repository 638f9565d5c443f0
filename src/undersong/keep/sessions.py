"""Sessions: a planned score, what the person did since, and what has been served.

`served` is the highest segment number ever handed out. It only rises, and events take
effect after it: what has been served never changes, on any node, after any restart.
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Rows
from sqlalchemy.orm import undefer

from undersong.compose.score import Event, Outcome, Score
from undersong.errors import NotFoundError
from undersong.keep.database import Database
from undersong.keep.listeners import DEFAULT_LISTENER, Listeners
from undersong.keep.models import SessionRow
from undersong.phrases import WHOLE
from undersong.values import Value

KEY_BYTES = 18
"""144 random bits: a key in an address cannot be guessed."""

EVENTS = TypeAdapter(tuple[Event, ...])


class Session(Value):
    """A kept session without its score, which is larger."""

    id: str
    key: str
    created_at: float
    started_at: float | None
    reading_id: str | None
    outcome: Outcome
    minutes: float
    said: Mapping[str, float] | None
    title: str
    favourite: bool
    served: int
    event_count: int


class Sessions:
    """Sessions by id for their owner, by key for players."""

    def __init__(
        self, database: Database, listeners: Listeners, now: Callable[[], float]
    ) -> None:
        self._database = database
        self._listeners = listeners
        self._now = now

    def add(
        self,
        score: Score,
        *,
        reading_id: str | None = None,
        said: Mapping[str, float] | None = None,
        title: str = "",
        listener_id: str = DEFAULT_LISTENER,
    ) -> Session:
        """Keep a new session."""
        with self._database.writing() as rows:
            self._listeners.row(rows, listener_id)
            row = SessionRow(
                id=secrets.token_hex(12),
                key=secrets.token_urlsafe(KEY_BYTES),
                listener_id=listener_id,
                created_at=self._now(),
                started_at=None,
                reading_id=reading_id,
                outcome=score.outcome,
                minutes=score.minutes,
                said=None if said is None else json.dumps(dict(said)),
                title=title,
                favourite=False,
                served=-1,
                event_count=len(score.events),
                events=_events_to_json(score.events),
                score=_plan_to_json(score),
            )
            rows.add(row)
            return _session(row)

    def get(self, session_id: str) -> Session:
        """Return a session by id; NotFoundError if there is none."""
        with self._database.reading() as rows:
            return _session(_row(rows, session_id))

    def by_key(self, key: str) -> Session:
        """Return a session by its player's key; NotFoundError if there is none."""
        wanted = select(SessionRow).where(SessionRow.key == key)
        with self._database.reading() as rows:
            row = rows.scalars(wanted).one_or_none()
            if row is None:
                raise NotFoundError("no session has this address; make one with Play")
            return _session(row)

    def score(self, session_id: str) -> Score:
        """Return a session's score with all its events."""
        with self._database.reading() as rows:
            return _score(_row(rows, session_id, whole=True))

    def recent(
        self,
        limit: int = 100,
        *,
        since: float = 0.0,
        before: float | None = None,
        listener_id: str = DEFAULT_LISTENER,
    ) -> Sequence[Session]:
        """Return the newest sessions first, those made in a span of time if given."""
        wanted = select(SessionRow).where(
            SessionRow.listener_id == listener_id, SessionRow.created_at >= since
        )
        if before is not None:
            wanted = wanted.where(SessionRow.created_at < before)
        wanted = wanted.order_by(SessionRow.created_at.desc(), SessionRow.id)
        with self._database.reading() as rows:
            return [_session(row) for row in rows.scalars(wanted.limit(limit))]

    def count(self) -> int:
        """Return how many sessions are kept."""
        with self._database.reading() as rows:
            return rows.scalar(select(func.count()).select_from(SessionRow)) or 0

    def serve(self, session_id: str, number: int) -> Session:
        """Note that a segment is about to be handed out; it is fixed from now on."""
        with self._database.writing() as rows:
            row = _row(rows, session_id, lock=True)
            row.served = max(row.served, number)
            return _session(row)

    def start(self, session_id: str, at: float) -> Session:
        """Note from when on a live list publishes segments."""
        with self._database.writing() as rows:
            row = _row(rows, session_id, lock=True)
            row.started_at = at
            return _session(row)

    def change_score(
        self, session_id: str, change: Callable[[Score, Session], Score]
    ) -> Score:
        """Append events to a score, in one step with what has been served by then."""
        with self._database.writing() as rows:
            row = _row(rows, session_id, whole=True, lock=True)
            score = change(_score(row), _session(row))
            row.events = _events_to_json(score.events)
            row.event_count = len(score.events)
            return score

    def describe(
        self,
        session_id: str,
        *,
        title: str | None = None,
        favourite: bool | None = None,
    ) -> Session:
        """Rename a session, or mark it as a favourite."""
        with self._database.writing() as rows:
            row = _row(rows, session_id)
            row.title = row.title if title is None else title
            row.favourite = row.favourite if favourite is None else favourite
            return _session(row)

    def delete(self, session_id: str) -> None:
        """Forget a session and the answers about it."""
        with self._database.writing() as rows:
            rows.delete(_row(rows, session_id))


def _row(
    rows: Rows, session_id: str, *, whole: bool = False, lock: bool = False
) -> SessionRow:
    wanted = select(SessionRow).where(SessionRow.id == session_id)
    if whole:
        wanted = wanted.options(undefer(SessionRow.score), undefer(SessionRow.events))
    if lock:
        wanted = wanted.with_for_update()
    row = rows.scalars(wanted).one_or_none()
    if row is None:
        raise NotFoundError(
            f"no session has the id {session_id!r}; GET /api/v1/sessions lists them"
        )
    return row


def _session(row: SessionRow) -> Session:
    return Session(
        said=None if row.said is None else json.loads(row.said),
        **{name: getattr(row, name) for name in Session.model_fields if name != "said"},
    )


def _plan_to_json(score: Score) -> str:
    return score.model_copy(update={"events": ()}).model_dump_json(context=WHOLE)


def _events_to_json(events: tuple[Event, ...]) -> str:
    return EVENTS.dump_json(events, context=WHOLE).decode()


def _score(row: SessionRow) -> Score:
    planned = Score.from_json(row.score)
    return planned.model_copy(update={"events": EVENTS.validate_json(row.events)})
