// The whole link, with this place's own address, and a button that copies it.

import { notice } from "./notice.js";
import { say } from "./words.js";

export function mount(article, signal) {
  const text = article.querySelector("#link");
  const copy = article.querySelector("#copy");
  text.value = `${location.origin}/open#${text.dataset.fragment}`;
  if (!navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    notice(say("The link is copied."));
  }, { signal });
}
