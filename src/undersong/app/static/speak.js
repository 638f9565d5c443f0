// The speak page: consent, the recording of up to 20 s, a chosen file, the prompts.

import { agree, readRecording } from "./api.js";
import { change } from "./asking.js";
import { Meter } from "./meter.js";
import { visit } from "./navigate.js";
import { player } from "./player.js";
import { Recorder } from "./recorder.js";
import { decodeToWav } from "./wav.js";
import { say } from "./words.js";
import { LOST, WHY_NOT } from "./whynot.js";

export function mount(article, signal) {
  new Speak(article, signal);
}

class Speak {
  constructor(article, signal) {
    this.article = article;
    this.button = article.querySelector("#record");
    this.word = article.querySelector("#record-word");
    this.live = JSON.parse(article.dataset.live);
    this.meter = new Meter(article, this.live);
    this.recorder = null;
    if (navigator.mediaDevices?.getUserMedia) article.querySelector("#recorder").hidden = false;
    else this.hintWithoutMicrophone();
    this.button.addEventListener("click", () => this.press(), { signal });
    this.said = article.querySelector("#file-said");
    article.querySelector("#audio").addEventListener("change", ({ target }) => {
      this.said.textContent = target.files[0]?.name ?? "";
    }, { signal });
    article.querySelector("[data-recording]").addEventListener("submit", (event) => this.choose(event), { signal });
    article.querySelector("#another").addEventListener("click", (event) => this.nextPrompt(event.target), { signal });
    signal.addEventListener("abort", () => this.end());
  }

  hintWithoutMicrophone() {
    const line = document.createElement("p");
    line.className = "hint";
    line.textContent = say("This browser gives its microphone only to secure pages. Choose a recording, or say it by hand.");
    this.article.querySelector("#recorder").before(line);
  }

  nextPrompt(button) {
    const prompts = JSON.parse(button.dataset.prompts);
    const shown = this.article.querySelector("#prompt");
    shown.textContent = prompts[(prompts.indexOf(shown.textContent) + 1) % prompts.length];
  }

  press() {
    if (this.unsent) this.sendAgain();
    else if (!this.recorder) this.start();
    else if (this.recorder.seconds >= this.live.enough_seconds) this.finish();
  }

  async agreed() {
    if (this.article.dataset.consent === "yes") return;
    await agree(this.article.dataset.version);
    this.article.dataset.consent = "yes";
  }

  async start() {
    // The microphone would hear it, and take it for a part of the voice.
    this.resumes = player.active;
    if (player.active) player.pause();
    this.recorder = new Recorder();
    this.word.textContent = "…";
    await this.agreed();
    this.meter.tell(say("Speak now."));
    // On a phone the text to read fills the screen: dial, level and hint come into it.
    this.article.querySelector("#recorder").scrollIntoView({ block: "nearest" });
    try {
      await this.recorder.start({
        level: (rms, peak) => this.heard(rms, peak),
        lost: () => this.lost(),
      });
      this.device = this.recorder.device;
      this.article.dataset.recording = "yes";
    } catch (error) {
      await this.end();
      this.meter.tell(WHY_NOT[error.name] ?? say("The microphone could not be used: {reason}", { reason: error.message }));
    }
  }

  heard(rms, peak) {
    const { seconds } = this.recorder;
    this.meter.level(rms, peak);
    this.meter.progress(seconds / this.live.whole_seconds);
    const left = Math.max(0, Math.ceil(this.live.whole_seconds - seconds));
    const label = seconds >= this.live.enough_seconds ? say("Stop · {left}", { left }) : String(left);
    if (this.word.textContent !== label) this.word.textContent = label;
    if (seconds >= this.live.whole_seconds) this.finish();
  }

  async lost() {
    if (this.recorder && this.recorder.seconds >= this.live.enough_seconds) this.finish();
    else {
      await this.end();
      this.meter.tell(LOST);
    }
  }

  async finish() {
    const recorder = this.recorder;
    if (!recorder || this.reading) return;
    this.reading = true;
    const recording = await recorder.stop();
    await this.end();
    await this.read(recording, "voice.wav", (sentence) => this.meter.tell(sentence));
    this.reading = false;
  }

  async end() {
    const recorder = this.recorder;
    this.recorder = null;
    delete this.article.dataset.recording;
    this.word.textContent = say("Speak");
    this.meter.progress(0);
    if (recorder) await recorder.stop();
  }

  async choose(event) {
    event.preventDefault();
    const [file] = this.article.querySelector("#audio").files;
    if (!file) return;
    await this.agreed();
    // What this browser cannot decode, the server may.
    const recording = await decodeToWav(file).catch(() => file);
    const name = recording === file ? file.name : "voice.wav";
    await this.read(recording, name, (sentence) => { this.said.textContent = sentence; });
  }

  sendAgain() {
    const { recording, name, tell } = this.unsent;
    this.unsent = null;
    this.word.textContent = say("Speak");
    return this.read(recording, name, tell);
  }

  async read(recording, name, tell) {
    tell(say("Reading…"));
    this.button.disabled = true;
    try {
      const reading = await readRecording(recording, name, name === "voice.wav" ? this.device : undefined);
      await this.onward(reading, tell);
    } catch (error) {
      tell(error.message);
      // What was said is not lost with the way to the program.
      if (error.status === 0) {
        this.unsent = { recording, name, tell };
        this.word.textContent = say("Send again");
      }
    }
    this.button.disabled = false;
  }

  // To the read card; to the session instead, where it was asked for while one plays.
  async onward({ id, refusal }, tell) {
    const { again, query } = this.article.dataset;
    if (!again) await visit(`/heard/${id}?${query}`);
    else if (refusal) tell(say(refusal.sentence));
    else if (await change(again, { kind: "check_in", reading_id: id }, say("It turns towards how you sounded"))) {
      if (this.resumes) player.resume();
      await visit(`/sessions/${again}`);
    }
  }
}
