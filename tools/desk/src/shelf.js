import { counted, make, read, send, WORDS } from "./ask.js";

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
  document.querySelector("[data-new-named]").addEventListener("submit", (event) => {
    event.preventDefault();
    begin(event.target.name.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const go = document.querySelector(".latest .primary");
    if (event.key === "Enter" && event.target === document.body && go) go.click();
  });
}

async function begin(name) {
  const said = document.querySelector(".start .err");
  try {
    const made = await send("/new", { name });
    location.href = `/issue/${made.name}/head`;
  } catch (fault) {
    said.textContent = fault.message;
    said.hidden = false;
  }
}

function show(name, { counts, findings, fault }) {
  for (const one of document.querySelectorAll(`.counts[data-issue="${name}"]`)) counted(one, counts);
  const undone = document.querySelector(`[data-undone="${name}"]`);
  if (!undone) return;
  const lines = fault ? [fault.message] : Object.keys(WORDS).filter((kind) => counts[kind]).map((kind) => `${counts[kind]}处${WORDS[kind]}${kind === "unfilled" ? "" : "没有看"}`);
  undone.replaceChildren(...(lines.length ? lines : ["检查都通过了"]).map((words) => make("li", {}, words)));
  const by = {};
  for (const one of findings) ((by[one.path[0]] ??= {})[one.severity] ??= 0, by[one.path[0]][one.severity]++);
  for (const one of document.querySelectorAll(".todo .counts")) counted(one, by[one.dataset.section] || {});
}
