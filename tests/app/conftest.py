"""The app over a temporary store, called in process."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clocks import Clock
from fastapi import FastAPI
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from
from undersong.sound.palette import Palette
from undersong.stream.tables import open_palette

BASE = "http://127.0.0.1:8080"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    # Workers of one run share what they make.
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "tables"


@pytest.fixture(scope="session")
def palette(cache: Path) -> Palette:
    """Return tables shared by all tests here, and with the servers they start."""
    return open_palette(cache)


@pytest.fixture
def settings(tmp_path: Path, cache: Path) -> Settings:
    return settings_from(
        {
            "UNDERSONG_DATA": str(tmp_path / "data"),
            "UNDERSONG_CACHE": str(cache),
            "UNDERSONG_UPLOAD_LIMIT_MB": "4",
        }
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    with Store.open(settings, now=clock) as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> FastAPI:
    return create_app(settings, store, now=clock)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE) as made:
        yield made
