// Past sessions: how far the saving of a file has come, beside its link.

import { savedPart } from "./api.js";
import { notice } from "./notice.js";
import { rest } from "./segments.js";
import { say } from "./words.js";

const LOOK_MS = 700;

export function mount(list, signal) {
  list.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-save]");
    if (link) follow(link, signal);
  }, { signal });
}

// The browser saves the file itself; the server says how much of it is made.
async function follow(link, signal) {
  const bar = link.closest(".past-item").querySelector("progress");
  bar.hidden = false;
  bar.value = 0;
  let begun = false;
  for (let looks = 0; !signal.aborted; looks += 1) {
    await rest(LOOK_MS);
    const part = await savedPart(link.dataset.save).catch(() => null);
    begun = begun || part !== null;
    if (part === null && (begun || looks > 5)) break;
    bar.value = part ?? 0;
  }
  bar.hidden = true;
  if (!signal.aborted) notice(say("The file is made; your browser saves it."));
}
