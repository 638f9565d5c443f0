"""A short score, as it is rendered and as a player hears it."""

from collections.abc import Callable

import numpy as np
from decoding import decoded_int16
from scores import small_score

from undersong.compose.score import Score
from undersong.sound.palette import Palette
from undersong.sound.render import render

SCORE = small_score(minutes=0.25)
COUNT = 8  # 15 s in segments of 1.92 s


def rendered(score: Score) -> np.ndarray:
    return render(score, 0, score.end, Palette())


def played(get: Callable[[str], bytes], count: int = COUNT) -> np.ndarray:
    parts = [get("init.mp4"), *(get(f"{n}.m4s") for n in range(count))]
    return decoded_int16(b"".join(parts)) / 32768
