// Settings that show at once.

export function mount(form, signal) {
  for (const choice of form.querySelectorAll('input[name="theme"]')) {
    choice.addEventListener("change", () => {
      if (choice.value === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice.value;
    }, { signal });
  }
}
