"""From a voice to a minute of sound. Give it a recording, or nothing."""

import sys

import soundfile

from undersong import compose, read, render
from undersong.units import SAMPLE_RATE

reading = read(sys.argv[1]) if len(sys.argv) > 1 else None
if reading is not None:
    print(reading.refusal.sentence if reading.refusal else " ".join(reading.sentences))

score = compose("calm", reading=reading, seed=7, minutes=1)
for reason in score.reasons[:5]:
    print("-", reason.sentence)

soundfile.write("minute.wav", render(score, 0, score.end), SAMPLE_RATE)
print("wrote minute.wav")
