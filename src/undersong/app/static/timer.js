// The timer: after some minutes the sound fades and ends by itself. It belongs to the
// session, not to its page: it runs on while other pages are read, and after a reload.

import { ask, endGently, positionOf } from "./asking.js";
import { remember, remembered } from "./memory.js";
import { notice } from "./notice.js";
import { player } from "./player.js";
import { say } from "./words.js";

const nameOf = (id) => `timer:${id}`;

function timerOf(id) {
  return JSON.parse(remembered(nameOf(id)) ?? "null");
}

export function mountTimer(article, signal) {
  const id = article.dataset.session;
  const [minutes, fade, fading] = ["#timer", "#fade", "#fading"].map((one) => article.querySelector(one));
  if (!minutes) return;
  const kept = timerOf(id);
  if (kept) [minutes.value, fade.value] = [kept.minutes, kept.fade];
  fading.hidden = !kept;
  const set = () => {
    fading.hidden = !minutes.value;
    const wanted = Number(minutes.value);
    if (!wanted) remember(nameOf(id), null);
    else {
      const endAt = positionOf(id) + 60 * wanted;
      remember(nameOf(id), JSON.stringify({ minutes: minutes.value, fade: fade.value, endAt }));
    }
    notice(wanted ? say("It will end gently in {length}.", { length: minutes.selectedOptions[0].textContent }) : say("It will play to its own end."));
  };
  minutes.addEventListener("change", set, { signal });
  fade.addEventListener("change", set, { signal });
}

function watch() {
  const id = player.session?.id;
  const timer = id && timerOf(id);
  if (!timer) return;
  const left = timer.endAt - player.position;
  const fadeMinutes = Math.min(Number(timer.fade), Math.floor(left / 60));
  if (left <= 0) {
    remember(nameOf(id), null);
    endGently(id);
  } else if (Number(timer.fade) && left <= 60 * Number(timer.fade) + 1) {
    remember(nameOf(id), JSON.stringify({ ...timer, fade: "" }));
    // Should this one request fail, the composed ending still comes in time.
    ask(id, { kind: "nudge", name: `fade=${Math.max(1, fadeMinutes)}` }).catch(() => {});
  }
}

player.audio.addEventListener("timeupdate", watch);
