"""Tables made once and shared by all listeners: the ingredients of every sound.

A table is named by the pure function that makes it and its arguments, never by the
listener. Where else it is kept (a file, another process) is told by a store.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from undersong.errors import ParameterError
from undersong.sound.arena import Arena

LIMIT_BYTES = 384 * 2**20

Array = NDArray[np.float32]


class Store(Protocol):
    """A second place for tables, slower than memory and faster than making them."""

    def get(self, name: str) -> Array | None:
        """Return the table of that name, or None."""
        ...

    def put(self, name: str, table: Array) -> None:
        """Keep the table."""
        ...


class Palette:
    """Tables by maker and arguments; the least recently used leave when it is full.

    Parameters
    ----------
    limit_bytes : int
        Most bytes of tables held in memory, at least 1.
    store : Store, optional
        Asked before a table is made and told after.
    guard : context manager, optional
        Entered around each change of the bookkeeping: a lock where threads share
        the palette. A table may then be made twice, never wrongly.

    Raises
    ------
    ParameterError
        If `limit_bytes` is below 1.
    """

    def __init__(
        self,
        limit_bytes: int = LIMIT_BYTES,
        store: Store | None = None,
        guard: AbstractContextManager[object] | None = None,
    ) -> None:
        if limit_bytes < 1:
            raise ParameterError(f"limit_bytes={limit_bytes} must be at least 1")
        self._limit_bytes = limit_bytes
        self._store = store
        self._guard = guard or nullcontext()
        self._tables: OrderedDict[tuple[Hashable, ...], Array] = OrderedDict()
        self._bytes = 0
        self._arena = Arena()

    @property
    def held_bytes(self) -> int:
        """Bytes of tables held now."""
        return self._bytes

    def table(self, make: Callable[..., Array], *arguments: str | int | float) -> Array:
        """Return the table ``make(*arguments)``; do not write into it.

        Parameters
        ----------
        make : function at the top of a module
            Pure; returns a float32 array.
        arguments : str, int or float
            Few distinct values each: pitch and timbre steps, never a listener's seed.

        Returns
        -------
        table : float32 array as `make` shapes it, read-only
        """
        key = (make, *arguments)
        with self._guard:
            found = self._tables.get(key)
            if found is not None:
                self._tables.move_to_end(key)
                return found
        return self._keep(key, self._fetch(make, arguments))

    def _fetch(
        self, make: Callable[..., Array], arguments: tuple[str | int | float, ...]
    ) -> Array:
        name = table_name(make, arguments)
        table = self._store.get(name) if self._store else None
        if table is None:
            made = np.asarray(make(*arguments), np.float32)
            with self._guard:
                table = self._arena.placed(made)
            if self._store:
                self._store.put(name, table)
        table.flags.writeable = False
        return table

    def _keep(self, key: tuple[Hashable, ...], table: Array) -> Array:
        with self._guard:
            if key not in self._tables:
                self._tables[key] = table
                self._bytes += table.nbytes
            while self._bytes > self._limit_bytes and len(self._tables) > 1:
                _, oldest = self._tables.popitem(last=False)
                self._bytes -= oldest.nbytes
        return table


def table_name(
    make: Callable[..., Array], arguments: tuple[str | int | float, ...]
) -> str:
    """Return a table's name for stores, such as ``rain.drops:3:0.5``."""
    module = make.__module__.removeprefix("undersong.sound.").removeprefix("blocks.")
    return ":".join([f"{module}.{make.__qualname__}", *map(repr, arguments)])
