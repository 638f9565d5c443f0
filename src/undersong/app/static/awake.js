// Keeps the screen on while it plays, for those who ask for it; by default it may sleep.

import { remember, remembered } from "./memory.js";
import { player } from "./player.js";

const NAME = "awake";
let lock = null;

async function follow() {
  const wanted = remembered(NAME) === "yes" && player.active && !document.hidden;
  if (wanted && !lock) {
    lock = await navigator.wakeLock.request("screen").catch(() => null);
    lock?.addEventListener("release", () => (lock = null));
  } else if (!wanted && lock) {
    const held = lock;
    lock = null;
    await held.release();
  }
}

export function mountAwake(button, signal) {
  if (!("wakeLock" in navigator)) return;
  button.hidden = false;
  const show = () => button.setAttribute("aria-pressed", String(remembered(NAME) === "yes"));
  button.addEventListener("click", () => {
    remember(NAME, remembered(NAME) === "yes" ? null : "yes");
    show();
    follow();
  }, { signal });
  show();
}

if ("wakeLock" in navigator) {
  player.addEventListener("change", follow);
  document.addEventListener("visibilitychange", follow);
}
