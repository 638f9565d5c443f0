// A small bar while something plays and another page is shown.

import { player } from "./player.js";
import { say } from "./words.js";

const dock = document.getElementById("dock");
const link = document.getElementById("dock-link");
const pause = document.getElementById("dock-pause");

export function showDock() {
  const session = player.session;
  const elsewhere = session && session.href !== location.pathname;
  dock.hidden = !elsewhere || player.state === "ended";
  if (dock.hidden) return;
  dock.dataset.outcome = session.outcome;
  link.href = session.href;
  link.textContent = player.state === "paused" ? say("{title}, paused", session) : say("{title}, playing", session);
  pause.textContent = player.state === "paused" ? say("Go on") : say("Pause");
}

pause.addEventListener("click", () => (player.state === "paused" ? player.resume() : player.pause()));
player.addEventListener("change", showDock);
