"""The soft offer of the help card after explicit crisis words were typed somewhere.

The offer travels in the address of the next page alone: nothing is kept, nothing is
logged, and the text is kept or dropped as it would be without it.
"""

from fastapi import Request
from fastapi.responses import RedirectResponse

from undersong.guide.crisis import OFFER, offers_help

ASKED = "offer=help"
PLACE = "offer"
"""The id of the offer in the page."""


def onward(address: str, typed: str | None) -> RedirectResponse:
    """Return the way on from a form in which a person typed a text."""
    if typed and offers_help(typed):
        # To the offer itself: the form's own place may lie far below it.
        address = f"{address.partition('#')[0]}?{ASKED}#{PLACE}"
    return RedirectResponse(address, 303)


def offer_for(request: Request) -> str:
    """Return the question to show on this page, empty for none."""
    return OFFER if request.url.query == ASKED else ""
