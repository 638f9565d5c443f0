"""Sound tables on disk: mapped into memory, shared by processes, rebuilt when missing.

A table is one file, written beside its place and moved there whole, so two writers or
a crash leave nothing half-written. The folder's name is a fingerprint of the code that
makes tables: another version finds nothing and makes its own.
"""

import hashlib
import logging
import os
import tempfile
import threading
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import undersong.sound
from undersong.sound.palette import Palette

LIMIT_BYTES = 512 * 2**20

Array = NDArray[np.float32]

log = logging.getLogger(__name__)


def open_palette(
    directory: Path | None = None, limit_bytes: int = LIMIT_BYTES
) -> Palette:
    """Return a palette that threads may share, with its tables also kept on disk.

    Parameters
    ----------
    directory : Path or None
        Where tables are kept, made when missing; None keeps them in memory only.
    limit_bytes : int
        Most bytes kept on disk; the least recently used files go first. 0 keeps
        nothing.

    Returns
    -------
    palette : Palette
        Works without its folder too: what cannot be read or written is made again.
    """
    store = TableFiles(directory, limit_bytes) if directory and limit_bytes else None
    return Palette(store=store, guard=threading.RLock())


class TableFiles:
    """Tables as ``.npy`` files under a folder; implements `undersong.sound` `Store`."""

    def __init__(self, directory: Path, limit_bytes: int) -> None:
        self._root = directory
        self._limit_bytes = limit_bytes
        self._folder = directory / fingerprint()
        self._usable = True

    def get(self, name: str) -> Array | None:
        """Return a table mapped read-only, or None if it is missing or damaged."""
        path = self._path(name)
        try:
            table = np.load(path, mmap_mode="r", allow_pickle=False)
            os.utime(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, EOFError) as error:
            # A file cut short by a full disk or a crash: forget it, it is made again.
            log.info("%s is not a sound table (%s); making it again", path, error)
            path.unlink(missing_ok=True)
            return None
        return np.asarray(table) if table.dtype == np.float32 else None

    def put(self, name: str, table: Array) -> None:
        """Keep a table; when the disk refuses, go on without it."""
        if not self._usable or table.nbytes > self._limit_bytes:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room(table.nbytes)
            self._write(self._path(name), table)
        except OSError as error:
            self._usable = False
            log.warning("sound tables stay in memory only: %s", error)

    def _write(self, path: Path, table: Array) -> None:
        handle, scratch = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, table, allow_pickle=False)
            Path(scratch).replace(path)
        finally:
            Path(scratch).unlink(missing_ok=True)

    def _make_room(self, wanted_bytes: int) -> None:
        """Remove the least recently used files of any version."""
        found = []
        for path in self._root.glob("*/*"):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            found.append((status.st_mtime, status.st_size, path))
        held = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if held + wanted_bytes <= self._limit_bytes:
                return
            path.unlink(missing_ok=True)
            held -= size

    def _path(self, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.npy"


@cache
def fingerprint() -> str:
    """Return a name for the code that makes tables: equal code, equal tables."""
    digest = hashlib.sha256(np.__version__.encode())
    sound = Path(undersong.sound.__file__).parent
    for path in sorted([*sound.rglob("*.py"), sound.parent / "units.py"]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
