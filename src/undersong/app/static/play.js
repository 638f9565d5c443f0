// The session page: the buttons, the time left, the nudges; the sound is player.js's.

import { change, endGently, positionOf } from "./asking.js";
import { mountAwake } from "./awake.js";
import { minutesAndSeconds } from "./clock.js";
import { mountLayers } from "./layers.js";
import { showOnLockScreen } from "./media.js";
import { remember, remembered } from "./memory.js";
import { mountNight } from "./night.js";
import { player } from "./player.js";
import { mountTimer } from "./timer.js";
import { mountVisual } from "./visual.js";
import { say } from "./words.js";

const SAID = {
  idle: "", loading: say("Starting…"), playing: "", paused: say("Paused."), waiting: say("One moment…"),
  lost: say("Trying to reach Undersong again…"), ending: say("Ending gently…"), ended: say("Finished."),
};
const LINE_WIDTH = 640;

export function mount(article, signal) {
  new Playing(article, signal);
}

class Playing {
  constructor(article, signal) {
    this.article = article;
    const { session: id, key, title, outcome } = article.dataset;
    this.seconds = Number(article.dataset.seconds);
    const ending = article.dataset.ending === "yes";
    this.session = { id, key, title, outcome, href: location.pathname, seconds: this.seconds, ending };
    for (const name of ["toggle", "stop", "volume", "state", "left", "after", "night"]) {
      this[name] = article.querySelector(`#${name}`);
    }
    this.played = article.querySelector(".stage clipPath rect");
    this.listen(signal);
    // A tap before this point would have been lost.
    this.toggle.disabled = false;
    this.night.disabled = false;
    this.volume.value = Math.round(100 * player.volume);
    this.setVolume();
    mountNight(this.night, signal);
    mountAwake(article.querySelector("#awake"), signal);
    mountLayers(article, signal);
    mountTimer(article, signal);
    mountVisual(article, signal);
    if (this.mine) this.show();
    else if (player.wanted) this.begin();
    player.wanted = false;
    this.tick();
  }

  get mine() { return player.session?.id === this.session.id; }

  get memory() { return `at:${this.session.id}`; }

  listen(signal) {
    const on = (target, name, act) => target.addEventListener(name, act, { signal });
    on(this.toggle, "click", () => this.press());
    on(this.stop, "click", () => this.end());
    on(this.volume, "input", () => this.setVolume());
    on(this.article, "submit", (event) => this.submitted(event));
    on(player, "change", () => this.show());
    on(player.audio, "timeupdate", () => this.tick());
  }

  begin() {
    const from = this.article.dataset.finished ? 0 : Number(remembered(this.memory) ?? 0);
    player.open({ ...this.session, seconds: this.seconds }, from < this.seconds - 2 ? from : 0);
    showOnLockScreen({ title: this.session.title, stop: () => this.end() });
    this.show();
  }

  press() {
    if (!this.mine || player.state === "ended") this.begin();
    else if (player.state === "paused") player.resume();
    else player.pause();
  }

  submitted(event) {
    const { target: form, submitter } = event;
    const words = submitter.ariaLabel ?? submitter.textContent.trim();
    if (form.matches("[data-nudges]")) {
      event.preventDefault();
      change(this.session.id, { kind: "nudge", name: submitter.value }, words);
    } else if (form.matches("[data-check-in]")) {
      event.preventDefault();
      const values = new FormData(form);
      const touched = values.get("said").split(",").filter(Boolean);
      const said = Object.fromEntries(touched.map((name) => [name, Number(values.get(name))]));
      change(this.session.id, { kind: "check_in", said }, say("It turns that way"));
    }
  }

  get position() { return positionOf(this.session.id); }

  get ending() { return (this.mine ? player.session : this.session).ending; }

  async end() {
    if (this.ending || !(await endGently(this.session.id))) return;
    this.after.hidden = false;
  }

  setVolume() {
    player.setVolume(this.volume.value / 100);
    this.volume.setAttribute("aria-valuetext", say("{number} percent", { number: this.volume.value }));
  }

  show() {
    if (this.mine && player.session.ending) {
      this.seconds = player.session.seconds;
      this.article.dataset.ending = "yes";
    }
    const state = this.mine ? player.state : "idle";
    const said = this.ending && state === "playing" ? SAID.ending : SAID[state];
    if (this.state.textContent !== said) this.state.textContent = said;
    const word = { ended: say("Play again"), paused: say("Go on"), idle: say("Play") };
    this.toggle.textContent = word[state] ?? say("Pause");
    this.stop.disabled = this.ending || !["playing", "paused", "waiting", "lost"].includes(state);
    this.article.dataset.state = state;
    if (state === "ended") this.finish();
  }

  finish() {
    player.session.ending = false;
    this.session.ending = false;
    this.after.hidden = false;
    this.tick();
    this.article.dataset.ending = "yes"; // All of it was sent: a nudge would be refused.
    remember(this.memory, null);
  }

  tick() {
    const at = this.position;
    if (this.mine && player.state === "ended") this.left.textContent = "";
    else if (this.article.dataset.endless === "yes" && !this.ending) this.left.textContent = say("all night");
    else this.left.textContent = say("{time} left", { time: minutesAndSeconds(this.seconds - at) });
    this.played.setAttribute("width", String((LINE_WIDTH * at) / this.seconds));
    if (!this.mine) return;
    if (at > 0 && player.state === "playing") remember(this.memory, at);
  }
}
