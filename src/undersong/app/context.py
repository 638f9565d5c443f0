"""What every request handler shares: settings, store, clock, counts, workers."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from threading import Lock
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Request

from undersong.app.counts import Counts
from undersong.keep.store import Store
from undersong.settings import Settings
from undersong.sound.palette import Palette
from undersong.stream.scores import ScoreCache
from undersong.stream.shared import palette_from

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass
class Context:
    """One running app's things; heavy work goes through `work`."""

    settings: Settings
    store: Store
    now: Callable[[], float]
    counts: Counts = field(default_factory=Counts)
    scores: ScoreCache = field(default_factory=ScoreCache)
    saving: dict[str, float] = field(default_factory=dict)
    """Sessions whose file is being made, and how much of it is, 0..1."""
    _lock: Lock = field(default_factory=Lock)

    @property
    def palette(self) -> Palette:
        """The sound tables, opened when first needed."""
        with self._lock:
            return self._palette

    @cached_property
    def _palette(self) -> Palette:
        return palette_from(self.settings)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        # One thread a core: renders and reads are arithmetic, and more at once
        # would only take memory and make each of them late.
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="work")

    async def work(
        self,
        function: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run arithmetic off the event loop, so that it stays quick to answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._pool, partial(function, *args, **kwargs)
        )

    def erase(self) -> None:
        """Forget everything about the listener, in the store and in memory."""
        self.store.erase()
        self.scores.clear()

    def close(self) -> None:
        """Stop the workers; the store belongs to whoever opened it."""
        pool = self.__dict__.pop("_pool", None)
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def context_of(request: Request) -> Context:
    """Return the context of the app that got the request."""
    found = request.app.state.context
    assert isinstance(found, Context)
    return found


InContext = Annotated[Context, Depends(context_of)]
"""The parameter by which a handler asks for the context."""
