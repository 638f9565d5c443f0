"""What is kept, for commands that look at it but never begin to keep."""

import os

from undersong.keep.store import Store
from undersong.settings import settings_from


def kept_store(data: str | None) -> Store:
    """Return the store in a folder, None for the settings' own.

    Raises
    ------
    NotFoundError
        If nothing is kept there; no folder is made.
    StoreUnavailableError
        If it cannot be read.
    """
    return Store.open_kept(settings_from(os.environ, {"data": data}))
