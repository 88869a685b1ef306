import { drop, make, read, send, toast } from "./ask.js";
import { confirm } from "./dialogs.js";
import { chosen } from "./intake.js";
import { mail } from "./mail.js";

export function output() {
  const { issue } = document.body.dataset;
  const blocked = document.getElementById("blocked");
  const halt = document.querySelector("[data-stop]");
  let running = false, halted = false;
  halt.addEventListener("click", () => { halted = true; send(`/issue/${issue}/stop`, {}).catch(() => {}); });
  const run = async (draft) => {
    if (running) return;
    running = true;
    halted = false;
    halt.hidden = false;
    try { await each(draft); } finally { running = false; halt.hidden = true; }
  };
  const each = async (draft) => {
    blocked.hidden = true;
    for (const row of document.querySelectorAll("[data-outlet]")) {
      if (!row.querySelector("input").checked || halted) continue;
      const state = row.querySelector(".state");
      const words = make("span", {}, "正在生成");
      state.replaceChildren(make("span", { class: "spin" }), words);
      const asking = setInterval(async () => { const told = await read(`/issue/${issue}/progress`).catch(() => null); if (told?.words) words.textContent = told.words; }, 400);
      try {
        const made = await send(`/issue/${issue}/make`, { outlet: row.dataset.outlet, draft });
        if (made.blocked) {
          const wrong = made.blocked - made.unfilled;
          blocked.replaceChildren(`还有${[made.unfilled ? `${made.unfilled}处没有填` : "", wrong ? `${wrong}处错误` : ""].filter(Boolean).join("、")}，没有生成，旧的文件还在。`, ...(made.unfilled ? [make("button", { class: "b small", on: { click: async () => {
            try { await send(`/issue/${issue}/unfilled`, {}); blocked.replaceChildren("没填过的都去掉了，在编辑页按Ctrl+Z可以取回。再按一次“生成”。"); } catch (fault) { toast(fault.message); }
          } } }, "没用到的几则、几栏都去掉")] : []), make("span", {}, make("a", { href: `/issue/${issue}/news#findings` }, "去看第一处"), draft ? "：这几处不改好，连校样也排不出来。" : "，或先出校样。"));
          blocked.hidden = false;
          state.textContent = wrong ? "有错误" : "没有填完";
          continue;
        }
        const size = made.bytes ? `${(made.bytes / 1e6).toFixed(1)} MB` : `${made.files}个文件`;
        state.textContent = ["已生成", made.pages ? `${made.pages}页` : "", size, `${made.seconds}秒`, ...made.notices].filter(Boolean).join("　");
        row.querySelector(".opens").replaceChildren(...results(row.dataset.outlet, made));
      } catch (fault) {
        state.textContent = halted ? "停下了，旧的文件还在" : `没有成：${fault.message}`;
      } finally { clearInterval(asking); }
    }
  };
  const results = (outlet, made) => [
    made.opens ? make("a", { class: "b small", href: `/issue/${issue}/made/${outlet}`, target: "_blank" }, "打开") : null,
    made.holds.length ? make("button", { class: "b small", "data-holds": JSON.stringify(made.holds) }, "看文件") : null,
    outlet === "wechat" ? make("button", { class: "b small", "data-article": true }, "复制全文") : null,
    outlet === "print" ? make("button", { class: "b small", "data-preflight": true }, "付印前检查") : null,
  ].filter(Boolean);
  document.querySelector("main").addEventListener("click", async (event) => {
    const button = event.target.closest("button"), row = button?.closest("li"), state = row?.querySelector(".state");
    try {
      if (button?.dataset.holds) {
        confirm(row.querySelector("b").textContent, [make("ul", {}, ...JSON.parse(button.dataset.holds).filter((one) => !one.includes("/")).map((one) => make("li", {}, make("a", { href: `/issue/${issue}/part/${row.dataset.outlet}?file=${encodeURIComponent(one)}`, target: "_blank" }, one))))], null);
      } else if (button?.hasAttribute("data-article")) await copied();
      else if (button?.hasAttribute("data-preflight")) {
        const { found } = await send(`/issue/${issue}/preflight`, {});
        confirm("付印前检查", [found.length ? make("ul", {}, ...found.map((one) => make("li", {}, make("b", {}, one.label), `　${one.place ? `${one.place}：` : ""}${one.message}`))) : make("p", {}, "没有印刷厂会退回的地方。")], null);
      } else if (button?.hasAttribute("data-site")) {
        state.replaceChildren(make("span", { class: "spin" }), "正在生成");
        const made = await send("/site", {});
        state.textContent = `${made.issues}期，${made.files}个文件，在 ${made.path}${made.left.length ? `；有错误没有放上去：${made.left.join("、")}` : ""}`;
      } else if (button?.hasAttribute("data-mail")) await mail(issue, state);
      else if (button?.hasAttribute("data-revise")) chosen(".docx", false, ([file]) => file && revised(file).catch((fault) => toast(fault.message)));
    } catch (fault) { if (state) state.textContent = `没有成：${fault.message}`; }
  });
  // The article as rich text on the clipboard, as WeChat's editor takes it.
  async function copied() {
    const { html } = await read(`/issue/${issue}/article`);
    const body = new DOMParser().parseFromString(html, "text/html").body;
    await navigator.clipboard.write([new ClipboardItem({ "text/html": new Blob([body.innerHTML], { type: "text/html" }), "text/plain": new Blob([body.textContent], { type: "text/plain" }) })]);
    toast("复制了，到公众号的编辑器里粘贴；图要另外传，在“看文件”里");
  }
  async function revised(file) {
    toast(`正在读“${file.name}”`);
    const found = await drop(`/issue/${issue}/revised`, file);
    document.getElementById("toast").hidden = true;
    const ticks = found.revisions.map((one, at) => make("input", { type: "checkbox", checked: true, "data-at": at, "aria-label": `写回第${at + 1}处` }));
    confirm(`Word里改了${found.revisions.length}处`, [
      make("ul", {}, ...found.revisions.map((one, at) => make("li", { class: "item-in" }, make("label", { class: "tick" }, ticks[at]), make("div", {}, make("div", { class: "mute small" }, `${one.figure ? "数字　" : ""}${one.where}`), make("div", { class: "change" }, ...shown(one.shown)))))),
      ...(found.left.length ? [make("p", {}, "这些没有把握，要自己改："), make("ul", { class: "told" }, ...found.left.map((words) => make("li", {}, words)))] : []),
      ...(found.revisions.length || found.left.length ? [] : [make("p", {}, "和这一期的一样，没有改过。")])], found.revisions.length ? "写回来" : null, async () => {
      try {
        await send(`/issue/${issue}/revised-in`, { entries: ticks.filter((one) => one.checked).map((one) => +one.dataset.at) });
        toast("写回来了，请再看一遍检查");
      } catch (fault) { toast(fault.message); }
    }, true);
  }
  const shown = (words) => words.split(/(\[-[^]*?-\]|\{\+[^]*?\+\})/).map((part) => part.startsWith("[-") ? make("del", {}, part.slice(2, -2)) : part.startsWith("{+") ? make("ins", {}, part.slice(2, -2)) : part);
  const keep = () => localStorage.setItem("outlets", JSON.stringify([...document.querySelectorAll("[data-outlet]")].filter((row) => row.querySelector("input").checked).map((row) => row.dataset.outlet)));
  const kept = JSON.parse(localStorage.getItem("outlets") || "null");
  for (const row of document.querySelectorAll("[data-outlet]")) {
    if (kept) row.querySelector("input").checked = kept.includes(row.dataset.outlet);
    row.querySelector("input").addEventListener("change", keep);
  }
  // What is left to do is said before a button is pressed in vain.
  read(`/issue/${issue}/findings`).then(({ counts }) => {
    const left = [["unfilled", "处没有填"], ["error", "处错误"]].filter(([kind]) => counts[kind]).map(([kind, words]) => `${counts[kind]}${words}`);
    if (!left.length || !blocked.hidden || running) return;
    blocked.replaceChildren(make("span", {}, `还有${left.join("、")}，改好才出正式的。`, make("a", { href: `/issue/${issue}/news#findings` }, "去看第一处"), counts.error ? "。" : "，或先出校样。"));
    blocked.hidden = false;
  }).catch(() => {});
  for (const button of document.querySelectorAll("[data-make]")) button.addEventListener("click", () => run(button.dataset.make === "draft"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(false);
    if (event.key === "Escape" && !document.querySelector("dialog")) location.href = `/issue/${issue}`;
  });
}
