"""One app for each file of the guide: nothing its pages do is kept."""

from collections.abc import Iterator

import pytest
from clocks import Clock
from outline import on
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.compose.composer import compose
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from

BASE = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = str(tmp_path_factory.mktemp("guide"))
    return settings_from({"UNDERSONG_DATA": folder, "UNDERSONG_CACHE": folder})


@pytest.fixture(scope="module")
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    with Store.open(settings, now=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(settings: Settings, store: Store, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(settings, store, now=clock), BASE) as made:
        yield made


@pytest.fixture(autouse=True)
def before_any_recheck(clock: Clock) -> None:
    on(clock, "2026-12-01")


@pytest.fixture
def session(store: Store) -> Session:
    return store.sessions.add(compose("calm", seed=3, minutes=10))
