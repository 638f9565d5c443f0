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
    Prior("f0_mean", 25.04, 2.928, 34.21, 1.876, 1.257),
    Prior("f0_range", 5.602, 1.821, 5.21, 1.628, 1.474),
    Prior("f0_slope", 22.72, 4.811, 19.04, 4.837, 3.839),
    Prior("jitter", 0.02334, 0.00473, 0.01652, 0.003878, 0.002902),
    Prior("hnr", 10.46, 2.469, 12.65, 2.193, 1.364),
    Prior("cpp", 11.23, 1.649, 12.92, 1.2, 0.8806),
    Prior("alpha_ratio", -10.13, 4.364, -9.539, 5.815, 1.814),
    Prior("hammarberg", 19.92, 6.413, 19.61, 7.413, 3.31),
    Prior("slope_500_1500", -11.09, 4.442, -14.23, 5.499, 3.526),
    Prior("centroid", 475.4, 176.5, 553.9, 196.5, 125.4),
    Prior("articulation_rate", 3.745, 0.4643, 3.818, 0.5113, 0.544),
    Prior("speech_rate", 3.157, 0.5213, 3.238, 0.4506, 0.4333),
    Prior("pause_ratio", 0.1537, 0.0703, 0.1535, 0.06238, 0.05568),
    Prior("pause_mean", 0.5293, 0.2113, 0.545, 0.1656, 0.1538),
    Prior("voiced_length", 0.2056, 0.0527, 0.1952, 0.04658, 0.04571),
)

PRIOR: Mapping[str, Prior] = {prior.name: prior for prior in PRIORS}
