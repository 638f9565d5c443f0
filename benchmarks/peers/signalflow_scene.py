"""The standard scene of benchmarks/sound.py as a SignalFlow patch.

Run by benchmarks/sound.py in its own process: `python signalflow_scene.py SECONDS`.
"""

import sys

import signalflow as sf

SAMPLE_RATE = 48_000
BEDS = ((8_000, 250, 0.2), (900, 120, 0.4), (400, 60, 0.1), (9_000, 60, 2.0))
PITCHES_HZ = (110, 146.8, 164.8, 261.6, 329.6, 55, 82.4, 110.3)


def bed(cutoff_hz: float, low_hz: float, rate_hz: float) -> sf.Node:
    swell = sf.SineLFO(rate_hz, 0.7, 1.3)
    both = sf.ChannelArray([sf.PinkNoise(), sf.PinkNoise()])
    air = sf.SVFilter(both, "low_pass", swell * cutoff_hz, 0.0)
    return sf.SVFilter(air, "high_pass", low_hz, 0.0) * swell * 0.5


def pad(pitch_hz: float) -> sf.Node:
    both = sf.SawOscillator([pitch_hz, pitch_hz * 1.003])
    return sf.SVFilter(both, "low_pass", sf.SineLFO(0.1, 600, 1_200), 0.1) * 0.01


def pluck(pitch_hz: float) -> sf.Node:
    envelope = sf.ASREnvelope(0.005, 0.0, 4.0, clock=sf.Impulse(0.25))
    tones = sf.SineOscillator(pitch_hz) + sf.SineOscillator(pitch_hz * 2.01) * 0.3
    return sf.StereoPanner(tones * envelope * 0.05)


def main() -> None:
    seconds = int(sys.argv[1])
    graph = sf.AudioGraph(output_device=sf.AudioOut_Dummy(2, SAMPLE_RATE))
    tones = sf.Sum([pad(hz) for hz in PITCHES_HZ] + [pluck(220), pluck(2_400)])
    space = sf.FeedbackDelayNetwork(tones, 8, 0.85, 0.5, 0.3, 1.0)
    graph.play(sf.Sum([bed(*row) for row in BEDS] + [space]))
    buffer = sf.Buffer(2, seconds * SAMPLE_RATE)
    graph.render_to_buffer(buffer)


if __name__ == "__main__":
    main()
