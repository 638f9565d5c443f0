"""Bring the catalogues of all languages up to date with what the program says.

`python -m scripts.words` keeps what is translated, adds what is new with an empty
translation, drops what nobody says any more, and sorts by message, so that two changes
meet in different places of the file.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, nodes

import undersong
from scripts.table_words import table_words
from undersong.app.catalogue import LOCALES, messages_in
from undersong.app.script_words import script_messages
from undersong.guide.tables import table

SOURCE = Path(undersong.__file__).parent
TEMPLATES = SOURCE / "app" / "templates"

TOLD_TABLES = ("choose", "consent", "directories", "evidence", "helplines", "pages")
"""Tables of the guide whose texts are shown."""

TOLD = frozenset(
    {
        "body",
        "say",
        "ask",
        "title",
        "text",
        "lead",
        "heading",
        "points",
        "caption",
        "head",
    }
    | {"rows", "short", "note", "name", "hours", "role", "credential", "topic"}
    | {"statement", "supports", "limits", "scale", "unseen"}
)
"""Fields of the tables that a page shows."""

TOLD_IN: Mapping[str, tuple[str, ...]] = {
    "name": ("directories", "helplines"),
    "body": ("pages",),
}
"""Fields that are words in these tables alone: a country; a page's paragraphs."""


def messages() -> frozenset[str]:
    """Return everything that is said, in English, as its templates stand."""
    found = {
        *in_code(),
        *in_templates(),
        *script_messages(),
        *in_tables(),
        *table_words(),
    }
    return frozenset(found - {""})


def in_code() -> Iterator[str]:
    """Yield the literal templates of ``phrase("…")``."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if getattr(node.func, "id", "") == "phrase":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


def in_templates() -> Iterator[str]:
    """Yield the literal templates of ``_("…")``."""
    for path in TEMPLATES.rglob("*.html"):
        tree = Environment().parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            named = isinstance(call.node, nodes.Name) and call.node.name == "_"
            if named and call.args and isinstance(call.args[0], nodes.Const):
                yield call.args[0].value


def in_tables() -> Iterator[str]:
    """Yield the texts of the guide's tables."""
    for name in TOLD_TABLES:
        yield from _texts(table(name), name)


def _texts(value: object, name: str, told: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            shown = key in TOLD and name in TOLD_IN.get(key, TOLD_TABLES)
            # A citation stands as its source has it; what lies in `scale` is told.
            if key not in ("citation", "evidence"):
                yield from _texts(inner, name, told or shown)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name, told)
    elif isinstance(value, str) and told:
        yield value.strip()


def catalogue_text(known: Mapping[str, str]) -> str:
    """Return a catalogue: its header, then every message, sorted.

    Parameters
    ----------
    known : mapping of str to str
        The translations there are, and the header under "".
    """
    parts = ['msgid ""\nmsgstr ""\n' + _lines(known.get("", HEADER))]
    parts += [
        f"msgid {_quoted(text)}\nmsgstr {_quoted(known.get(text, ''))}\n"
        for text in sorted(messages())
    ]
    return "\n".join(parts)


HEADER = """\
Content-Type: text/plain; charset=UTF-8
X-Name:
X-Decimal: .
X-Percent: %
"""


def _lines(text: str) -> str:
    return "".join(f"{_quoted(line)}\n" for line in text.splitlines(keepends=True))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> None:
    """Rewrite every catalogue, and say what waits for words."""
    for path in sorted(LOCALES.glob("*.po")):
        known = messages_in(path.read_text(encoding="utf-8"))
        path.write_text(catalogue_text(known), encoding="utf-8")
        missing = [text for text in messages() if not known.get(text)]
        print(f"{path.stem}: {len(messages())} messages, {len(missing)} without words")


if __name__ == "__main__":
    main()
