"""The listener's one taste: read, changed in one step, forgotten."""

from collections.abc import Callable

from undersong.app.context import Context
from undersong.compose.taste import Taste

TASTE = "taste"
"""Name of the one taste."""


def taste_of(context: Context) -> Taste | None:
    """Return what the listener has liked, or None before the first answer."""
    body = context.store.tastes.get(TASTE)
    return None if body is None else Taste.from_json(body)


def change_taste(context: Context, change: Callable[[Taste], Taste]) -> Taste:
    """Replace the taste by what `change` makes of it, with no other change between."""

    def changed(body: str | None) -> str:
        return change(Taste() if body is None else Taste.from_json(body)).to_json()

    return Taste.from_json(context.store.tastes.update(TASTE, changed))
