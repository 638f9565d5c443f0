"""The country a person chose in the settings for the help card."""

from undersong.app.context import Context
from undersong.errors import StoreUnavailableError


def chosen_country(context: Context) -> str:
    """Return its code, empty where none was chosen.

    Whom to call is shown also when nothing that is kept can be read.
    """
    try:
        settings = context.store.listeners.get().settings
    except StoreUnavailableError:
        return ""
    return str(settings.get("country", ""))
