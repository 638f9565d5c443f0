// Why a microphone could not be used, and what can be done, in one sentence each.

import { say } from "./words.js";

const DENIED = say("The microphone was not allowed. Allow it in the browser’s address bar, or choose a recording, or say it by hand.");
export const WHY_NOT = {
  NotAllowedError: DENIED,
  SecurityError: DENIED,
  NotFoundError: say("No microphone was found. Plug one in, choose a recording, or say it by hand."),
  NotReadableError: say("Another program is using the microphone. Close it and try again, or choose a recording."),
};
export const LOST = say("The microphone went away. Plug it in and try again, or say it by hand.");
