"""The words of each language: one file ``locales/LANGUAGE.po``, read as it is.

The files are gettext's, so any translator's tool opens them. Their headers say how the
language writes numbers (``X-Decimal``, ``X-Percent``) and what it calls itself
(``X-Name``). English is what the program is written in and needs none.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from undersong.phrases import Phrase, filled

LOCALES = Path(__file__).parent / "locales"

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: its messages by their English, and how it writes numbers."""

    language: str = ENGLISH
    name: str = "English"
    messages: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    percent: str = "%"

    def say(self, text: str) -> str:
        """Return a sentence in this language; what is not known stays as it is."""
        if not self.messages:
            return str(text)
        if isinstance(text, Phrase):
            template = self.messages.get(text.template, text.template)
            return filled(template, text.values, self.number, self.say)
        return self.messages.get(text, text)

    def number(self, value: float, form: str = "") -> str:
        """Return a number as this language writes it.

        Parameters
        ----------
        value : int or float
        form : str
            One of Python's formats for a number, such as ``.0%``.
        """
        written = format(value, form)
        return written.replace(".", self.decimal).replace("%", self.percent)


def messages_in(text: str) -> dict[str, str]:
    """Return the messages of a catalogue's text; its header stands under "".

    Comments are passed over; plural forms and contexts are not used here.
    """
    found: dict[str, str] = {}
    parts = {"msgid": "", "msgstr": ""}
    part = "msgid"
    for line in [*text.splitlines(), 'msgid ""']:
        keyword, _, rest = line.partition(" ")
        if keyword in parts:
            if keyword == "msgid" and part == "msgstr":
                found[parts["msgid"]] = parts["msgstr"]
            part, parts[keyword] = keyword, ast.literal_eval(rest)
        elif line.startswith('"'):
            parts[part] += ast.literal_eval(line)
    return found


def headers_in(messages: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a catalogue's header."""
    rows = (line.partition(": ") for line in messages.get("", "").splitlines())
    return {name: value for name, _, value in rows}


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that there is a catalogue for, English first."""
    return (ENGLISH, *sorted(path.stem for path in LOCALES.glob("*.po")))


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the words of a language, English where there are none."""
    if language not in languages() or language == ENGLISH:
        return Catalogue()
    messages = messages_in((LOCALES / f"{language}.po").read_text(encoding="utf-8"))
    headers = headers_in(messages)
    return Catalogue(
        language=language,
        name=headers.get("X-Name", language),
        messages={key: told for key, told in messages.items() if key and told},
        decimal=headers.get("X-Decimal", "."),
        percent=headers.get("X-Percent", "%"),
    )


def best_language(accepted: str) -> str:
    """Return the language that fits a browser's wishes best.

    Parameters
    ----------
    accepted : str
        An Accept-Language header (RFC 9110): ``de-AT,de;q=0.9,en;q=0.8``.
    """
    wishes = []
    for row in accepted.split(","):
        name, _, weight = row.strip().partition(";")
        wishes.append((_share(weight), name.split("-")[0].lower()))
    fitting = [(share, name) for share, name in wishes if name in languages()]
    # Of equals the first counts, as `max` keeps it.
    share, name = max(fitting, key=lambda wish: wish[0], default=(0.0, ENGLISH))
    return name if share > 0 else ENGLISH


def _share(weight: str) -> float:
    try:
        return float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
