"""Everything that is kept, noun by noun, behind one object."""

import time
from collections.abc import Callable
from types import TracebackType

from sqlalchemy import delete

from undersong.keep.answers import Answers
from undersong.keep.database import Database, check_kept
from undersong.keep.documents import Documents
from undersong.keep.listeners import Listeners
from undersong.keep.models import Base, BaselineRow, TasteRow, TrialRow
from undersong.keep.notes import Notes
from undersong.keep.readings import Readings
from undersong.keep.sessions import Sessions
from undersong.settings import Settings


class Store:
    """The nouns: listeners, readings, sessions, answers, baselines, tastes, trials."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self.database = database
        self.listeners = Listeners(database, now)
        shared = (database, self.listeners, now)
        self.readings = Readings(*shared)
        self.sessions = Sessions(*shared)
        self.answers = Answers(database, now)
        self.notes = Notes(*shared)
        self.baselines = Documents(*shared, table=BaselineRow)
        self.tastes = Documents(*shared, table=TasteRow)
        self.trials = Documents(*shared, table=TrialRow)

    @classmethod
    def open(
        cls, settings: Settings, *, now: Callable[[], float] = time.time
    ) -> "Store":
        """Return the store that the settings name, ready to use.

        Raises
        ------
        StoreUnavailableError
            If it cannot be reached or written.
        """
        return cls(Database.open(settings), now)

    @classmethod
    def open_kept(cls, settings: Settings) -> "Store":
        """Return the store that the settings name, if anything was ever kept there.

        Raises
        ------
        NotFoundError
            If there is nothing; nothing is made.
        StoreUnavailableError
            If it cannot be reached or written.
        """
        check_kept(settings)
        return cls.open(settings)

    @property
    def place(self) -> str:
        """Where it is, for people: a file, or a database's address."""
        return self.database.place

    def erase(self) -> None:
        """Forget everything, down to the bytes of the file."""
        with self.database.writing() as rows:
            for table in reversed(Base.metadata.sorted_tables):
                rows.execute(delete(table))
        self.database.compact()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
