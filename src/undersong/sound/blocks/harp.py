"""Harp: gently plucked strings.

What rings is the row of the same name in `undersong.sound.instruments`; when and on
which pitches, `undersong.sound.phrases`.
"""

from undersong.sound.plucked import plucked as reads

__all__ = ["reads"]
