// One line for what happened and what one can do; read aloud where that is wanted.

const line = document.getElementById("notice");
let timer = 0;

export function notice(sentence, seconds = 8) {
  clearTimeout(timer);
  line.textContent = sentence;
  if (sentence && seconds) timer = setTimeout(() => (line.textContent = ""), seconds * 1000);
}
