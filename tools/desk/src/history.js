// The history of an issue: a state chosen, compared by its fields, brought back.
import { make, read, send, toast } from "./ask.js";

export function past() {
  const { issue } = document.body.dataset;
  const box = document.getElementById("past-changes"), restore = document.querySelector("[data-restore]");
  let kept = null, against = "now", asked = 0;

  async function show() {
    const mine = ++asked;
    try {
      const told = await read(`/issue/${issue}/compare?id=${encodeURIComponent(kept.dataset.kept)}&with=${against}`);
      if (mine !== asked) return;
      restore.disabled = kept.hasAttribute("data-now");
      restore.title = restore.disabled ? "这一份就是现在的" : "";
      document.getElementById("past-title").textContent = `${kept.querySelector(".time").textContent}的一份`;
      const head = against === "now" ? "从这一份到现在，改了：" : "这一步改了：";
      const list = told.changes.map((one) => make("li", {}, make("div", { class: "where" }, one.where), make("div", { class: "change" }, ...one.parts.map(([kind, words]) => kind ? make(kind, {}, words) : words))));
      box.replaceChildren(
        ...(told.plain ? [make("p", {}, "有一份读不懂，只能逐行看："), make("pre", {}, told.plain)] : list.length ? [make("p", {}, head), make("ul", { class: "changes" }, ...list)] : [make("p", { class: "hint" }, `和${told.with}的一样。`)]),
        make("details", {}, make("summary", {}, "看这一份的全文"), make("pre", { tabindex: "0" }, told.text)));
    } catch (fault) { box.replaceChildren(make("p", { class: "hint err" }, fault.message)); }
  }

  for (const button of document.querySelectorAll("[data-kept]")) button.addEventListener("click", () => {
    kept?.setAttribute("aria-pressed", "false");
    kept = button;
    kept.setAttribute("aria-pressed", "true");
    show();
  });
  for (const button of document.querySelectorAll("[data-with]")) button.addEventListener("click", () => {
    against = button.dataset.with;
    for (const one of document.querySelectorAll("[data-with]")) one.setAttribute("aria-pressed", String(one === button));
    if (kept) show();
  });
  restore.addEventListener("click", async () => {
    try {
      await send(`/issue/${issue}/restore`, { id: kept.dataset.kept });
      sessionStorage.setItem("toast", "恢复了；不对就按Ctrl+Z撤销");
      location.href = `/issue/${issue}/head`;
    } catch (fault) { toast(fault.message); }
  });
  document.querySelector(".past-list").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("[data-kept]")], next = all[all.indexOf(document.activeElement) + by];
    next?.focus();
    next?.click();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") location.href = `/issue/${issue}`; });
  (document.querySelectorAll("[data-kept]")[1] || document.querySelector("[data-kept]"))?.click();
}
