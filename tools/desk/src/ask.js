// What pages ask of the server, and small pieces that all of them use.
export async function read(address) {
  const reply = await fetch(address, { headers: { Accept: "application/json" } });
  return answered(reply);
}

export async function send(address, what) {
  const reply = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what), keepalive: JSON.stringify(what).length < 15000 });
  return answered(reply);
}

export async function drop(address, file, more = {}) {
  const reply = await fetch(address, {
    method: "POST", body: file,
    headers: { "Content-Type": "application/octet-stream", "X-Name": encodeURIComponent(file.name || "picture"), ...more },
  });
  return answered(reply);
}

// The desk answered, and said no.
export class Refused extends Error {}

async function answered(reply) {
  const kind = reply.headers.get("Content-Type") || "";
  if (!kind.startsWith("application/json")) throw new Refused(await reply.text());
  const said = await reply.json();
  if (!reply.ok) throw new Refused(said.error || "没有成");
  return said;
}

export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [what, work] of Object.entries(value)) made.addEventListener(what, work);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "i");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/assets/icons.svg#${name}`);
  drawn.append(use);
  return drawn;
}

export const WORDS = { error: "错误", warning: "警告", unfilled: "待填", info: "提示" };

export function counted(into, counts) {
  into.replaceChildren(...Object.keys(WORDS).filter((kind) => counts[kind]).map((kind) =>
    make("span", { class: `sv ${kind}`, title: `${WORDS[kind]} ${counts[kind]}`, "aria-label": `${WORDS[kind]} ${counts[kind]}` }, icon(kind), String(counts[kind]))));
}

let hiding = 0;
export function toast(words, act, work) {
  const box = document.getElementById("toast");
  box.replaceChildren(words, ...(act ? [make("button", { class: "b small", on: { click: () => { box.hidden = true; work(); } } }, act)] : []));
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 8000);
}
