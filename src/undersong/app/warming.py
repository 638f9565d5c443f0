"""Tables made before they are wanted, so that the first sound comes at once."""

import logging
from collections.abc import Iterator
from threading import Event, Thread

from undersong.app.context import Context
from undersong.app.making import Wish, composed
from undersong.compose.blocks import BLOCKS
from undersong.compose.score import OUTCOMES
from undersong.errors import UndersongError
from undersong.sound.render import render
from undersong.stream.segments import SEGMENT_SAMPLES, init_segment

log = logging.getLogger(__name__)


class Warming:
    """A thread that prepares; `stop` waits until it has let go."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="warming")

    def start(self) -> None:
        """Begin to prepare."""
        self._thread.start()

    def stop(self) -> None:
        """Prepare nothing more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        for wish in wishes():
            if self._stopped.is_set():
                return
            warm(self._context, wish)


def wishes() -> Iterator[Wish]:
    """Yield what is worth preparing: each outcome, then each block of the palette."""
    for outcome in OUTCOMES:
        yield Wish(outcome)
    for block in BLOCKS:
        suited = [outcome for outcome in OUTCOMES if block.suits.get(outcome, 0) > 0]
        if suited:
            yield Wish(suited[0], wanted=(block.name,))


def warm(context: Context, wish: Wish) -> None:
    """Render the beginning of a session and drop it."""
    init_segment()
    try:
        score = composed(context, wish)
        render(score, 0, SEGMENT_SAMPLES, context.palette)
    except UndersongError as error:
        # Only time is lost: whoever asks next is told what is wrong.
        log.warning("nothing was prepared for %s: %s", wish.outcome, error)
