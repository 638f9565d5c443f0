<CsoundSynthesizer>
<CsOptions>
-d -m0 -W -f
</CsOptions>
<CsInstruments>
; The standard scene of benchmarks/sound.py as a Csound patch: four beds of filtered
; noise that move slowly, a five-note pad, a three-note drone, plucked notes, chirps,
; one reverb. Stereo, 48 kHz, float.
sr = 48000
ksmps = 64
nchnls = 2
0dbfs = 1
gaLeft init 0
gaRight init 0

instr bed
  kswell randi 0.3, p6, 2
  kcut = p4 * (1 + kswell)
  al pinker
  ar pinker
  al butterlp al, kcut
  ar butterlp ar, kcut
  al butterhp al, p5
  ar butterhp ar, p5
  kgain = 0.05 * (1 + kswell)
  outs al * kgain, ar * kgain
endin

instr pad
  kdrift randi 0.002, 0.2, 2
  a1 vco2 0.01, p4 * (1 + kdrift)
  a2 vco2 0.01, p4 * (1.003 - kdrift)
  kopen randi 300, 0.1, 2
  a1 butterlp a1, 900 + kopen
  a2 butterlp a2, 900 - kopen
  outs a1, a2
  gaLeft += a1 * 0.3
  gaRight += a2 * 0.3
endin

instr pluck
  a1 pluck 0.05, p4, p4, 0, 1
  outs a1, a1 * 0.8
  gaLeft += a1 * 0.3
  gaRight += a1 * 0.3
  kmore metro 0.25
  schedkwhen kmore, 0, 0, "tone", 0, 6, p4
endin

instr tone
  aenv expon 0.05, p3, 0.0001
  a1 oscili aenv, p4
  a2 oscili aenv * 0.3, p4 * 2.01
  a3 oscili aenv * 0.1, p4 * 3.03
  outs a1 + a2 + a3, a1 + a2
  gaLeft += a1 * 0.3
  gaRight += a1 * 0.3
endin

instr space
  al, ar reverbsc gaLeft, gaRight, 0.8, 6000
  outs al, ar
  clear gaLeft, gaRight
endin
</CsInstruments>
<CsScore>
i "bed" 0 60 8000 250 0.2
i "bed" 0 60 900 120 0.4
i "bed" 0 60 400 60 0.1
i "bed" 0 60 9000 60 2
i "pad" 0 60 110
i "pad" 0 60 146.8
i "pad" 0 60 164.8
i "pad" 0 60 261.6
i "pad" 0 60 329.6
i "pad" 0 60 55
i "pad" 0 60 82.4
i "pad" 0 60 110.3
i "pluck" 0 60 220
i "pluck" 0 60 2400
i "space" 0 60
e
</CsScore>
</CsoundSynthesizer>
