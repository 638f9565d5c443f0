"""Fixtures every test may use."""

import os
from pathlib import Path

import pytest

# Doctests are looked for in every module; these all have the same name.
collect_ignore_glob = ["*conftest.py"]

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real recordings, facts and measuring tools."""
    if not SHARED.is_dir():
        message = f"{SHARED.name}/ is not beside the project: it holds real recordings"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return SHARED
