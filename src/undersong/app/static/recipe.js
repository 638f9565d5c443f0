// A recipe arrives in the part of the address after #, which is never sent anywhere.

export function mount(form) {
  if (location.hash) form.querySelector("#text").value = location.hash.slice(1);
}
