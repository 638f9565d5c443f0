// A slow drift of light along the line, moved by the sound itself. It rests while the
// sound rests, while nobody looks, and where less motion is wanted.

import { player } from "./player.js";

const FRAMES_PER_SECOND = 12;
const MOTES = 26;

let analyser = null;

// Listening in on a copy leaves the element's own output alone, so that playing in the
// background does not depend on it. Firefox's mozCaptureStream would silence it.
function listenIn() {
  if (analyser || !player.audio.captureStream) return;
  const context = new AudioContext();
  const node = context.createAnalyser();
  node.fftSize = 1024;
  context.createMediaStreamSource(player.audio.captureStream()).connect(node);
  analyser = { node, samples: new Float32Array(1024) };
}

function loudness() {
  if (!analyser) return 0.3;
  analyser.node.getFloatTimeDomainData(analyser.samples);
  const power = analyser.samples.reduce((sum, x) => sum + x * x, 0) / 1024;
  return Math.min(1, Math.sqrt(power) * 8);
}

export function mountVisual(article, signal) {
  const canvas = article.querySelector("#visual");
  const line = article.querySelector(".stage .ahead");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const paint = canvas.getContext("2d");
  const length = line.getTotalLength() / 2;
  let level = 0;
  const draw = () => {
    paint.clearRect(0, 0, canvas.width, canvas.height);
    if (player.state !== "playing" || document.hidden || player.session?.id !== article.dataset.session) return;
    try {
      if (player.position > 1) listenIn();
    } catch {
      analyser = null;
    }
    level += (loudness() - level) * 0.15;
    paint.fillStyle = getComputedStyle(canvas).color;
    const now = player.position;
    for (let mote = 0; mote < MOTES; mote += 1) {
      // Each mote has a pace and a height of its own, from its number alone.
      const own = (mote * 0.618034) % 1;
      const along = (own + now * (0.004 + 0.006 * ((mote * 0.41) % 1))) % 1;
      const { x, y } = line.getPointAtLength(along * length);
      const away = (6 + 40 * level) * Math.sin(now * (0.1 + 0.15 * own) + 7 * mote);
      paint.globalAlpha = (0.1 + 0.5 * level) * Math.sin(Math.PI * along);
      paint.beginPath();
      paint.arc(x, y + away, 1 + 1.6 * own, 0, 2 * Math.PI);
      paint.fill();
    }
  };
  const timer = setInterval(draw, 1000 / FRAMES_PER_SECOND);
  signal.addEventListener("abort", () => clearInterval(timer));
}
