"""F0 and markers as Praat measures them (parselmouth, for comparison only)."""

import numpy as np
import parselmouth
from parselmouth.praat import call
from research.spoilt import Samples

from benchmarks.hear.clips import RATE
from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH


def praat_f0(samples: Samples, n_frames: int) -> np.ndarray:
    track = parselmouth.Sound(samples.astype(np.float64), RATE).to_pitch_ac(
        time_step=0.01, pitch_floor=65, pitch_ceiling=500
    )
    times = (np.arange(n_frames) * HOP_LENGTH + FRAME_LENGTH / 2) / RATE
    return np.nan_to_num([track.get_value_at_time(each) for each in times])


def praat_markers(samples: Samples, voiced: np.ndarray) -> dict[str, float]:
    sound = parselmouth.Sound(samples.astype(np.float64), RATE)
    pitch = sound.to_pitch_ac(time_step=0.01, pitch_floor=65, pitch_ceiling=500)
    points = call([sound, pitch], "To PointProcess (cc)")
    harmonicity = sound.to_harmonicity_cc(time_step=0.01, minimum_pitch=65)
    hnr_db = harmonicity.values[harmonicity.values > -100]
    inside = np.zeros(len(samples), bool)
    for frame in np.flatnonzero(voiced):
        middle = frame * HOP_LENGTH + FRAME_LENGTH // 2
        inside[middle - HOP_LENGTH // 2 : middle + HOP_LENGTH // 2] = True
    only = parselmouth.Sound(samples[inside].astype(np.float64), RATE)
    cepstrogram = call(only, "To PowerCepstrogram", 60, 0.002, 5000, 50)
    cpps = call(
        cepstrogram, "Get CPPS", "no", 0.02, 0.0005, 60, 330, 0.05, "Parabolic",
        0.001, 0.05, "Straight", "Least squares",
    )  # fmt: skip
    spectrum = only.to_spectrum()
    high = spectrum.get_band_energy(1000, 4000)
    return {
        "jitter": call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3),
        "cpp": cpps,
        "hnr": float(hnr_db.mean()),
        "alpha_ratio": 10 * np.log10(high / spectrum.get_band_energy(50, 1000)),
    }
