// Sliders that say what they are set to in words, and that count only once touched.

import { say } from "./words.js";

const WORDS = [
  say("much less than usual"), say("much less than usual"), say("less than usual"), say("less than usual"),
  say("a little less than usual"), say("as usual"), say("a little more than usual"),
  say("more than usual"), say("more than usual"), say("much more than usual"), say("much more than usual"),
];

export function mount(group, signal) {
  const said = group.querySelector('input[name="said"]');
  for (const slider of group.querySelectorAll('input[type="range"]')) {
    const output = group.querySelector(`output[for="${slider.id}"]`);
    const set = () => {
      delete slider.dataset.unset;
      output.value = WORDS[slider.value];
      slider.setAttribute("aria-valuetext", output.value);
      said.value = [...group.querySelectorAll('input[type="range"]:not([data-unset])')]
        .map((one) => one.name)
        .join(",");
      group.dispatchEvent(new CustomEvent("said", { bubbles: true, detail: { name: slider.name, value: Number(slider.value) } }));
    };
    slider.addEventListener("input", set, { signal });
    // A tap on the middle changes nothing, yet it is an answer.
    slider.addEventListener("pointerup", set, { signal });
  }
}
