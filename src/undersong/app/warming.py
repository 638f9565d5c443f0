"""Tables made before they are wanted, so that the first sound comes at once."""

import logging

from undersong.app.context import Context
from undersong.app.making import Wish, composed
from undersong.compose.score import OUTCOMES
from undersong.errors import UndersongError
from undersong.sound.render import render
from undersong.stream.segments import SEGMENT_SAMPLES, init_segment

log = logging.getLogger(__name__)


def warm(context: Context) -> None:
    """Render the beginning of a session for each outcome and drop it."""
    init_segment()
    for outcome in OUTCOMES:
        try:
            score = composed(context, Wish(outcome))
            render(score, 0, SEGMENT_SAMPLES, context.palette)
        except UndersongError as error:
            # Only time is lost: whoever asks next is told what is wrong.
            log.warning("nothing was prepared for %s: %s", outcome, error)
