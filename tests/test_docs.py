"""The documents say what the code does."""

import re
from pathlib import Path

import pytest
from scripts.docs import DOCS, PAGES

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
