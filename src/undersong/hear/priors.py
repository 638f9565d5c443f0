"""What is usual among people, before anything is known of one person.

Fitted by `python -m research.priors` to LibriSpeech (Panayotov, Chen, Povey and
Khudanpur, ICASSP 2015, CC BY 4.0): read English, 131 men and 130 women. Wide on
purpose, and never a threshold for health or illness.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """Median and robust spread for lower and higher voices; spread within a person."""

    name: str
    lower: float
    lower_spread: float
    higher: float
    higher_spread: float
    within: float


PRIORS: tuple[Prior, ...] = (
    Prior("f0_mean", 25.07, 3.026, 34.21, 1.877, 1.298),
    Prior("f0_range", 5.603, 1.788, 5.207, 1.594, 1.478),
    Prior("f0_slope", 22.6, 5.005, 19.15, 4.717, 3.867),
    Prior("jitter", 0.02294, 0.004755, 0.01666, 0.003891, 0.003051),
    Prior("hnr", 10.44, 2.554, 12.59, 2.289, 1.35),
    Prior("cpp", 11.25, 1.653, 12.92, 1.194, 0.8774),
    Prior("alpha_ratio", -15.95, 4.806, -16.37, 5.672, 2.024),
    Prior("tilt", 2.765, 0.4507, 2.463, 0.6842, 0.3292),
    Prior("slope_500_1500", -11.09, 4.447, -14.23, 5.511, 3.522),
    Prior("flux", 0.8693, 0.1951, 0.9007, 0.1964, 0.1183),
    Prior("articulation_rate", 3.813, 0.4333, 3.867, 0.4838, 0.5167),
    Prior("speech_rate", 3.17, 0.4997, 3.262, 0.4723, 0.4317),
    Prior("pause_ratio", 0.1586, 0.07308, 0.1671, 0.07509, 0.06711),
    Prior("pause_mean", 0.5342, 0.1877, 0.5557, 0.1868, 0.133),
    Prior("voiced_length", 0.2046, 0.05414, 0.1944, 0.04569, 0.04572),
)

PRIOR: Mapping[str, Prior] = {prior.name: prior for prior in PRIORS}
