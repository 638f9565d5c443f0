"""Fixtures every test may use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The workers share the cores: threads that multiply small matrices would only wait for
# each other. Read when NumPy is loaded, so it stands before any import of it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How long an example takes says more about what else runs than about the code.
settings.register_profile(
    "undersong", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("undersong")

# Doctests are looked for in every module; these all have the same name.
collect_ignore_glob = ["*conftest.py"]

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make golden` rewrite what the golden tests compare with."""
    parser.addoption("--golden-rewrite", action="store_true")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a check that a text equals the file of that name, or rewrites it."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden-rewrite"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == f"{text}\n"

    return check


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real recordings, facts and measuring tools."""
    if not SHARED.is_dir():
        message = f"{SHARED.name}/ is not beside the project: it holds real recordings"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return SHARED
