"""The K-weighting filters of BS.1770 as pyloudnorm has them, for streams of samples."""

import numpy as np
import pyloudnorm
from tests.sound.scenes import RATE

K_WEIGHTING = np.array(
    [[*stage.b, *stage.a] for stage in pyloudnorm.Meter(RATE)._filters.values()]
)
"""Second-order sections for `scipy.signal.sosfilt`, at 48 kHz."""
