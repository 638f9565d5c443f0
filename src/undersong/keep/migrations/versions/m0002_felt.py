"""How a person felt after a session, apart from whether they liked it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, and move the taps there that were kept as a liking."""
    op.add_column("answer", sa.Column("felt", sa.String(8)))
    answer = sa.table(
        "answer", sa.column("felt", sa.String), sa.column("liked", sa.Float)
    )
    for felt, liked in (("better", 0.5), ("same", 0.0), ("worse", -0.5)):
        op.execute(
            answer.update()
            .where(answer.c.liked == liked)
            .values(felt=felt, liked=sa.null())
        )
