// The page for when the program does not answer: the last session's first minutes.

import { lastSession } from "./lately.js";
import { player } from "./player.js";
import { say } from "./words.js";

export async function mount(section, signal) {
  const session = await lastSession();
  if (!session) return;
  const button = section.querySelector("button");
  const length = Math.max(1, Math.round(session.seconds / 60));
  section.querySelector("#last-title").textContent = session.title;
  section.querySelector("#last-minutes").textContent = String(length);
  section.dataset.outcome = session.outcome;
  section.hidden = false;
  const show = () => {
    button.textContent = player.active ? say("Pause") : say("Play");
  };
  button.addEventListener("click", () => {
    if (player.active) player.pause();
    else if (player.state === "paused") player.resume();
    else player.open({ ...session, href: location.pathname });
  }, { signal });
  player.addEventListener("change", show, { signal });
}
