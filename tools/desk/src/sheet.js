// The report's figures as a sheet: keys and pasting as in Excel.
import { toast } from "./ask.js";

export function sheet(table, { issue, saving }) {
  const rows = () => [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td[data-part]")]);
  const name = document.getElementById("cell-name"), value = document.getElementById("cell-value"), from = document.getElementById("cell-from");
  const find = (cell) => { const all = rows(); const y = all.findIndex((row) => row.includes(cell)); return [all, y, all[y]?.indexOf(cell) ?? -1]; };
  const go = (cell, dx, dy) => {
    const [all, y, x] = find(cell);
    all[Math.min(all.length - 1, Math.max(0, y + dy))]?.[Math.min(all[y].length - 1, Math.max(0, x + dx))]?.focus();
  };
  const put = async (cells) => {
    await saving.flush();
    const by = new Map();
    for (const [cell, typed] of cells) {
      const key = `${cell.dataset.measure}/${cell.dataset.item}`;
      const one = by.get(key) || { measure: cell.dataset.measure, item: cell.dataset.item };
      one[cell.dataset.part] = typed;
      by.set(key, one);
    }
    const saved = await saving.ask(`/issue/${issue}/figures`, { cells: [...by.values()] });
    for (const [cell, typed] of cells) { cell.textContent = typed; cell.classList.toggle("wrong", !saved); }
    return saved;
  };
  const edit = (cell, first) => {
    const old = cell.textContent;
    const input = document.createElement("input");
    input.value = first ?? old;
    input.setAttribute("aria-label", cell.dataset.name);
    cell.replaceChildren(input);
    input.focus();
    let over = false;
    const end = (keep) => {
      if (over) return;
      over = true;
      const typed = input.value.trim();
      cell.textContent = keep && typed ? typed : old;
      if (keep && typed && typed !== old) put([[cell, typed]]);
    };
    input.addEventListener("blur", () => end(true));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") { end(false); cell.focus(); }
      if (event.key === "Enter") { event.preventDefault(); end(true); go(cell, 0, event.shiftKey ? -1 : 1); }
      if (event.key === "Tab") { event.preventDefault(); end(true); go(cell, event.shiftKey ? -1 : 1, 0); }
    });
  };
  table.querySelector("td[data-part]")?.setAttribute("tabindex", "0");
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td[data-part]");
    if (!cell) return;
    for (const one of table.querySelectorAll("td[tabindex='0']")) one.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    name.textContent = cell.dataset.name;
    value.textContent = cell.textContent || "空着";
    from.textContent = cell.title || (cell.nextElementSibling?.classList.contains("past") && cell.dataset.part === "growth" ? `上期 ${cell.nextElementSibling.textContent || "没有"}` : "");
  });
  table.addEventListener("dblclick", (event) => { const cell = event.target.closest("td[data-part]"); if (cell && !cell.querySelector("input")) edit(cell); });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-part]");
    if (!cell || event.target.tagName === "INPUT") return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (moves[event.key] && !event.altKey) { event.preventDefault(); go(cell, ...moves[event.key]); }
    else if (event.key === "Enter") { event.preventDefault(); go(cell, 0, event.shiftKey ? -1 : 1); }
    else if (event.key === "Tab") { const [all, y, x] = find(cell); const to = x + (event.shiftKey ? -1 : 1); if (all[y][to]) { event.preventDefault(); all[y][to].focus(); } }
    else if (event.key === "F2") { event.preventDefault(); edit(cell); }
    else if (event.key === "Home" && event.ctrlKey) { event.preventDefault(); rows()[0][0].focus(); }
    else if (/^[\d.+\-０-９－]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); edit(cell, event.key); }
  });
  table.addEventListener("copy", (event) => { const cell = event.target.closest("td[data-part]"); if (cell) { event.clipboardData.setData("text/plain", cell.textContent); event.preventDefault(); } });
  table.addEventListener("paste", async (event) => {
    const start = event.target.closest("td[data-part]");
    if (!start || event.target.tagName === "INPUT") return;
    event.preventDefault();
    const block = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const [all, y, x] = find(start);
    const cells = [];
    block.forEach((line, down) => line.forEach((typed, right) => { const cell = all[y + down]?.[x + right]; if (cell && typed.trim()) cells.push([cell, typed.trim()]); }));
    if (cells.length && await put(cells)) toast(`贴进${cells.length}格`);
  });
}
