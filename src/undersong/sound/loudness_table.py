"""Measured loudness of each block at gain 1; written by `python -m scripts.loudness`.

Block: (main parameter or None, rows of (its value, gated LUFS, share in a mix in dB)).
"""

from collections.abc import Mapping

LOUDNESS: Mapping[str, tuple[str | None, tuple[tuple[float, float, float], ...]]] = {}
