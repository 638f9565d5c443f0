// Every request to the server. Errors carry the one sentence the server gave.

import { say } from "./words.js";

export class RequestError extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

// The server's sentences begin small, as parts of longer ones.
export function asSentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

const UNREACHABLE = say("Undersong does not answer. Is it still running on this machine?");

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new RequestError(UNREACHABLE, 0);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    const sentence = typeof problem.detail === "string" ? problem.detail : problem.title;
    throw new RequestError(asSentence(sentence || say("The server answered {status}", { status: response.status })), response.status);
  }
  return response.status === 204 ? null : response.json();
}

function post(path, value) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
}

export function readRecording(audio, name = "voice.wav", device = undefined) {
  const form = new FormData();
  if (device) form.append("device", device);
  form.append("audio", audio, name);
  return request("/api/v1/readings", { method: "POST", body: form });
}

export function addEvent(id, event) {
  return post(`/api/v1/sessions/${id}/events`, event);
}

// How much of a session's file is made, 0..1; null if none is being made.
export async function savedPart(id) {
  return (await request(`/sessions/${id}/saving`, {})).part;
}

export async function neverPlay(id, name) {
  const body = new URLSearchParams({ name });
  const answer = await fetch(`/sessions/${id}/never`, { method: "POST", body, redirect: "manual" })
    .catch(() => { throw new RequestError(UNREACHABLE, 0); });
  if (answer.status >= 400) throw new RequestError(say("That could not be kept; try once more."), answer.status);
}

export function agree(version) {
  const form = new URLSearchParams({ version });
  return fetch("/consent", { method: "POST", body: form, redirect: "manual" });
}
