// The lock screen and media keys.

import { player } from "./player.js";

export function showOnLockScreen({ title, stop }) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({
    title,
    artist: "Undersong",
    artwork: [{ src: "/static/icon-512.png", sizes: "512x512", type: "image/png" }],
  });
  const actions = { play: () => player.resume(), pause: () => player.pause(), stop };
  for (const [name, action] of Object.entries(actions)) {
    navigator.mediaSession.setActionHandler(name, action);
  }
}
