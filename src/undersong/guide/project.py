"""Every text of the project that people read, for the wording check.

Templates, catalogues, documents, tables, scripts, and the strings of the code: help,
errors and docstrings.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from undersong.guide.evidence import ENTRY_ID
from undersong.guide.tables import parsed
from undersong.guide.wording import Finding, check

# Files whose subject is forbidden wording: they must be able to name it.
ABOUT_WORDING = tuple(
    f"guide/{name}.yaml" for name in ("wording", "wording.de", "claims", "crisis")
)

# Titles of works and names of services are quoted as they are; ids are no text.
UNREAD_KEYS = {"citation", "id", "name", "names", "service", "to", "when"}

DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml")
LEAST_WORDS = 3
"""Shorter strings of code are names rather than sentences."""

Text = tuple[str, str]
"""Where it stands, and the text."""


def findings(root: Path) -> Iterator[tuple[str, Finding]]:
    """Yield each place in a checkout and what it breaks."""
    for where, text in texts(root):
        for finding in check(text):
            yield where, finding


def texts(root: Path) -> Iterator[Text]:
    """Yield every text of a checkout that people read."""
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        if not name.endswith(ABOUT_WORDING):
            reader = READERS[path.suffix]
            for text in reader(path.read_text(encoding="utf-8")):
                yield name, text


def _files(root: Path) -> Iterable[Path]:
    yield from (root / name for name in DOCUMENTS if (root / name).is_file())
    for folder in ("docs", "examples", "src"):
        found = (root / folder).rglob("*")
        yield from sorted(path for path in found if path.suffix in READERS)


def text_of_markdown(text: str) -> Iterator[str]:
    """Yield a document without code, comments and addresses."""
    text = re.sub(r"```.*?```|<!--.*?-->", "\n\n", text, flags=re.DOTALL)
    # Titles of works are quoted as they are.
    text = re.sub(r"^- Source: .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)|https?://\S+|<[^>]+>", " ", text)
    yield re.sub(rf"\*|\[(?!{ENTRY_ID}\])|(?<!\d)\]", "", text)


def text_of_code(text: str) -> Iterator[str]:
    """Yield the strings of Python code that read as sentences."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_part(value) for value in node.values)
        elif isinstance(node, ast.Constant) and _reads_as_sentence(node.value):
            yield str(node.value)


def _reads_as_sentence(value: object) -> bool:
    return isinstance(value, str) and len(value.split()) >= LEAST_WORDS


def _part(value: ast.expr) -> str:
    return str(value.value) if isinstance(value, ast.Constant) else "x"


def text_of_script(text: str) -> Iterator[str]:
    """Yield the strings of a script that read as sentences."""
    code = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    for _, words in re.findall(r"([\"'`])((?:(?!\1)[^\\\n]|\\.)*)\1", code):
        if _reads_as_sentence(words):
            yield words


def text_of_table(text: str) -> Iterator[str]:
    """Yield the sentences of a YAML table."""
    yield from _leaves(parsed(text))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        name = f" [{value['id']}]" if "statement" in value else ""
        for key, inner in value.items():
            if key == "statement" and isinstance(inner, str):
                # A figure in the register stands beside its own entry's id.
                yield inner.removesuffix(".") + name
            elif key not in UNREAD_KEYS:
                yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, str):
        yield value


def text_of_catalogue(text: str) -> Iterator[str]:
    """Yield a catalogue's translations; the English is read where it is said."""
    for lines in re.findall(r'^msgstr ((?:".*"\n?)+)', text, re.MULTILINE):
        yield "".join(ast.literal_eval(line) for line in lines.split("\n") if line)


def text_of_template(text: str) -> Iterator[str]:
    """Yield the text of a page's template, its blocks apart and expressions as x."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{\s*_\(\"(.*?)\"[^}]*?\)\s*\}\}", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "x", text, flags=re.DOTALL)
    page = _Page()
    page.feed(text)
    yield "".join(page.words)


class _Page(HTMLParser):
    """Collects what is read or read out: text, and attributes that are spoken."""

    INLINE = frozenset(
        {"a", "b", "em", "i", "strong", "span", "abbr", "time", "output"}
    )
    SPOKEN = frozenset({"alt", "title", "aria-label", "placeholder", "content"})
    SILENT = frozenset({"script", "style", "svg", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT and tag != "path"
        spoken = [value for name, value in attrs if name in self.SPOKEN and value]
        self.words += [f"\n\n{value}\n\n" for value in spoken]
        self.words.append("" if tag in self.INLINE else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT and tag != "path"
        self.words.append("" if tag in self.INLINE else "\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    ".md": text_of_markdown,
    ".toml": lambda text: iter(
        re.findall(r'^description = "(.*)"', text, re.MULTILINE)
    ),
    ".py": text_of_code,
    ".js": text_of_script,
    ".yaml": text_of_table,
    ".html": text_of_template,
    ".po": text_of_catalogue,
}
