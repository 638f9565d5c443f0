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
    Prior("f0_mean", 25.05, 2.957, 34.13, 1.85, 1.249),
    Prior("f0_range", 5.536, 1.765, 5.276, 1.774, 1.479),
    Prior("f0_slope", 22.47, 4.937, 19.1, 4.656, 3.807),
    Prior("jitter", 0.02365, 0.005362, 0.01762, 0.003998, 0.002887),
    Prior("hnr", 13.8, 2.838, 16.88, 3.026, 1.504),
    Prior("cpp", 14.18, 1.651, 15.66, 1.307, 0.9407),
    Prior("alpha_ratio", -15.95, 4.871, -16.49, 5.632, 2.046),
    Prior("tilt", 2.785, 0.4363, 2.477, 0.65, 0.3261),
    Prior("slope_500_1500", -11.1, 4.463, -14.29, 5.552, 3.525),
    Prior("flux", 0.8606, 0.1967, 0.8973, 0.1964, 0.1183),
    Prior("articulation_rate", 3.92, 0.4138, 4.051, 0.5636, 0.563),
    Prior("speech_rate", 3.243, 0.5804, 3.344, 0.4806, 0.4551),
    Prior("pause_ratio", 0.1589, 0.07403, 0.1684, 0.07656, 0.06572),
    Prior("pause_mean", 0.55, 0.1957, 0.57, 0.1927, 0.1393),
    Prior("voiced_length", 0.2005, 0.05304, 0.1933, 0.04406, 0.04676),
)

PRIOR: Mapping[str, Prior] = {prior.name: prior for prior in PRIORS}
