// The microphone, as plain samples in memory: nothing is cleaned, levelled or stored.

import { wav } from "./wav.js";

const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

export class Recorder {
  blocks = [];
  samples = 0;

  // level(rms, peak) is called for each block, lost() when the microphone goes away.
  async start({ level, lost }) {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: RAW });
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule("/static/capture-worklet.js");
    this.node = new AudioWorkletNode(this.context, "capture", { numberOfOutputs: 0 });
    this.node.port.onmessage = ({ data }) => {
      this.blocks.push(data);
      this.samples += data.length;
      let power = 0;
      let peak = 0;
      for (const sample of data) {
        power += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
      }
      level(Math.sqrt(power / data.length), peak);
    };
    this.stream.getAudioTracks()[0].addEventListener("ended", lost);
    this.context.createMediaStreamSource(this.stream).connect(this.node);
    await this.context.resume();
  }

  // The name of the microphone: another one hears a voice differently.
  get device() {
    return this.stream?.getAudioTracks()[0]?.label.trim().slice(0, 64) || undefined;
  }

  get seconds() {
    return this.context ? this.samples / this.context.sampleRate : 0;
  }

  // Lets go of the microphone and returns what was said as a WAV file.
  async stop() {
    const rate = this.context?.sampleRate ?? 48000;
    if (this.node) this.node.port.onmessage = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    if (this.context?.state !== "closed") await this.context?.close();
    const recording = wav(this.blocks, rate);
    this.blocks = [];
    return recording;
  }
}
