"""Standard error without what libraries in C print there: only our own words."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def only_our_words() -> Iterator[TextIO]:
    """Give what leads to standard error; what is written to it meanwhile is dropped.

    The decoder of MP3 prints a line for each damaged frame, in worker processes too.
    Nothing changes where standard error is closed.
    """
    try:
        kept = os.dup(2)
    except OSError:
        yield sys.stderr
        return
    with os.fdopen(kept, "w", encoding="utf-8", errors="replace") as ours:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        try:
            yield ours
        finally:
            os.dup2(kept, 2)
