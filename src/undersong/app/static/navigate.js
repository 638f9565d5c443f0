// Changes of page that keep the sound playing: the next page is fetched and its <main>
// takes the place of this one. Forms marked data-play or data-swap go this way always,
// links only while something plays.

import { asSentence } from "./api.js";
import { notice } from "./notice.js";
import { player } from "./player.js";
import { isOurs, say } from "./words.js";

const LEAVES = /^\/(api|s|static)\/|\.(zip|json|flac|mp3)$/;
let mountPage = () => {};
let mounted = new AbortController();
let shown = location.pathname + location.search;

export function onMount(mount) {
  mountPage = mount;
}

function mountMain() {
  mounted.abort();
  mounted = new AbortController();
  mountPage(document.getElementById("main"), mounted.signal);
}

export async function visit(url, { replace = false, ...options } = {}) {
  let response;
  try {
    response = await fetch(url, { headers: { Accept: "text/html" }, ...options });
  } catch {
    notice(say("Undersong does not answer. Is it still running on this machine?"));
    return false;
  }
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.getElementById("main");
  if (!main || !response.ok) {
    notice(page.getElementById("problem")?.textContent ?? sentenceOf(text));
    return false;
  }
  if (!isOurs(page)) {
    location.assign(response.url);
    return true;
  }
  await wear(page);
  // A parsed page has its noscript parts as elements; here there is script.
  for (const part of main.querySelectorAll("noscript")) part.remove();
  document.title = page.title;
  document.getElementById("main").replaceWith(main);
  // What was fetched does not say which place on its page was meant.
  const { hash } = new URL(url, location.href);
  if (replace) history.replaceState({}, "", response.url + hash);
  else history.pushState({}, "", response.url + hash);
  shown = location.pathname + location.search;
  const place = document.getElementById(hash.slice(1));
  if (place) place.scrollIntoView();
  else scrollTo(0, 0);
  main.focus({ preventScroll: true });
  mountMain();
  return true;
}

// A page is shown only once the style sheets that it needs beyond these are here.
function wear(page) {
  const missing = [...page.head.querySelectorAll('link[rel="stylesheet"]')]
    .filter((sheet) => !document.head.querySelector(`link[href="${sheet.getAttribute("href")}"]`));
  return Promise.all(missing.map((sheet) => new Promise((resolve) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", resolve);
    document.head.append(sheet);
  })));
}

function sentenceOf(text) {
  try {
    return asSentence(JSON.parse(text).detail);
  } catch {
    return say("That did not work. Go back and try once more.");
  }
}

async function submit(event) {
  const { target: form, submitter } = event;
  const method = submitter?.formMethod || form.method;
  if (event.defaultPrevented || !form.matches("[data-play], [data-swap]")) return;
  const path = submitter?.getAttribute("formaction") || form.getAttribute("action");
  const values = new URLSearchParams(new FormData(form, submitter));
  event.preventDefault();
  if (method === "get") {
    for (const name of ["said", "stress", "fatigue", "energy"]) values.delete(name);
    location.assign(`${path}?${values}`);
    return;
  }
  if (form.matches("[data-play]")) player.unlock();
  submitter?.setAttribute("aria-disabled", "true");
  const done = await visit(path, { method: "POST", body: values });
  if (!done) submitter?.removeAttribute("aria-disabled");
}

function follow(event) {
  const link = event.target.closest("a[href]");
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented || !player.active) return;
  if (link.origin !== location.origin || link.download || link.target) return;
  if (LEAVES.test(link.pathname) || (link.pathname === location.pathname && link.hash)) return;
  event.preventDefault();
  visit(link.href);
}

export function listenForVisits() {
  document.addEventListener("submit", submit);
  document.addEventListener("click", follow);
  addEventListener("popstate", () => {
    // A jump within a page is no other page.
    if (location.pathname + location.search !== shown) visit(location.href, { replace: true });
  });
  mountMain();
}
