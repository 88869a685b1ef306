// The report's figures as a sheet: keys and pasting as in Excel; rankings are sheets of their own.
import { make, read, toast } from "./ask.js";

const PARTS = "td[data-part]";

export function sheets({ issue, saving, strip, findings, reload }) {
  for (const table of document.querySelectorAll(".sheet[role=grid]")) sheet(table, { issue, saving, strip, findings, reload });
  document.querySelector("[data-all]")?.addEventListener("click", ({ currentTarget }) => {
    const all = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(all));
    document.querySelector(".form").classList.toggle("all-items", all);
  });
}

// The paragraphs that the press writes of the figures.
export async function written(issue) {
  const box = document.getElementById("written");
  if (!box) return;
  const { lines, why } = await read(`/issue/${issue}/written`).catch((fault) => ({ lines: [], why: fault.message }));
  if (document.getElementById("written") !== box) return;
  box.replaceChildren(...(lines.length ? lines.map((line) => make("p", {}, line)) : [make("p", { class: "hint" }, why || "填了数，这里就有字了。")]));
}

// What stands beside the figures, reckoned anew; what is being typed stays.
export async function beside() {
  const reply = await fetch(location.href);
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const now = document.querySelectorAll(".sheet[role=grid]"), then = page.querySelectorAll(".sheet[role=grid]");
  now.forEach((table, at) => {
    const fresh = then[at]?.querySelectorAll("[data-past]") || [], old = table.querySelectorAll("[data-past]");
    if (fresh.length === old.length) old.forEach((cell, place) => { cell.textContent = fresh[place].textContent; cell.className = fresh[place].className; });
  });
}

function sheet(table, { issue, saving, strip, findings, reload }) {
  const ranking = table.classList.contains("ranking");
  const rows = () => [...table.tBodies[0].rows].filter((row) => row.offsetParent).map((row) => [...row.querySelectorAll(PARTS)]);
  const name = document.getElementById("cell-name"), value = document.getElementById("cell-value"), from = document.getElementById("cell-from"), found = document.getElementById("cell-found");
  const find = (cell) => { const all = rows(), y = all.findIndex((row) => row.includes(cell)); return [all, y, all[y]?.indexOf(cell) ?? -1]; };
  const go = (cell, dx, dy) => {
    const [all, y, x] = find(cell);
    all[Math.min(all.length - 1, Math.max(0, y + dy))]?.[Math.min(all[y].length - 1, Math.max(0, x + dx))]?.focus();
  };

  async function put(cells) {
    if (!await saving.flush()) return null;
    for (const [cell, typed] of cells) cell.textContent = typed;
    const saved = ranking ? await rank([...table.tBodies[0].rows]) : await figures(cells);
    for (const [cell] of cells) cell.classList.toggle("wrong", !saved);
    return saved;
  }
  function figures(cells) {
    const by = new Map();
    for (const [cell, typed] of cells) {
      const key = `${cell.dataset.measure}/${cell.dataset.item}`;
      const one = by.get(key) || { measure: cell.dataset.measure, item: cell.dataset.item };
      one[cell.dataset.part] = typed;
      by.set(key, one);
    }
    return saving.ask(`/issue/${issue}/figures`, { cells: [...by.values()] });
  }
  // A ranking goes whole: its rows in their order, each with the place it had.
  async function rank(order, at = document.activeElement?.closest(PARTS)) {
    const [, y, x] = at ? find(at) : [null, -1, -1];
    const said = order.map((row) => ({ from: row.dataset.from === "" ? null : +row.dataset.from, ...Object.fromEntries([...row.querySelectorAll(PARTS)].map((cell) => [cell.dataset.part, cell.textContent])) }));
    // A row whose name is still to come is not sent yet.
    if (said.some((one) => !one.name && (one.value || one.growth))) { toast("先填名称"); return true; }
    const saved = await saving.ask(`/issue/${issue}/ranking`, { measure: table.dataset.measure, item: table.dataset.item, rows: said });
    if (saved) {
      await reload();
      const again = document.querySelector(`.ranking[data-measure="${table.dataset.measure}"][data-item="${table.dataset.item}"]`);
      again?.tBodies[0].rows[Math.min(y, again.tBodies[0].rows.length - 1)]?.querySelectorAll(PARTS)[x]?.focus();
    }
    return saved;
  }
  function moved(row, by) {
    const all = [...table.tBodies[0].rows], at = all.indexOf(row), to = at + by;
    if (row.dataset.from === "" || to < 0 || to >= all.length - 1) return;
    const cell = row.querySelectorAll(PARTS)[1];
    all.splice(to, 0, ...all.splice(at, 1));
    row.parentElement.append(...all);
    rank(all, cell);
  }

  function edit(cell, first) {
    const old = cell.textContent;
    const input = make("input", { "aria-label": cell.dataset.name, inputmode: cell.dataset.part === "name" ? "text" : "decimal" });
    input.value = first ?? old;
    cell.replaceChildren(input);
    input.focus();
    let over = false;
    const end = (keep, dx = 0, dy = 0) => {
      if (over) return;
      over = true;
      const typed = input.value.trim(), changed = keep && typed !== old;
      cell.textContent = keep ? typed : old;
      if (dx || dy) go(cell, dx, dy);
      else if (!keep) cell.focus();
      if (changed) put([[cell, typed]]);
    };
    input.addEventListener("blur", () => end(true));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") end(false);
      if (event.key === "Enter") { event.preventDefault(); end(true, 0, event.shiftKey ? -1 : 1); }
      if (event.key === "Tab") { event.preventDefault(); end(true, event.shiftKey ? -1 : 1, 0); }
    });
  }

  table.querySelector(PARTS)?.setAttribute("tabindex", "0");
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest(PARTS);
    if (!cell) return;
    for (const one of table.querySelectorAll("td[tabindex='0']")) one.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    name.textContent = cell.dataset.name;
    value.textContent = cell.textContent || "空着";
    from.textContent = cell.dataset.from ? `来自　${cell.dataset.from}` : "";
    const said = findings().filter((one) => flagged(one, cell));
    found.replaceChildren(...said.map(strip));
  });
  table.addEventListener("dblclick", (event) => { const cell = event.target.closest(PARTS); if (cell && !cell.querySelector("input")) edit(cell); });
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rank]"), row = event.target.closest("tr");
    if (!button) return;
    if (+button.dataset.rank) moved(row, +button.dataset.rank);
    else { const rest = [...table.tBodies[0].rows].filter((one) => one !== row); rank(rest, row.querySelector(PARTS)); }
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(PARTS);
    if (!cell || event.target.tagName === "INPUT") return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (ranking && event.altKey && /^Arrow(Up|Down)$/.test(event.key)) { event.preventDefault(); event.stopPropagation(); moved(cell.closest("tr"), event.key === "ArrowUp" ? -1 : 1); }
    else if (moves[event.key] && plain) { event.preventDefault(); go(cell, ...moves[event.key]); }
    else if (event.key === "Enter" && plain) { event.preventDefault(); go(cell, 0, event.shiftKey ? -1 : 1); }
    else if (event.key === "Tab") { const [all, y, x] = find(cell); const to = x + (event.shiftKey ? -1 : 1); if (all[y][to]) { event.preventDefault(); all[y][to].focus(); } }
    else if (event.key === "F2") { event.preventDefault(); edit(cell); }
    else if ((event.key === "Delete" || event.key === "Backspace") && plain) { event.preventDefault(); emptied(cell); }
    else if (event.key === "Home" && event.ctrlKey) { event.preventDefault(); rows()[0][0].focus(); }
    else if (cell.dataset.part === "name" ? event.key.length === 1 && plain : /^[\d.+\-０-９－]$/.test(event.key) && plain) { event.preventDefault(); edit(cell, event.key); }
    // An input method begins: the cell is opened for it, and the key is its own.
    else if (event.key === "Process" && cell.dataset.part === "name") edit(cell, "");
  });
  function emptied(cell) {
    if (!cell.textContent) return;
    const row = cell.closest("tr");
    if (ranking && cell.dataset.part === "name") rank([...table.tBodies[0].rows].filter((one) => one !== row), cell);
    // A value takes its growth along: a figure of no value is none.
    else put([[cell, ""], ...(cell.dataset.part === "value" && !ranking && cell.nextElementSibling?.textContent ? [[cell.nextElementSibling, ""]] : [])]);
  }
  table.addEventListener("copy", (event) => { const cell = event.target.closest(PARTS); if (cell) { event.clipboardData.setData("text/plain", cell.textContent); event.preventDefault(); } });
  table.addEventListener("paste", async (event) => {
    const start = event.target.closest(PARTS);
    if (!start || event.target.tagName === "INPUT") return;
    event.preventDefault();
    const block = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    const [all, y, x] = find(start);
    const cells = [];
    let over = 0;
    block.forEach((line, down) => line.forEach((typed, right) => {
      const cell = all[y + down]?.[x + right];
      if (!typed.trim()) return;
      if (cell) cells.push([cell, typed.trim()]); else over++;
    }));
    if (cells.length && await put(cells)) toast(`贴进${cells.length}格${over ? `，${over}格在表外，没有贴` : ""}`);
  });
}

export function flagged(finding, cell) {
  const [head, measure, item, place, part] = finding.path;
  if (head !== "report" || measure !== cell.dataset.measure || item !== cell.dataset.item) return false;
  if (cell.dataset.row === undefined) return (place === 1 || place === "growth") === (cell.dataset.part === "growth");
  const which = { 0: "name", 1: "value", 2: "growth" }[part] || part || "name";
  return place === undefined ? cell.dataset.part === "name" && cell.dataset.row === "0" : String(place) === cell.dataset.row && which === cell.dataset.part;
}
