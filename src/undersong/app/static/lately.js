// The first minutes of the last session, kept in this browser alone, so that something
// can be heard while the program does not answer. Erasing and forgetting clear them.

import { SEGMENT_SECONDS } from "./segments.js";

const PLACE = "undersong-last";
const ABOUT = "/last-session";
const MINUTES = 3;
export const KEPT_SEGMENTS = Math.ceil((60 * MINUTES) / SEGMENT_SECONDS);

let kept = null;

export async function keepFirst(session, name, bytes) {
  if (!("caches" in window)) return;
  try {
    if (kept !== session.id) {
      kept = session.id;
      await caches.delete(PLACE);
      const { id, key, title, outcome } = session;
      await put(ABOUT, JSON.stringify({ id, key, title, outcome }));
    }
    await put(`/s/${session.key}/${name}`, bytes);
  } catch {
    // A full disk or a private window: it plays all the same, and is not kept.
  }
}

async function put(address, body) {
  const place = await caches.open(PLACE);
  await place.put(address, new Response(body));
}

// What is kept, with its length in seconds; null if there is nothing to hear.
export async function lastSession() {
  if (!("caches" in window)) return null;
  const place = await caches.open(PLACE);
  const about = await place.match(ABOUT);
  if (!about) return null;
  const session = await about.json();
  let segments = 0;
  while (await place.match(`/s/${session.key}/${segments}.m4s`)) segments += 1;
  return segments ? { ...session, seconds: segments * SEGMENT_SECONDS } : null;
}
