// Requests to the page's own server. Only a request with the token of this page can change something.

import { current } from "/views.js";

const token = document.querySelector("meta[name=token]").content;

async function answer(response) {
  const document = await response.json().catch(() => ({ error: `the server answers ${response.status}` }));
  if (!response.ok) throw new Error(document.error ?? `the server answers ${response.status}`);
  return document;
}

export async function read(path, parameters = {}) {
  return answer(await fetch(`/api/${path}?${new URLSearchParams({ table: current().table, ...parameters })}`));
}

export async function change(path, parameters = {}) {
  return answer(await fetch(`/api/${path}`, { method: "POST",
    headers: { "Content-Type": "application/json", "Rowcast-Token": token }, body: JSON.stringify({ table: String(current().table), ...parameters }) }));
}

// Runs an action of a button: the button waits, and the place says what happened.
export async function perform(button, place, action) {
  const focused = document.activeElement === button;
  button.disabled = true;
  place.className = "said";
  place.textContent = "…";
  try {
    const said = await action();
    place.replaceChildren(...[said ?? "done"].flat());
  } catch (failure) {
    place.className = "said failed";
    place.textContent = failure.message;
  } finally {
    button.disabled = false;
    // A disabled button loses the focus.
    if (focused && document.activeElement === document.body) button.focus();
  }
}
