// The level line that moves with the voice, the ring that fills, and one hint at a time.

import { say } from "./words.js";

const POINTS = 64;

export class Meter {
  // Its bounds are those of the server's own judgement, handed over with the page.
  constructor(root, { quiet_db: quietDb, loud_peak: loudPeak }) {
    this.quietDb = quietDb;
    this.loudPeak = loudPeak;
    this.line = root.querySelector("#level polyline");
    this.ring = root.querySelector("#ring");
    this.hint = root.querySelector("#hint");
    this.heights = new Array(POINTS).fill(0);
    this.peak = 0;
    this.count = 0;
  }

  level(rms, peak) {
    const db = 20 * Math.log10(rms + 1e-6);
    this.heights.shift();
    this.heights.push(Math.max(0, Math.min(1, (db + 60) / 50)));
    const step = 320 / (POINTS - 1);
    this.line.setAttribute("points", this.heights
      .map((height, i) => `${(i * step).toFixed(0)},${(24 + (i % 2 ? -22 : 22) * height).toFixed(1)}`)
      .join(" "));
    this.peak = Math.max(this.peak, peak);
    this.count += 1;
    // Every 1.5 s or so: a hint that changes faster cannot be read.
    if (this.count % 36 === 0) this.advise();
  }

  advise() {
    if (this.peak >= this.loudPeak) this.tell(say("A little further away, please."));
    else if (20 * Math.log10(this.peak + 1e-6) < this.quietDb) this.tell(say("A little closer, please."));
    else this.tell(say("Good."));
    this.peak = 0;
  }

  tell(sentence) {
    if (this.hint.textContent !== sentence) this.hint.textContent = sentence;
  }

  progress(part) {
    this.ring.setAttribute("stroke-dashoffset", String(100 - 100 * Math.min(1, part)));
  }
}
