// Fetches numbered segments for ever: what fails is asked for again, a little later.

export const SEGMENT_SECONDS = 92160 / 48000;

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 4000;
const GONE = new Set([404, 410, 416]);

export function rest(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// Returns the bytes, or null where the session has no such segment: it has ended.
export async function fetchFor(url, { signal, lost, found }) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      const response = await fetch(url, { signal });
      if (GONE.has(response.status)) return null;
      if (response.ok) {
        const bytes = await response.arrayBuffer();
        found();
        return bytes;
      }
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
    lost();
    await rest(wait);
    if (signal.aborted) throw new DOMException("left", "AbortError");
  }
}
