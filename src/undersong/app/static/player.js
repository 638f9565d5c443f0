// The one player of the page. It feeds numbered segments to the audio element, a few
// seconds ahead, so that a nudge is soon heard; Apple's browsers get the list instead.

import { Buffer } from "./buffer.js";
import { KEPT_SEGMENTS, keepFirst } from "./lately.js";
import { remember, remembered } from "./memory.js";
import { ramp } from "./ramp.js";
import { SEGMENT_SECONDS, fetchFor, rest } from "./segments.js";
import { wav } from "./wav.js";

const FLAC = 'audio/mp4; codecs="flac"';
const AHEAD_SECONDS = 6;
const AHEAD_HIDDEN_SECONDS = 12;

const list = "application/vnd.apple.mpegurl";
const hasLoop = "MediaSource" in window && MediaSource.isTypeSupported(FLAC);
const others = new BroadcastChannel("sound");
const isApple = navigator.vendor.startsWith("Apple");

class Player extends EventTarget {
  audio = document.getElementById("sound");
  state = "idle";
  volume = Number(remembered("volume") ?? 0.8);
  // Whether the page that comes next was asked to play by a tap on this one.
  wanted = false;

  constructor() {
    super();
    for (const name of ["playing", "pause", "waiting", "ended"]) {
      this.audio.addEventListener(name, () => this.heard(name));
    }
    this.audio.addEventListener("timeupdate", () => this.wake?.());
    document.addEventListener("visibilitychange", () => this.wake?.());
    // One sound at a time: what begins in another tab stills this one.
    others.addEventListener("message", () => this.active && this.pause());
  }

  get active() { return ["loading", "playing", "waiting", "lost"].includes(this.state); }

  get position() { return this.audio.currentTime; }

  get useList() {
    return (isApple || !hasLoop) && this.audio.canPlayType(list) !== "";
  }

  set(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }

  heard(name) {
    if (!this.session) return;
    if (name === "playing") this.set("playing");
    else if (name === "ended") this.set("ended");
    else if (name === "waiting" && this.state === "playing") this.set("waiting");
    else if (name === "pause" && !this.audio.ended) this.set("paused");
  }

  // Some browsers let an element play later only if it was started within a tap.
  unlock() {
    this.wanted = true;
    if (this.session || !this.useList) return;
    this.audio.src = URL.createObjectURL(wav([new Float32Array(480)], 48000));
    this.audio.play().catch(() => {});
  }

  // session: {id, key, title, href, outcome, seconds}; plays from a position in seconds.
  async open(session, from = 0) {
    this.close();
    this.session = session;
    this.leaving = new AbortController();
    this.audio.volume = this.volume;
    others.postMessage("playing");
    this.set("loading");
    if (this.useList) {
      this.audio.src = `/s/${session.key}/main.m3u8?live=1`;
      if (from) this.audio.currentTime = from;
    } else this.feed(from, this.leaving.signal);
    return this.start();
  }

  async start() {
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.set("paused");
    }
  }

  async feed(from, signal) {
    const { session } = this;
    const get = (name) => fetchFor(`/s/${session.key}/${name}`, {
      signal,
      lost: () => this.set("lost"),
      found: () => this.state === "lost" && this.set(this.audio.paused ? "paused" : "playing"),
    });
    const begin = Math.floor(from / SEGMENT_SECONDS);
    let number = begin;
    const first = Promise.all([get("init.mp4"), get(`${number}.m4s`)]);
    // A stop brings the end nearer: nothing beyond it is asked for.
    const more = () => number * SEGMENT_SECONDS < session.seconds - 0.01;
    const buffer = new Buffer(this.audio, FLAC);
    try {
      const [head, segment] = await first;
      if (!head) return this.set("ended");
      if (!from) keepFirst(session, "init.mp4", head);
      await buffer.open();
      await buffer.append(head);
      for (let bytes = segment; bytes; bytes = more() && await get(`${number}.m4s`)) {
        await buffer.append(bytes);
        // While nothing is buffered an element drops the place that it is given.
        if (from && number === begin) this.audio.currentTime = from;
        if (!from && number < KEPT_SEGMENTS) keepFirst(session, `${number}.m4s`, bytes);
        number += 1;
        await this.until(() => buffer.end - this.position < this.ahead - SEGMENT_SECONDS, signal);
      }
      buffer.finish();
    } catch (error) {
      if (error.name === "AbortError") return;
      // The element gave up on what it had: begin again where it was.
      await rest(500);
      if (!signal.aborted) this.open(this.session, this.position);
    }
  }

  get ahead() {
    return document.hidden ? AHEAD_HIDDEN_SECONDS : AHEAD_SECONDS;
  }

  async until(holds, signal) {
    while (!holds()) {
      await Promise.race([new Promise((resolve) => (this.wake = resolve)), rest(1000)]);
      if (signal.aborted) throw new DOMException("left", "AbortError");
    }
  }

  async pause() {
    await ramp(this.audio, 0);
    this.audio.pause();
  }

  async resume() {
    others.postMessage("playing");
    await this.start();
    await ramp(this.audio, this.volume);
  }

  // A stop brings the end of the session nearer; nothing beyond it is asked for.
  shorten(id, seconds) {
    if (this.session?.id !== id) return;
    Object.assign(this.session, { seconds, ending: true });
    this.dispatchEvent(new Event("change"));
  }

  setVolume(volume) {
    this.volume = volume;
    this.audio.volume = volume;
    remember("volume", volume);
  }

  close() {
    this.leaving?.abort();
    this.session = null;
    this.audio.removeAttribute("src");
    this.set("idle");
  }
}

export const player = new Player();
