// The layers: a level each, how rarely events come, muted or heard, never again.

import { change } from "./asking.js";
import { neverPlay } from "./api.js";
import { notice } from "./notice.js";
import { say } from "./words.js";

// A key held down turns a dial many times; it is asked for once it rests.
const REST_MS = 400;
const FAIR_LEVEL = 50;

export function mountLayers(article, signal) {
  for (const row of article.querySelectorAll(".mixer [data-layer]")) {
    new Layer(row, article.dataset.session, signal);
  }
}

class Layer {
  constructor(row, session, signal) {
    this.row = row;
    this.session = session;
    this.name = row.dataset.layer;
    this.label = row.dataset.label;
    this.mute = row.querySelector("[data-mute]");
    this.level = row.querySelector('[data-dial="level"]');
    const on = (target, name, act) => target.addEventListener(name, act, { signal });
    for (const dial of row.querySelectorAll("[data-dial]")) {
      on(dial, "input", () => this.turn(dial));
    }
    on(this.mute, "click", () => this.press());
    on(row.querySelector("[data-never]"), "click", () => this.never());
  }

  turn(dial) {
    this.show(dial);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.set(dial), REST_MS);
  }

  show(dial) {
    const words = dial.dataset.words ? JSON.parse(dial.dataset.words) : null;
    const place = words && Math.min(words.length - 1, Math.floor((dial.value * words.length) / 100));
    const said = words ? words[place] : say("{number} percent", { number: dial.value });
    dial.parentElement.querySelector("output").value = said;
    dial.setAttribute("aria-valuetext", said);
    return said;
  }

  set(dial) {
    const said = this.show(dial);
    if (dial === this.level) this.showMuted(dial.value === "0");
    const name = `${dial.dataset.dial}:${this.name}=${dial.value}`;
    return change(this.session, { kind: "nudge", name }, `${this.label}: ${said}`);
  }

  showMuted(muted) {
    this.mute.setAttribute("aria-pressed", String(muted));
  }

  press() {
    if (this.mute.getAttribute("aria-pressed") === "false") {
      this.showMuted(true);
      change(this.session, { kind: "nudge", name: `no:${this.name}` }, `${this.label}: ${say("none")}`);
      return;
    }
    if (this.level.value === "0") this.level.value = FAIR_LEVEL;
    this.set(this.level);
  }

  async never() {
    try {
      await neverPlay(this.session, this.name);
      this.row.remove();
      notice(say("{sound} fades now and stays out of every new session. Settings can take that back.", { sound: this.label }));
    } catch (error) {
      notice(error.message);
    }
  }
}
