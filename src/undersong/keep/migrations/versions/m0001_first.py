"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "listener",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("signature_seed", sa.String(24), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("consent_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.String(32), primary_key=True),
        _listener(),
        sa.Column("created_at", sa.Float, nullable=False, index=True),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        _listener(),
        sa.Column("created_at", sa.Float, nullable=False, index=True),
        sa.Column("started_at", sa.Float),
        sa.Column(
            "reading_id",
            sa.String(32),
            sa.ForeignKey("reading.id", ondelete="SET NULL"),
        ),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("minutes", sa.Float, nullable=False),
        sa.Column("said", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("favourite", sa.Boolean, nullable=False),
        sa.Column("served", sa.Integer, nullable=False),
        sa.Column("event_count", sa.Integer, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("score", sa.Text, nullable=False),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "session_id",
            sa.String(32),
            sa.ForeignKey("session.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("said", sa.Text),
        sa.Column("liked", sa.Float),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(32), primary_key=True),
        _listener(),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    for name in ("baseline", "taste", "trial"):
        op.create_table(
            name,
            sa.Column(
                "listener_id",
                sa.String(32),
                sa.ForeignKey("listener.id"),
                primary_key=True,
            ),
            sa.Column("name", sa.String(64), primary_key=True),
            sa.Column("updated_at", sa.Float, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )


def _listener() -> "sa.Column[str]":
    return sa.Column(
        "listener_id",
        sa.String(32),
        sa.ForeignKey("listener.id"),
        nullable=False,
        index=True,
    )
