// Words looked for: in the issue that is open, its folded items and other sections too; from the shelf in all issues.
import { icon, make, read } from "./ask.js";
import { confirm } from "./dialogs.js";

const excerpt = (hit) => make("span", { class: "excerpt" }, hit.before, make("mark", {}, hit.words), hit.after);

export function finder({ issue, go, flushed }) {
  const box = document.getElementById("find");
  const input = make("input", { class: "in", type: "search", placeholder: "在这一期里找", "aria-label": "在这一期里找", autocomplete: "off", spellcheck: "false" });
  const count = make("span", { class: "mute small nowrap", role: "status" });
  const list = make("ul", {});
  let hits = [], at = -1, asked = 0, timer = 0, before = null, going = Promise.resolve();
  const button = (name, label, work) => make("button", { class: "b quiet small sq", type: "button", "aria-label": label, title: label, on: { click: work } }, icon(name));
  box.append(make("div", { class: "line" }, input, count, button("up", "上一处 Shift+F3", () => step(-1)), button("down", "下一处 F3", () => step(1)), button("close", "关上 Esc", () => shut())), list);

  function shown() {
    count.textContent = input.value.trim() ? hits.length ? `第${at + 1}处，共${hits.length}处` : "没有" : "";
    list.replaceChildren(...hits.map((hit, index) => make("li", {}, make("button", { class: "go", type: "button", "aria-current": index === at ? "true" : null, on: { click: () => step(index - at) } }, make("span", { class: "where" }, hit.where), excerpt(hit)))));
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
  async function look() {
    const mine = ++asked, words = input.value.trim();
    await flushed();
    const found = words ? (await read(`/issue/${issue}/find?words=${encodeURIComponent(words)}`)).hits : [];
    if (mine !== asked) return;
    hits = found;
    at = -1;
    if (hits.length) await step(1); else shown();
  }
  async function step(by) {
    if (!hits.length) return;
    at = (at + by + hits.length) % hits.length;
    shown();
    going = go({ ...hits[at], quiet: true });
    await going;
    if (!box.hidden && !box.contains(document.activeElement)) input.focus();
  }
  // What was found last is where one goes on, once it is shown: two ways there at once would end at neither.
  async function shut() {
    box.hidden = true;
    const hit = hits[at];
    await Promise.resolve(going).catch(() => {});
    if (hit) go(hit); else if (before?.isConnected) before.focus();
  }
  input.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(look, 150); });
  input.addEventListener("compositionend", look);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target === input) { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(); }
  });
  return {
    // Asked for twice: the browser's own.
    open(event) {
      if (!box.hidden && document.activeElement === input) return;
      event.preventDefault();
      if (box.hidden) before = document.activeElement;
      const selected = String(getSelection()).trim();
      box.hidden = false;
      if (selected && selected.length < 40 && !selected.includes("\n")) { input.value = selected; look(); }
      input.focus();
      input.select();
    },
    step,
    get shown() { return !box.hidden; },
  };
}

export function findAll() {
  if (document.querySelector("dialog")) return;
  const input = make("input", { class: "in", type: "search", "aria-label": "在各期里找", placeholder: "一个名称、一个数、一句话", autocomplete: "off" });
  const list = make("ul", { class: "hits", role: "status" });
  let asked = 0, timer = 0;
  async function look() {
    const mine = ++asked, words = input.value.trim();
    const { hits } = words ? await read(`/find?words=${encodeURIComponent(words)}`) : { hits: [] };
    if (mine !== asked) return;
    list.replaceChildren(...(hits.length ? hits : []).map((hit) => make("li", {}, make("a", { href: `/issue/${hit.issue}/${hit.path[0] === "issue" ? "head" : hit.path[0] === "allow" ? "kept" : hit.path[0]}${typeof hit.path[1] === "number" ? `?open=${hit.path[1]}` : ""}` }, make("span", { class: "where" }, `${hit.label}　${hit.where}`), excerpt(hit)))));
    if (words && !hits.length) list.replaceChildren(make("li", { class: "hint" }, "各期里都没有。"));
  }
  input.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(look, 200); });
  input.addEventListener("compositionend", look);
  confirm("在各期里找", [input, list], null, undefined, true);
}
