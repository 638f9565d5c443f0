"""What Undersong is made with: each package, its version, its licence."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from fastapi import Request
from fastapi.responses import HTMLResponse

from undersong.app.pages.route import page_router
from undersong.app.rendering import render

router = page_router()

PACKAGE = "undersong"
LONGEST_NAME = 60
"""A longer text is the licence itself, not its name."""


@router.get("/settings/licences")
def licences(request: Request) -> HTMLResponse:
    """List the packages that run here, as they are installed."""
    rows = [
        {
            "name": found.metadata["Name"],
            "version": found.version,
            "licence": licence_of(found),
        }
        for found in packages()
    ]
    return render(request, "licences.html", {"rows": rows})


def packages() -> Iterator[Distribution]:
    """Yield the packages that Undersong asks for, and those that they ask for."""
    waiting, seen = [PACKAGE], {PACKAGE}
    found = {}
    while waiting:
        name = waiting.pop()
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            # Asked for on another system only, or for an extra that is not here.
            continue
        for asked in found[name].requires or ():
            inner = re.split(r"[^\w.-]", asked, maxsplit=1)[0].lower()
            if "extra ==" not in asked and inner not in seen:
                seen.add(inner)
                waiting.append(inner)
    del found[PACKAGE]
    yield from (found[name] for name in sorted(found))


def licence_of(package: Distribution) -> str:
    """Return the name of a package's licence, as the package gives it."""
    data = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in data.get_all("Classifier") or ()
        if line.startswith("License :: OSI Approved ::")
    ]
    named = [data[name] for name in ("License-Expression", "License") if name in data]
    told = [*named[:1], *classifiers, *named[1:]]
    return next((text for text in told if len(text) <= LONGEST_NAME), "")
