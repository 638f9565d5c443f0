// What the scripts say, in the language of the page: templates with named values, as on
// the server. The page hands their translations over; in English there are none.

const WORDS = JSON.parse(document.body.dataset.words || "{}");
const LANGUAGE = document.documentElement.lang;

export function say(template, values = {}) {
  return (WORDS[template] ?? template).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// A part of a page that the server made; a page in another language is loaded whole.
export const isOurs = (page) => page.documentElement.lang === LANGUAGE;
