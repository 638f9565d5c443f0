"""The soft offer of the help card after explicit crisis words were typed somewhere.

The offer travels in the address of the next page alone: nothing is kept, nothing is
logged, and the text is kept or dropped as it would be without it.
"""

from fastapi import Request
from fastapi.responses import RedirectResponse

from undersong.guide.crisis import OFFER, offers_help

ASKED = "offer=help"


def onward(address: str, typed: str | None) -> RedirectResponse:
    """Return the way on from a form in which a person typed a text."""
    path, mark, fragment = address.partition("#")
    query = f"?{ASKED}" if typed and offers_help(typed) else ""
    return RedirectResponse(f"{path}{query}{mark}{fragment}", 303)


def offer_for(request: Request) -> str:
    """Return the question to show on this page, empty for none."""
    return OFFER if request.url.query == ASKED else ""
