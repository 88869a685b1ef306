import { confirm } from "./dialogs.js";
import { findAll } from "./find.js";
import { counted, make, read, send, toast, WORDS } from "./ask.js";

export function shelf() {
  const told = new Map();
  const names = new Set([...document.querySelectorAll("[data-issue], [data-undone]")].map((one) => one.dataset.issue || one.dataset.undone));
  (async () => {
    for (const name of names) {
      if (!told.has(name)) told.set(name, await read(`/issue/${name}/findings`).catch((fault) => ({ fault, counts: {}, findings: [] })));
      show(name, told.get(name));
    }
  })();
  document.querySelector("[data-end]").addEventListener("click", async () => {
    await send("/end", {});
    document.body.replaceChildren(make("main", { class: "shelf" }, make("h1", {}, "编刊台关了"), make("p", { class: "hint" }, "您写的都在文件里。这一页可以关掉。")));
  });
  for (const button of document.querySelectorAll("[data-new]")) button.addEventListener("click", () => begin(button.dataset.new));
  document.querySelector("[data-special]").addEventListener("click", () => begin("", { special: true }));
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => {
    const name = make("input", { class: "in", value: document.querySelector("[data-new]").dataset.new, "aria-label": "新的一期的期名" });
    confirm(`照${button.dataset.label}再建一期`, [make("p", {}, "文字、图片都抄过去；期号、日期换成新的，月报的数要自己换。原来的一期不动。"), make("label", { class: "field" }, make("span", { class: "label" }, "期名，例如 2022-09；合刊 2022-07-08；增刊 2022-special-1"), name)], "建", () => begin(name.value.trim(), { copy: button.dataset.copy }));
  });
  for (const button of document.querySelectorAll("[data-drop]")) button.addEventListener("click", () => confirm(`删去${button.dataset.label}`, [
    make("p", {}, "这一期的文件夹连同图片、生成的文件，整个移到回收站。随时可以取回。")], "移到回收站", async () => {
    try {
      await send(`/issue/${button.dataset.drop}/drop`, {});
      sessionStorage.setItem("toast", `${button.dataset.label}在回收站里，可以取回`);
      location.reload();
    } catch (fault) { toast(fault.message); }
  }));
  document.querySelector("[data-find-all]").addEventListener("click", findAll);
  document.querySelector("[data-new-named]").addEventListener("submit", (event) => {
    event.preventDefault();
    begin(event.target.name.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const go = document.querySelector(".latest .primary");
    if (event.key === "Enter" && event.target === document.body && go) go.click();
    if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "f") { event.preventDefault(); findAll(); }
  });
}

async function begin(name, how = {}) {
  const said = document.querySelector(".start .err");
  try {
    const made = await send("/new", { name, ...how });
    location.href = `/issue/${made.name}/head`;
  } catch (fault) {
    said.textContent = fault.message;
    said.hidden = false;
  }
}

function show(name, { counts, findings, fault }) {
  for (const one of document.querySelectorAll(`.counts[data-issue="${name}"]`)) counted(one, counts);
  for (const one of document.querySelectorAll(`[data-state="${name}"]`)) if (one.textContent === "在编" && !fault && !counts.error && !counts.unfilled) one.textContent = "可以生成"; else if (one.textContent === "已生成" && (counts.error || counts.unfilled)) { one.textContent = "出过校样"; one.classList.remove("good"); }
  const undone = document.querySelector(`[data-undone="${name}"]`);
  if (!undone) return;
  const lines = fault ? [fault.message] : Object.keys(WORDS).filter((kind) => counts[kind]).map((kind) => `${counts[kind]}处${WORDS[kind]}${kind === "unfilled" ? "" : "没有看"}`);
  undone.replaceChildren(...(lines.length ? lines : ["检查都通过了"]).map((words) => make("li", {}, words)));
  const by = {};
  for (const one of findings) ((by[one.path[0]] ??= {})[one.severity] ??= 0, by[one.path[0]][one.severity]++);
  for (const one of document.querySelectorAll(".todo .counts")) counted(one, by[one.dataset.section] || {});
}
