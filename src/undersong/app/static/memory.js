// What this browser remembers; where it may not, nothing is remembered and all works.

export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, String(value));
  } catch {
    // Private windows and full disks refuse; the page works without.
  }
}
