// The fields of a form: what is typed in them is on its way to the file.
import { bodyEditor } from "./text.js";

export const BARE = { date: /^\d{4}-\d{2}-\d{2}$/, number: /^[+-]?\d+(\.\d+)?$/ };
export const key = (path) => JSON.stringify(path);
export const control = (field) => field.querySelector("input, select, textarea");
export const fieldAt = (path) => [...document.querySelectorAll(".field[data-path]")].find((one) => key(JSON.parse(one.dataset.path)) === path);

// Returns the bodies by their paths.
export function bind({ saving, nonce, drawn = () => null, still = () => false }) {
  const bodies = new Map();
  for (const box of document.querySelectorAll(".editor[data-path]")) {
    const path = JSON.parse(box.dataset.path);
    const put = (text, before) => saving.put(path, text === "" && box.dataset.empty === "drop" ? null : text === "" || text.endsWith("\n") || !/\n/.test(before + text) ? text : `${text}\n`);
    bodies.set(key(path), bodyEditor(box, { nonce, changed: put, left: () => saving.flush(), drawn, moved: () => {} }));
  }
  for (const field of document.querySelectorAll(".field[data-path]")) one(field, saving, still);
  return bodies;
}

function one(field, saving, still) {
  const path = JSON.parse(field.dataset.path), { kind } = field.dataset, input = control(field);
  const had = input.value !== "" || input.checked;
  const put = () => {
    if (still()) return;
    const typed = input.value.trim();
    if (kind === "switch") saving.put(path, input.checked ? true : field.dataset.off === "false" ? false : null);
    else if (kind === "lines") { const lines = input.value.split("\n").map((line) => line.trim()).filter(Boolean); saving.put(path, lines.length ? lines : null); }
    else if (typed === "" && !(had && kind === "title")) saving.put(path, null);
    else saving.put(path, input.value, BARE[kind]?.test(typed) || false);
  };
  // What is there is never shown: an empty field leaves it as it is.
  if (kind === "secret") {
    for (const event of ["input", "change"]) input.addEventListener(event, () => { if (input.value && !still()) saving.put(path, input.value); });
    input.addEventListener("change", () => saving.flush());
    return;
  }
  // What waits to be filled in is typed over.
  input.addEventListener("focus", () => { if (/^【请填写[^】]*】$/.test(input.value)) input.select(); });
  // A number or a date half typed is none yet: it is saved when the field is left.
  input.addEventListener("input", (event) => { if (!event.isComposing && !(BARE[kind] && !BARE[kind].test(input.value.trim()))) put(); });
  input.addEventListener("compositionend", put);
  input.addEventListener("change", () => { put(); saving.flush(); });
}
