// Sliders that say what they are set to in words, and that count only once touched.

const WORDS = [
  "much less than usual", "much less than usual", "less than usual", "less than usual",
  "a little less than usual", "as usual", "a little more than usual",
  "more than usual", "more than usual", "much more than usual", "much more than usual",
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
