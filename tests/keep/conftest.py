"""One store for every test here; the suite runs on SQLite, and on PostgreSQL if given.

PostgreSQL is tried when UNDERSONG_TEST_DATABASE_URL names an empty database.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clocks import Clock

from undersong.keep.models import Base
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from

POSTGRES_URL = os.environ.get("UNDERSONG_TEST_DATABASE_URL", "")
BACKENDS = ["sqlite", "postgresql"] if POSTGRES_URL else ["sqlite"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = POSTGRES_URL if request.param == "postgresql" else ""
    return settings_from(
        {"UNDERSONG_DATA": str(tmp_path), "UNDERSONG_DATABASE_URL": url}
    )


@pytest.fixture
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    with Store.open(settings, now=clock) as opened:
        opened.erase()
        yield opened
        if not opened.database.is_sqlite:
            Base.metadata.drop_all(opened.database.engine)
            with opened.database.engine.begin() as connection:
                connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
