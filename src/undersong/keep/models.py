"""The tables: what is kept about a listener, and nothing more.

Times are seconds since 1970 in UTC. Voices are never kept: a reading is values only,
a baseline is marker statistics only.
"""

from sqlalchemy import Float, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ListenerRow(Base):
    """The person; one by default."""

    __tablename__ = "listener"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[float] = mapped_column(Float)
    signature_seed: Mapped[str] = mapped_column(String(24))
    settings: Mapped[str] = mapped_column(Text, default="{}")
    consent_version: Mapped[int] = mapped_column(Integer, default=0)


class ReadingRow(Base):
    """What was heard in one recording, as values."""

    __tablename__ = "reading"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    listener_id: Mapped[str] = mapped_column(ForeignKey("listener.id"), index=True)
    created_at: Mapped[float] = mapped_column(Float, index=True)
    device: Mapped[str] = mapped_column(String(64))
    reading: Mapped[str] = mapped_column(Text)


class SessionRow(Base):
    """One session: its score as planned, and the events appended since."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    listener_id: Mapped[str] = mapped_column(ForeignKey("listener.id"), index=True)
    created_at: Mapped[float] = mapped_column(Float, index=True)
    started_at: Mapped[float | None] = mapped_column(Float)
    reading_id: Mapped[str | None] = mapped_column(
        ForeignKey("reading.id", ondelete="SET NULL")
    )
    outcome: Mapped[str] = mapped_column(String(16))
    minutes: Mapped[float] = mapped_column(Float)
    said: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")
    favourite: Mapped[bool] = mapped_column(default=False)
    served: Mapped[int] = mapped_column(Integer, default=-1)
    event_count: Mapped[int] = mapped_column(Integer, default=0)
    events: Mapped[str] = mapped_column(Text, default="[]", deferred=True)
    score: Mapped[str] = mapped_column(Text, deferred=True)


class AnswerRow(Base):
    """What the person said about a session."""

    __tablename__ = "answer"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[float] = mapped_column(Float)
    said: Mapped[str | None] = mapped_column(Text)
    felt: Mapped[str | None] = mapped_column(String(8))
    liked: Mapped[float | None] = mapped_column(Float)
    note: Mapped[str] = mapped_column(Text, default="")


class NoteRow(Base):
    """A line the person wrote for themself."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    listener_id: Mapped[str] = mapped_column(ForeignKey("listener.id"), index=True)
    created_at: Mapped[float] = mapped_column(Float)
    text: Mapped[str] = mapped_column(Text)


class DocumentRow(Base):
    """The columns of a table that keeps one JSON text under a name."""

    __abstract__ = True

    listener_id: Mapped[str] = mapped_column(
        ForeignKey("listener.id"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    updated_at: Mapped[float] = mapped_column(Float)
    body: Mapped[str] = mapped_column(Text)


class BaselineRow(DocumentRow):
    """Marker statistics of a person's usual voice, by recording device."""

    __tablename__ = "baseline"


class TasteRow(DocumentRow):
    """What a person has liked, by name of the model."""

    __tablename__ = "taste"


class TrialRow(DocumentRow):
    """The state of a "does it help me?" trial, by name."""

    __tablename__ = "trial"
