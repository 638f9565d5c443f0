// Night: everything off but a breath of light. No clock, no bright point. The first
// touch brings the page back.

import { say } from "./words.js";

export function mountNight(button, signal) {
  button.addEventListener("click", () => enter(button), { signal });
}

function enter(button) {
  const veil = document.createElement("div");
  veil.className = "night";
  veil.tabIndex = 0;
  veil.setAttribute("role", "button");
  veil.setAttribute("aria-label", say("Night: touch or press a key to come back"));
  const line = document.querySelector(".stage .line").cloneNode(true);
  line.querySelector(".strands").remove();
  line.setAttribute("aria-hidden", "true");
  veil.append(line);
  document.body.append(veil);
  veil.focus();
  document.documentElement.requestFullscreen?.().catch(() => {});
  const leave = () => {
    veil.remove();
    // Back, but dim: whoever touched it in the dark is not met by a white page.
    document.documentElement.dataset.theme = "dark";
    if (document.fullscreenElement) document.exitFullscreen();
    button.focus();
  };
  veil.addEventListener("pointerdown", leave, { once: true });
  veil.addEventListener("keydown", leave, { once: true });
}
