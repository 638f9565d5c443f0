"""Each room may import only the rooms listed for it; the pure ones touch no world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "undersong"
ROOT = Path(__file__).parent.parent / "src" / PACKAGE

BOTTOM = {"errors", "phrases", "units", "values"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "units": set(),
    "phrases": set(),
    "values": {"errors"},
    "settings": {"errors", "units"},
    "hear": BOTTOM,
    "compose": {"hear", *BOTTOM},
    "sound": {"compose", *BOTTOM},
    "stream": {"sound", "compose", "hear", "settings", *BOTTOM},
    "keep": {"compose", "hear", "settings", *BOTTOM},
    "trial": {"compose", "hear", *BOTTOM},
    "guide": {"settings", *BOTTOM},
    "library": {"stream", "sound", "compose", "hear", "settings", *BOTTOM},
    "app": {
        "library",
        *("stream", "keep", "trial", "guide", "sound", "compose", "hear"),
        *("settings", *BOTTOM),
    },
    "cli": {
        *(
            "app",
            "library",
            "stream",
            "keep",
            "trial",
            "guide",
            "sound",
            "compose",
            "hear",
        ),
        *("settings", *BOTTOM),
    },
}

# Of another room on the pure line, only its value types.
VALUE_TYPES_ONLY = {
    ("compose", "hear"): {"reading"},
    ("sound", "compose"): {"score", "playable", "curve", "blocks", "scales"},
}

PURE = ("hear", "compose", "sound")
WORLDLY = {
    *("os", "sys", "io", "time", "datetime", "random", "secrets", "uuid", "logging"),
    *("socket", "http", "urllib", "pathlib", "shutil", "tempfile", "subprocess"),
    *("threading", "multiprocessing", "asyncio", "soundfile", "av", "sqlalchemy"),
}


def files_of(part: str) -> list[Path]:
    where = ROOT / part
    return sorted(where.rglob("*.py")) if where.is_dir() else [ROOT / f"{part}.py"]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports_of(part: str) -> Iterator[list[str]]:
    for path in files_of(part):
        for name in imports_of(path):
            if name.startswith(f"{PACKAGE}."):
                yield name.split(".")[1:]


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_part_imports_only_what_it_may(part: str) -> None:
    found = {names[0] for names in own_imports_of(part)} - {part}
    assert found <= MAY_IMPORT[part]


@pytest.mark.parametrize(("part", "other"), sorted(VALUE_TYPES_ONLY))
def test_pure_part_knows_only_the_value_types_of_the_one_before(
    part: str, other: str
) -> None:
    found = {names[1] for names in own_imports_of(part) if names[0] == other}
    assert found <= VALUE_TYPES_ONLY[part, other]


@pytest.mark.parametrize("part", PURE)
def test_pure_part_imports_nothing_that_touches_the_world(part: str) -> None:
    found = {name.split(".")[0] for p in files_of(part) for name in imports_of(p)}
    assert not found & WORLDLY


def test_every_part_is_listed() -> None:
    parts = {
        path.stem
        for path in ROOT.iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("__")
    }
    assert parts == set(MAY_IMPORT)


def test_every_test_file_has_a_name_of_its_own() -> None:
    # pytest knows modules without a package by their name alone, helpers too.
    files = Path(__file__).parent.rglob("*.py")
    names = [path.name for path in files if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))
