"""The one door to the database: connections, transactions, migrations.

SQLite in write-ahead mode by default; any PostgreSQL address works the same. Every
failure below leaves as one sentence in a `StoreUnavailableError`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from undersong.errors import (
    ConflictError,
    NotFoundError,
    ParameterError,
    StoreUnavailableError,
)
from undersong.settings import Settings

FILE_NAME = "undersong.sqlite3"
BUSY_SECONDS = 10.0
MIGRATION_LOCK = 7_301_955
"""Number of the PostgreSQL lock under which one node at a time migrates."""

PRAGMAS = (
    "journal_mode=WAL",
    # A killed process loses nothing; only a power cut may lose the last commits.
    "synchronous=NORMAL",
    "foreign_keys=ON",
    # Deleted rows are overwritten with zeros.
    "secure_delete=ON",
)


def data_folder(settings: Settings) -> Path:
    """Return the folder of what is kept; made when missing, readable by its owner.

    Raises
    ------
    ParameterError
        If it is a file.
    StoreUnavailableError
        If it cannot be made.
    """
    folder = _chosen_folder(settings)
    if folder.exists() and not folder.is_dir():
        raise ParameterError(f"{folder} is a file; name a folder with --data")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreUnavailableError(
            f"the folder {folder} cannot be made ({(error.strerror or '').lower()}); "
            "name another with --data"
        ) from error
    return folder


def _chosen_folder(settings: Settings) -> Path:
    chosen = settings.text("data")
    return Path(chosen) if chosen else user_data_path("undersong", appauthor=False)


def check_kept(settings: Settings) -> None:
    """Refuse a folder in which nothing was ever kept; a database server is not asked.

    Raises
    ------
    NotFoundError
        Naming the folder.
    """
    folder = _chosen_folder(settings)
    if not settings.text("database_url") and not (folder / FILE_NAME).exists():
        raise NotFoundError(
            f"nothing is kept in {folder}; if it is elsewhere, name the folder with "
            "--data"
        )


def address(settings: Settings) -> URL:
    """Return the database's address that the settings give."""
    chosen = settings.text("database_url")
    if not chosen:
        return URL.create("sqlite", database=str(data_folder(settings) / FILE_NAME))
    try:
        url = make_url(chosen)
    except ArgumentError as error:
        raise StoreUnavailableError(
            "UNDERSONG_DATABASE_URL is not an address; "
            "use one such as postgresql://name:password@host/database"
        ) from error
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    return url


class Database:
    """An engine with its transactions; `close` when done."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = _engine(url)
        self._file: Path | None = None
        """The database's file, once it was there."""

    @classmethod
    def open(cls, settings: Settings) -> "Database":
        """Return the settings' database, brought to the present schema.

        Raises
        ------
        StoreUnavailableError
            If it cannot be reached, written, or was made by a newer program.
        """
        database = cls(address(settings))
        try:
            database.make_private()
            with database.writing() as rows:
                _migrate(rows.connection())
            if database.is_sqlite and database.url.database:
                database._file = Path(database.url.database)
        except BaseException:
            database.close()
            raise
        return database

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of our own."""
        return self.engine.dialect.name == "sqlite"

    @property
    def place(self) -> str:
        """Where it is, for people: the file, or the address without its password."""
        url = self.url
        return str(url.database) if self.is_sqlite else url.render_as_string()

    def make_private(self) -> None:
        """Make a missing file as its owner's alone, whoever may enter the folder."""
        if not self.is_sqlite or not self.url.database:
            return
        # What SQLite puts beside the file gets the same permissions. A file that
        # cannot be made is SQLite's to explain.
        with suppress(OSError):
            os.close(os.open(self.url.database, os.O_CREAT | os.O_EXCL, mode=0o600))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one consistent state."""
        with self._session(writes=False) as rows:
            yield rows

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits at the end, or changes nothing."""
        with self._session(writes=True) as rows:
            yield rows

    def _check_there(self) -> None:
        # SQLite would go on in the deleted file, and all would be lost at the end.
        if self._file is not None and not self._file.exists():
            raise StoreUnavailableError(
                f"{self._file} was moved or deleted while it was open; put it back, or "
                "start Undersong again to begin anew"
            )

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[Session]:
        self._check_there()
        engine = self.engine.execution_options(undersong_writes=writes)
        try:
            with Session(engine, expire_on_commit=False) as rows, rows.begin():
                yield rows
        except IntegrityError as error:
            raise ConflictError(
                "what this belongs to was forgotten in the meantime; look again"
            ) from error
        except DBAPIError as error:
            raise StoreUnavailableError(_sentence(self, error)) from error

    def compact(self) -> None:
        """Give deleted space back, so that no byte of it stays in the file."""
        if not self.is_sqlite:
            return
        try:
            with self.engine.connect() as connection:
                raw = connection.execution_options(undersong_begin=False)
                raw.exec_driver_sql("VACUUM")
                raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        except DBAPIError as error:
            raise StoreUnavailableError(_sentence(self, error)) from error

    def ping(self) -> None:
        """Raise StoreUnavailableError unless the database answers."""
        with self.reading() as rows:
            rows.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=url.drivername != "sqlite")
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreUnavailableError(
            f"the database {url.drivername} needs a driver that is not installed "
            f"({error}); for PostgreSQL install psycopg[binary]"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes too late to lock; ours is sent by _begin_sqlite.
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute(  # type: ignore[attr-defined]
        f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}"
    )
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("undersong_begin", True):
        # A write transaction takes its lock at once, so that what it read stays true.
        kind = "IMMEDIATE" if options.get("undersong_writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {kind}")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
    config = Config()
    config.set_main_option("script_location", "undersong.keep:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailableError(
            f"what is kept was written by a newer Undersong ({error}); "
            "open it with that one, or name another folder with --data"
        ) from error


REASONS: tuple[tuple[str, str], ...] = (
    ("disk is full", "the disk is full; free some space and try again"),
    ("disk i/o", "the disk could not be written; free some space and try again"),
    ("readonly", "the database cannot be written; check its permissions"),
    ("unable to open", "the database cannot be opened; check the folder's permissions"),
    ("locked", "the database is busy in another program; close that one or try again"),
    ("not a database", "the file is not a database of Undersong's; move it away"),
    (
        "malformed",
        "the file is damaged; put a copy back, or move or delete it to begin anew",
    ),
    ("connection", "the database cannot be reached; check that it is running"),
)
"""Words in a driver's message, and the sentence for them; the first that fits."""


def _sentence(database: Database, error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", error)).strip()
    for word, sentence in REASONS:
        if word in said.lower():
            return f"{database.place}: {sentence}"
    return f"{database.place}: the database refused ({said.splitlines()[0]})"
