// A small bar while something plays and another page is shown.

import { player } from "./player.js";

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
  link.textContent = `${session.title}, ${player.state === "paused" ? "paused" : "playing"}`;
  pause.textContent = player.state === "paused" ? "Go on" : "Pause";
}

pause.addEventListener("click", () => (player.state === "paused" ? player.resume() : player.pause()));
player.addEventListener("change", showDock);
