"""The country a person chose in the settings for the help card."""

from undersong.errors import StoreUnavailableError
from undersong.keep.store import Store


def chosen_country(store: Store) -> str:
    """Return its code, empty where none was chosen.

    Whom to call is shown also when nothing that is kept can be read.
    """
    try:
        settings = store.listeners.get().settings
    except StoreUnavailableError:
        return ""
    return str(settings.get("country", ""))
