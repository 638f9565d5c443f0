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
    Prior("f0_mean", 24.96, 2.931, 34.21, 1.844, 1.279),
    Prior("f0_range", 5.552, 1.893, 5.259, 1.708, 1.861),
    Prior("f0_slope", 22.64, 5.36, 19.05, 4.647, 3.82),
    Prior("jitter", 0.02339, 0.005577, 0.01635, 0.003783, 0.002907),
    Prior("hnr", 13.82, 2.774, 16.97, 2.992, 1.471),
    Prior("cpp", 11.13, 1.593, 13.01, 1.266, 0.9093),
    Prior("alpha_ratio", -15.89, 4.894, -16.37, 5.858, 2.045),
    Prior("tilt", 2.773, 0.439, 2.482, 0.6352, 0.3375),
    Prior("slope_500_1500", -11.1, 4.429, -14.29, 5.567, 3.536),
    Prior("flux", 0.8467, 0.1984, 0.8933, 0.1901, 0.1179),
    Prior("articulation_rate", 3.831, 0.4323, 3.865, 0.5091, 0.5219),
    Prior("speech_rate", 3.171, 0.5158, 3.271, 0.4786, 0.4286),
    Prior("pause_ratio", 0.1585, 0.07431, 0.1709, 0.07433, 0.06797),
    Prior("pause_mean", 0.5417, 0.1903, 0.567, 0.1946, 0.1369),
    Prior("voiced_length", 0.2061, 0.05354, 0.1916, 0.04533, 0.04526),
)

PRIOR: Mapping[str, Prior] = {prior.name: prior for prior in PRIORS}
