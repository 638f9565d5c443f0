// What is asked of the session that plays: an event, with the place that is heard now.

import { addEvent } from "./api.js";
import { notice } from "./notice.js";
import { player } from "./player.js";
import { say } from "./words.js";

const SAMPLE_RATE = 48000;

export function positionOf(id) {
  return player.session?.id === id ? player.position : 0;
}

export function ask(id, event) {
  const position = Math.floor(positionOf(id) * SAMPLE_RATE);
  return addEvent(id, { ...event, position });
}

// Asks, and says in one line what was asked and when it will be heard.
export async function change(id, event, words) {
  try {
    const { event: made } = await ask(id, event);
    const wait = Math.max(1, Math.round(made.at_seconds - positionOf(id)));
    notice(wait === 1 ? say("{words}, in about a second.", { words }) : say("{words}, in about {wait} seconds.", { words, wait }));
    return true;
  } catch (error) {
    notice(error.message);
    return false;
  }
}

// The composed ending plays out by itself; nothing is cut.
export async function endGently(id) {
  try {
    const { seconds } = await ask(id, { kind: "stop" });
    player.shorten(id, seconds);
    return true;
  } catch (error) {
    notice(error.message);
    return false;
  }
}
