"""One palette for all sound tests: tables are made once."""

import pytest

from undersong.sound.palette import Palette


@pytest.fixture(scope="session")
def palette() -> Palette:
    return Palette()
