"""The palette that the settings name: tables kept on disk, shared by processes."""

from pathlib import Path

from platformdirs import user_cache_path

from undersong.settings import Settings
from undersong.sound.palette import Palette
from undersong.stream.tables import open_palette

MEGABYTE = 1_000_000


def palette_from(settings: Settings) -> Palette:
    """Return a palette over the settings' cache folder; threads may share it."""
    chosen = settings.text("cache")
    folder = Path(chosen) if chosen else user_cache_path("undersong", appauthor=False)
    return open_palette(folder, settings.whole("cache_limit_mb") * MEGABYTE)
