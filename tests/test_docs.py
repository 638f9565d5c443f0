"""The documents say what the code does."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from scripts.docs import DOCS, PAGES

from undersong.cli import undersong

ROOT = DOCS.parent
PAGES_WITH_LINKS = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_page_is_what_make_docs_writes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("page", PAGES_WITH_LINKS, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    missing = [name for name in targets if not (page.parent / name).exists()]
    assert not missing


def test_every_make_target_named_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text("utf-8")))
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))


NAMED = re.compile(
    r"^ *(?:\.venv/bin/)?((?:undersong|python -m|make) [^\n#]+)|"
    r"`(?:\.venv/bin/)?((?:undersong|python -m|make) [^`\n]+)`",
    re.M,
)
WRITTEN_BY_HAND = [page for page in PAGES_WITH_LINKS if page.name not in PAGES]


def commands_in(page: Path) -> list[list[str]]:
    found = NAMED.findall(page.read_text("utf-8"))
    # Words after two spaces say in a table what the command is for.
    lines = [re.split(" {2,}", a or b)[0] for a, b in found]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=lambda page: page.name)
def test_every_command_in_a_page_exists(page: Path) -> None:
    unknown = [words for words in commands_in(page) if not exists(words)]
    assert not unknown


def exists(words: list[str]) -> bool:
    match words:
        case ["make", target, *_]:
            return f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
        case ["python", "-m", "pytest", *rest]:
            return all((ROOT / part).exists() for part in rest if "/" in part)
        case ["python", "-m", name, *_]:
            return find_spec(name) is not None
        case ["undersong", *rest]:
            return command_exists(rest)
    return False


def command_exists(words: list[str]) -> bool:
    """Return whether a command and its options are there; values are not looked at."""
    command: click.Command = undersong
    while isinstance(command, click.Group) and words and words[0][0] != "-":
        found = command.get_command(click.Context(command), words.pop(0))
        if found is None:
            return False
        command = found
    known = {flag for row in command.params for flag in row.opts} | {"--help"}
    return {word for word in words if word.startswith("-") and word != "-"} <= known


def test_pages_name_commands_at_all() -> None:
    assert sum(len(commands_in(page)) for page in WRITTEN_BY_HAND) > 40
