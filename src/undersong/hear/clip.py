"""What every marker is measured from: a clip's frames, F0, speech, spectrum, tempo."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undersong.hear.activity import speech_frames
from undersong.hear.cycles import Cycles, cycles_of
from undersong.hear.frames import HOP_SECONDS, Floats, Frames, frames_of
from undersong.hear.pitch import Pitch, pitch_of
from undersong.hear.spectrum import (
    Spectrum,
    background_spectrum,
    band_levels_db,
)
from undersong.hear.tempo import Tempo, tempo_of


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip taken apart once, so that each marker is a few lines."""

    frames: Frames
    pitch: Pitch
    speech: NDArray[np.bool_]
    """Shape (n_frames,)."""
    background: Spectrum
    """Shape (513,), mean power of the pauses."""
    levels_db: Floats
    """Shape (n_frames, 20), of mel bands."""
    tempo: Tempo
    cycles: Cycles

    @property
    def voiced_seconds(self) -> float:
        """How long the voice sounds."""
        return float(np.count_nonzero(self.pitch.voiced)) * HOP_SECONDS

    @property
    def speech_seconds(self) -> float:
        """How long there is speech, pauses of 150 ms and more left out."""
        return self.tempo.speech_seconds


def clip_of(samples: Floats) -> Clip:
    """Take a clip apart.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,), float32
        At 16 kHz, at least 640 samples, not all zero.

    Returns
    -------
    Clip
    """
    frames = frames_of(samples)
    pitch = pitch_of(frames)
    speech = speech_frames(frames, pitch)
    voiced = pitch.voiced
    return Clip(
        frames,
        pitch,
        speech,
        background_spectrum(frames, ~speech),
        band_levels_db(frames, speech),
        tempo_of(frames.level_db, speech, voiced),
        cycles_of(frames, pitch),
    )
