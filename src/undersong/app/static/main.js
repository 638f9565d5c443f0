// Starts the page: each part of it that carries data-view gets its behaviour.
// Without this file every page still works by plain links and forms.

import { listenForVisits, onMount } from "./navigate.js";
import { showDock } from "./dock.js";
import * as heard from "./heard.js";
import * as offline from "./offline.js";
import * as past from "./past.js";
import * as play from "./play.js";
import * as recipe from "./recipe.js";
import * as settings from "./settings.js";
import * as share from "./share.js";
import * as sliders from "./sliders.js";
import * as speak from "./speak.js";

const VIEWS = { heard, offline, past, play, recipe, settings, share, sliders, speak };

onMount((root, signal) => {
  for (const part of root.querySelectorAll("[data-view]")) {
    VIEWS[part.dataset.view]?.mount(part, signal);
  }
  showDock();
});

listenForVisits();

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js");
}
