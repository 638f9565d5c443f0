// Keeps the shell of the pages at hand. Pages and sound come from the program itself;
// when it does not answer, one plain page says so, and has whom to call in every country.

// The server fills in a mark of these files' content: a change of them is a new worker.
const SHELL = "undersong-shell-MARK";
// Where lately.js keeps the last session's first minutes.
const LAST = "undersong-last";
const AWAY = "/offline";
// The same page without the lines, for the time after their check date.
const AWAY_LATE = "/offline-late";
// The server fills in the names of the style sheets and modules.
const FILES = [AWAY, AWAY_LATE, ..."STATIC".split(" ").map((name) => `/static/${name}`)];

const SOUND = /^\/s\/[^/]+\/(init\.mp4|\d+\.m4s)$/;
const FORGETS = /^\/erase$|^\/sessions\/[^/]+\/delete$|^\/api\/v1\/sessions\/[^/]+$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== SHELL && name !== LAST).map((name) => caches.delete(name)));
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET") {
    // What is forgotten there is not kept here.
    if (FORGETS.test(address.pathname)) event.waitUntil(caches.delete(LAST));
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => away(address)));
  } else if (FILES.includes(address.pathname) || SOUND.test(address.pathname)) {
    event.respondWith(fetch(request).catch(() => kept(address.pathname)));
  }
});

async function kept(path) {
  return (await caches.match(path)) ?? Response.error();
}

async function away({ pathname, searchParams }) {
  if (pathname === "/help") {
    const country = (searchParams.get("country") ?? "").toUpperCase();
    return Response.redirect(`${AWAY}#${country ? `country-${country}` : "help"}`);
  }
  const page = await caches.match(AWAY);
  const until = page.headers.get("undersong-lines-until");
  return new Date().toISOString().slice(0, 10) > until ? caches.match(AWAY_LATE) : page;
}
