"""The guide's texts: sections of paragraphs, each with the evidence it rests on."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator

from undersong.errors import NotFoundError
from undersong.guide.tables import table
from undersong.values import Value

MARK = re.compile(r"\[([^\]]+)\]\((/[^)]*)\)|`([^`]+)`")
"""A link to a page of ours, or something to type."""


class Piece(Value):
    """A run of words within a paragraph."""

    words: str
    address: str = ""
    code: bool = False


def _as_paragraph(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


class Paragraph(Value):
    """Some sentences, and the entries of the register they rest on."""

    say: str
    evidence: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The words without addresses and marks."""
        return "".join(piece.words for piece in self.pieces())

    def pieces(self) -> Iterator[Piece]:
        """Yield the words in order, links and code apart."""
        end = 0
        for mark in MARK.finditer(self.say):
            yield Piece(words=self.say[end : mark.start()])
            link, address, code = mark.groups()
            yield Piece(words=link or code, address=address or "", code=bool(code))
            end = mark.end()
        yield Piece(words=self.say[end:])


Said = Annotated[Paragraph, BeforeValidator(_as_paragraph)]


class Table(Value):
    """A table whose first column names its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Part(Value):
    """A paragraph, a list or a table."""

    say: Paragraph | None = None
    points: tuple[Said, ...] = ()
    table: Table | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs, whatever its kind."""
        return (*((self.say,) if self.say else ()), *self.points)


def _as_part(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, Mapping) and "say" in value):
        return {"say": _as_paragraph(value)}
    return value


class Section(Value):
    """A heading and what stands under it."""

    heading: str
    body: tuple[Annotated[Part, BeforeValidator(_as_part)], ...]


class Page(Value):
    """One page of the guide."""

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph of the page, its lead first."""
        inner = (p for s in self.sections for part in s.body for p in part.paragraphs)
        return (Paragraph(say=self.lead), *inner)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page."""
        return tuple(p.table for s in self.sections for p in s.body if p.table)

    @property
    def text(self) -> str:
        """Every word of the page, a blank line between paragraphs."""
        words = [self.title, *(section.heading for section in self.sections)]
        words += [paragraph.plain for paragraph in self.paragraphs]
        for found in self.tables:
            words += [
                found.caption,
                *found.head,
                *(c for row in found.rows for c in row),
            ]
        return "\n\n".join(words)


@lru_cache(maxsize=1)
def load() -> Mapping[str, Page]:
    """Return the pages by name, in order."""
    rows = [Page.model_validate(row) for row in table("pages")["pages"]]
    return {page.name: page for page in rows}


def page(name: str) -> Page:
    """Return a page.

    Raises
    ------
    NotFoundError
        If there is no page of that name.
    """
    pages = load()
    if name not in pages:
        raise NotFoundError(f"the guide has no page {name!r}; use {', '.join(pages)}")
    return pages[name]
