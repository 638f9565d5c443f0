"""The listener's one taste: read, and changed in one step."""

from collections.abc import Callable

from undersong.compose.taste import Taste
from undersong.keep.documents import Documents

TASTE = "taste"
"""Name of the one taste."""


def taste_in(tastes: Documents) -> Taste | None:
    """Return what the listener has liked, or None before the first answer."""
    body = tastes.get(TASTE)
    return None if body is None else Taste.from_json(body)


def change_taste(tastes: Documents, change: Callable[[Taste], Taste]) -> Taste:
    """Replace the taste by what `change` makes of it, with no other change between."""

    def changed(body: str | None) -> str:
        return change(Taste() if body is None else Taste.from_json(body)).to_json()

    return Taste.from_json(tastes.update(TASTE, changed))
