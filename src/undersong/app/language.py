"""Which language a page is shown in: the one chosen, else what the browser asks for."""

from fastapi import Request

from undersong.app.catalogue import (
    Catalogue,
    best_language,
    catalogue,
    languages,
)

AUTO = "auto"
COOKIE = "language"


def chosen_language(request: Request) -> str:
    """Return the language the person chose, "auto" when none was."""
    chosen = request.cookies.get(COOKIE, AUTO)
    return chosen if chosen in languages() else AUTO


def language_of(request: Request) -> str:
    """Return the language to answer a request in."""
    chosen = chosen_language(request)
    if chosen != AUTO:
        return chosen
    return best_language(request.headers.get("accept-language", ""))


def words_for(request: Request) -> Catalogue:
    """Return the words to answer a request with."""
    return catalogue(language_of(request))
