"""Sentences of running text, and the quotations inside one."""

import re

# A full stop after these ends no sentence.
ABBREVIATIONS = (
    *("e.g.", "i.e.", "etc.", "vs.", "approx.", "cf.", "Dr.", "Mr.", "Ms."),
    *("z. B.", "z.B.", "d. h.", "d.h.", "u. a.", "usw.", "bzw.", "ca.", "evtl."),
)
KEPT = "\N{ONE DOT LEADER}"

# Blank lines, list marks, headings and table cells end a sentence too.
BLOCK = re.compile(r"\n\s*\n|\n\s*(?=[-*+•#>|]|\d+[.)]\s)|\s*\|\s*")
LEADING_MARKS = re.compile(r"^(?:[\s#>*+•|-]|\d+[.)]\s)+")
END = re.compile(r"""(?<=[.!?…])["'”“’)\]]*\s+(?=["'“„‘(\[]*[A-ZÄÖÜ0-9])""")
QUOTATION = re.compile(
    r"„[^“”]*[“”]|“[^”]*”|»[^«]*«|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']+'(?!\w)|`[^`]*`"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in order, white space evened out."""
    for name in ABBREVIATIONS:
        text = text.replace(name, name.replace(".", KEPT))
    parts = (part for block in BLOCK.split(text) for part in END.split(block))
    tidy = (LEADING_MARKS.sub("", " ".join(part.split())) for part in parts)
    return [part.replace(KEPT, ".") for part in tidy if part]


def quoted_spans(sentence: str) -> list[tuple[int, int]]:
    """Return begin and end of each quotation, marks included."""
    return [match.span() for match in QUOTATION.finditer(sentence)]
