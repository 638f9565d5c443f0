"""A session's samples in blocks, in order, by one process or several."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import cache, lru_cache

from undersong.compose.score import Score
from undersong.settings import settings_from
from undersong.sound.palette import Palette
from undersong.sound.render import Samples, render
from undersong.stream.shared import palette_from
from undersong.units import seconds_to_samples

BLOCK_SECONDS = 10.0


def spans(begin: int, end: int, block_seconds: float) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans that cut ``begin..end`` into blocks."""
    step = max(1, seconds_to_samples(block_seconds))
    for start in range(begin, end, step):
        yield start, min(start + step, end)


def rendered_blocks(
    score: Score,
    begin: int,
    end: int,
    palette: Palette,
    block_seconds: float = BLOCK_SECONDS,
) -> Iterator[Samples]:
    """Yield a span of a session block by block.

    Parameters
    ----------
    score : Score
    begin, end : int
        Sample indices.
    palette : Palette
        Where tables come from.
    block_seconds : float
        Length of a block; the last may be shorter.

    Yields
    ------
    samples : float32 array, shape (n_samples, 2)
        Put together they equal ``render(score, begin, end)``.
    """
    for low, high in spans(begin, end, block_seconds):
        yield render(score, low, high, palette)


def rendered_by(
    executor: Executor,
    score: Score,
    cuts: Iterable[tuple[int, int]],
    *,
    waiting: int,
) -> Iterator[Samples]:
    """Yield spans in order, rendered by an executor's workers.

    Parameters
    ----------
    executor : concurrent.futures.Executor
        Of processes, of threads, or of a cluster: arguments and results pickle.
    score : Score
    cuts : iterable of (int, int)
        Half-open spans.
    waiting : int
        How many spans may be under way, so that memory stays bounded.
    """
    text = score.to_json()
    under_way: deque[Future[Samples]] = deque()
    for low, high in cuts:
        under_way.append(executor.submit(render_text, text, low, high))
        if len(under_way) >= waiting:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def render_text(text: str, begin: int, end: int) -> Samples:
    """Render a span of a score given as JSON: the work of one worker."""
    return render(_score(text), begin, end, _palette())


@cache
def _palette() -> Palette:
    # Workers share no memory, but the same files of tables.
    return palette_from(settings_from(os.environ))


@lru_cache(maxsize=4)
def _score(text: str) -> Score:
    return Score.from_json(text)
