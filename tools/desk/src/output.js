import { make, send } from "./ask.js";

export function output() {
  const { issue } = document.body.dataset;
  const blocked = document.getElementById("blocked");
  const run = async (draft) => {
    blocked.hidden = true;
    for (const row of document.querySelectorAll("[data-outlet]")) {
      if (!row.querySelector("input").checked) continue;
      const state = row.querySelector(".state");
      state.replaceChildren(make("span", { class: "spin" }), "正在生成");
      try {
        const made = await send(`/issue/${issue}/make`, { outlet: row.dataset.outlet, draft });
        if (made.blocked) {
          blocked.replaceChildren(`有${made.blocked}处错误，没有生成，旧的文件还在。`, make("a", { href: `/issue/${issue}/news#findings` }, "去看第一处"), "，或先出校样。");
          blocked.hidden = false;
          state.textContent = "有错误";
          continue;
        }
        const size = made.bytes ? `${(made.bytes / 1e6).toFixed(1)} MB` : `${made.files}个文件`;
        state.textContent = ["已生成", made.pages ? `${made.pages}页` : "", size, `${made.seconds}秒`, ...made.notices].filter(Boolean).join("　");
        row.querySelector(".opens").replaceChildren(...(made.opens ? [make("a", { class: "b small", href: `/issue/${issue}/made/${row.dataset.outlet}`, target: "_blank" }, "打开")] : []));
      } catch (fault) {
        state.textContent = `没有成：${fault.message}`;
      }
    }
  };
  const keep = () => localStorage.setItem("outlets", JSON.stringify([...document.querySelectorAll("[data-outlet]")].filter((row) => row.querySelector("input").checked).map((row) => row.dataset.outlet)));
  const kept = JSON.parse(localStorage.getItem("outlets") || "null");
  for (const row of document.querySelectorAll("[data-outlet]")) {
    if (kept) row.querySelector("input").checked = kept.includes(row.dataset.outlet);
    row.querySelector("input").addEventListener("change", keep);
  }
  for (const button of document.querySelectorAll("[data-make]")) button.addEventListener("click", () => run(button.dataset.make === "draft"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(false);
    if (event.key === "Escape") location.href = `/issue/${issue}`;
  });
}
