"""How well and how quickly voices are read: `python -m benchmarks.hear`.

Every bar of the voice read with its measured value, from the shared recordings. Praat
(parselmouth) is a reference here and never a part of the program. Takes two to five
minutes; `python -m benchmarks.hear refusals` runs a part.
"""

import os

# Before NumPy is loaded: its linear algebra would use every core.
os.environ["OMP_NUM_THREADS"] = "1"

import sys

from benchmarks.hear.acted import acted_speech
from benchmarks.hear.activity import speech_activity
from benchmarks.hear.invariance import invariance, steadiness
from benchmarks.hear.markers import (
    f0_against_praat,
    markers_against_praat,
    vowels_against_truth,
)
from benchmarks.hear.refusals import read_anyway, refusals
from benchmarks.hear.speed import speed

PARTS = {
    "speed": (speed,),
    "markers": (f0_against_praat, markers_against_praat, vowels_against_truth),
    "activity": (speech_activity,),
    "acted": (acted_speech,),
    "invariance": (invariance, steadiness),
    "refusals": (refusals, read_anyway),
}


def main(names: list[str]) -> None:
    for name in names or PARTS:
        for part in PARTS[name]:
            for row in part():
                value = f"{row['value']:.3f} {row['unit']}".rstrip()
                print(f"{row['name']:<66} {value:>18}   {row['bar']}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
