// Asks, and only asks, when what a person sets lies well away from how it sounded.

import { say } from "./words.js";

const MORE = { stress: say("more tense"), fatigue: say("more tired"), energy: say("more energetic") };
const LESS = { stress: say("less tense"), fatigue: say("less tired"), energy: say("less energetic") };

export function mount(article, signal) {
  const question = article.querySelector("#question");
  const ranges = JSON.parse(question.dataset.values || "{}");
  article.addEventListener("said", ({ detail }) => {
    const range = ranges[detail.name];
    const value = detail.value / 10;
    if (!range || (value >= range.low && value <= range.high)) question.textContent = "";
    else {
      const way = (value < range.low ? MORE : LESS)[detail.name];
      question.textContent = say("The voice came across as {way} than that. What you say counts; the voice is set aside.", { way });
    }
  }, { signal });
}
