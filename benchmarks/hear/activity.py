"""Which frames hold speech, in noise: against level in the clean clip."""

from collections.abc import Iterator

import numpy as np
from research.activity import area, balanced_accuracy, clean_clips, truth
from research.spoilt import coloured, noisy

from benchmarks.hear.figure import Figure, figure
from undersong.hear.activity import speech_score
from undersong.hear.frames import frames_of
from undersong.hear.pitch import pitch_of

N_CLIPS = 40


def speech_activity() -> Iterator[Figure]:
    rng = np.random.default_rng(6)
    # Every third was left out while the weights were chosen; here all are heard.
    clips = [clip for clip, _ in zip(clean_clips(), range(N_CLIPS), strict=False)]
    labels = np.concatenate([truth(frames_of(clip)) for clip in clips])
    for snr_db in (None, 10.0, 5.0):
        scores = []
        for clip in clips:
            heard = clip
            if snr_db is not None:
                heard = noisy(clip, coloured(len(clip), rng, 1.0), snr_db)
            frames = frames_of(heard)
            scores.append(speech_score(frames, pitch_of(frames)))
        score = np.concatenate(scores).astype(np.float64)
        kind = "clean" if snr_db is None else f"pink noise at {snr_db:.0f} dB"
        right = balanced_accuracy(score, labels)
        yield figure(f"speech frames, {kind}: balanced accuracy", right, "")
        yield figure(f"speech frames, {kind}: area", area(score, labels), "")
