// Pages beside the issues: many made at once, figures over time, the bin, a file that cannot be read.
import { make, send, toast } from "./ask.js";

const busy = (words) => [make("span", { class: "spin" }), words];

export function batch() {
  const halt = document.querySelector("[data-stop]");
  let running = false, halted = false, now = "";
  halt.addEventListener("click", () => { halted = true; if (now) send(`/issue/${now}/stop`, {}).catch(() => {}); });
  async function run() {
    if (running) return;
    const what = [...document.querySelectorAll("[data-what]")].filter((one) => one.checked).map((one) => one.dataset.what);
    const rows = [...document.querySelectorAll("[data-of]")].filter((row) => row.querySelector("input").checked);
    if (!what.length || !rows.length) { toast("先勾上要什么、哪几期"); return; }
    [running, halted, halt.hidden] = [true, false, false];
    for (const row of rows) row.querySelector(".state").textContent = "等着";
    for (const row of rows) {
      const state = row.querySelector(".state"), said = [];
      for (const outlet of what) {
        if (halted) break;
        now = row.dataset.of;
        const words = make("span", {}, `正在生成（${said.length + 1}/${what.length}）`);
        state.replaceChildren(...busy(words));
        try {
          const made = await send(`/issue/${now}/make`, { outlet, draft: false });
          if (made.blocked) { said.push(`有${made.blocked}处错误，没有生成`); break; }
          said.push(`${made.file}　${made.seconds}秒`);
        } catch (fault) { said.push(halted ? "停下了" : `没有成：${fault.message}`); }
      }
      state.textContent = said.join("；") || "停下了";
    }
    [running, now, halt.hidden] = [false, "", true];
    toast(halted ? "停下了，旧的文件都还在" : "做完了");
  }
  document.querySelector("[data-all-made]").addEventListener("click", run);
  document.querySelector("[data-tick-all]").addEventListener("click", () => { const all = [...document.querySelectorAll("[data-of] input")], on = all.some((one) => !one.checked); for (const one of all) one.checked = on; });
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
}

export function series() {
  document.getElementById("measure")?.addEventListener("change", (event) => { location.href = `/series?measure=${encodeURIComponent(event.target.value)}`; });
}

export function bin() {
  const back = async (address, name) => {
    try {
      const { issue, place } = await send(address, { name });
      sessionStorage.setItem("toast", "取回来了");
      location.href = place ? `/issue/${issue}/${place[0]}?open=${place[1]}` : "/";
    } catch (fault) { toast(fault.message); }
  };
  for (const button of document.querySelectorAll("[data-back-issue]")) button.addEventListener("click", () => back("/bin/issue", button.dataset.backIssue));
  for (const button of document.querySelectorAll("[data-back-item]")) button.addEventListener("click", () => back("/bin/item", button.dataset.backItem));
}

export function broken() {
  const said = document.querySelector(".hint.err");
  const doing = (selector, work) => document.querySelector(selector)?.addEventListener("click", async () => {
    try { const words = await work(); sessionStorage.setItem("toast", words); location.reload(); } catch (fault) { said.textContent = fault.message; said.hidden = false; }
  });
  const { issue } = document.body.dataset;
  doing("[data-convert]", async () => { const { kept } = await send(`/convert/${issue}`, {}); return kept ? `转成了UTF-8，旧文件是 ${kept}` : "已经是UTF-8"; });
  doing("[data-repair]", async () => { const saved = await send(`/repair/${issue}`, {}); if (saved.nothing) throw new Error("没有一处有把握自动改，请照上面说的行用文字编辑器改，或到历史里恢复"); return `${saved.what}，请看一遍`; });
}
