// A pause is a short fade, not a cut.

import { rest } from "./segments.js";

const RAMP_MS = 160;
const STEPS = 8;

export async function ramp(audio, target) {
  const begin = audio.volume;
  for (let step = 1; step <= STEPS; step += 1) {
    audio.volume = begin + ((target - begin) * step) / STEPS;
    await rest(RAMP_MS / STEPS);
  }
}
