// Asks, and only asks, when what a person sets lies well away from how it sounded.

const NAMES = { stress: "tense", fatigue: "tired", energy: "energetic" };

export function mount(article, signal) {
  const question = article.querySelector("#question");
  const ranges = JSON.parse(question.dataset.values || "{}");
  article.addEventListener("said", ({ detail }) => {
    const range = ranges[detail.name];
    const value = detail.value / 10;
    if (!range || (value >= range.low && value <= range.high)) question.textContent = "";
    else {
      const way = value < range.low ? "more" : "less";
      question.textContent = `The voice came across as ${way} ${NAMES[detail.name]} than that. What you say counts; the voice is set aside.`;
    }
  }, { signal });
}
