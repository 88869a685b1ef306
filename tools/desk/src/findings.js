// One finding as it is shown, wherever: what, the change, 改正, 保留…, why.
import { icon, make, read, WORDS } from "./ask.js";
import { confirm } from "./dialogs.js";

export function change(finding) {
  if (finding.suggestion === null || !finding.marked) return null;
  return make("span", { class: "change" }, make("del", {}, finding.marked), " → ", finding.suggestion ? make("ins", {}, finding.suggestion) : "删去");
}

export function buttons(finding, { issue, saving, done }) {
  const box = make("div", { class: "do" });
  const under = make("div", { class: "under" });
  if (finding.fixable) {
    box.append(make("button", { class: "b small primary", "data-mend": true, on: { click: async () => {
      if (!await saving.flush() || saving.disputed.size) return;
      const saved = await saving.ask(`/issue/${issue}/mend`, { rule: finding.rule, span: finding.span, path: finding.path });
      if (saved) done(saved);
    } } }, "改正 ", make("kbd", {}, "Alt+↵")));
  }
  if (finding.waivable) {
    box.append(make("button", { class: "b small", "data-keep": true, on: { click: () => under.replaceChildren(keeping(finding, { issue, saving, done })) } }, "保留…"));
  }
  box.append(make("button", { class: "b quiet small sq", "aria-label": "为什么？解释这条规则", title: "为什么？", on: { click: async () => {
    const { text } = await read(`/rule/${finding.rule}`);
    under.replaceChildren(make("div", { class: "why" }, text));
  } } }, icon("info")));
  return [box, under];
}

function keeping(finding, { issue, saving, done }) {
  const reason = make("input", { class: "in", placeholder: "为什么保留，例如 已与商务局核对", "aria-label": "保留的理由" });
  const said = make("span", { class: "hint err" });
  const form = make("form", { on: { submit: async (event) => {
    event.preventDefault();
    if (reason.value.trim().length < 2) { said.textContent = "请写两个字以上的理由"; return; }
    if (!await saving.flush() || saving.disputed.size) return;
    const saved = await saving.ask(`/issue/${issue}/keep`, { rule: finding.rule, span: finding.span, reason: reason.value });
    if (saved) done(saved);
  } } }, reason, make("button", { class: "b small primary" }, "保留"), said);
  const before = make("div", { class: "reasons", role: "group", "aria-label": "以前写过的理由" });
  form.append(before);
  read(`/reasons/${finding.rule}`).then(({ reasons }) => before.append(...reasons.map((words) => make("button", { class: "b small", type: "button", on: { click: () => { reason.value = words; reason.focus(); } } }, words)))).catch(() => {});
  setTimeout(() => reason.focus());
  return form;
}

export function strip(finding, acts) {
  const [box, under] = buttons(finding, acts);
  return make("div", { class: `strip ${finding.severity}`, role: "group", "aria-label": `${WORDS[finding.severity]}，${finding.message}` },
    make("span", { class: `sv ${finding.severity}` }, icon(finding.severity)),
    make("div", { class: "said" }, finding.message, change(finding), under), box);
}

const ORDER = ["error", "warning", "unfilled", "info"];

export function panel(box, findings, { where, go, close, acts, now }) {
  const list = make("div", { class: "list", tabindex: "-1" });
  for (const kind of ORDER) {
    const some = findings.filter((one) => one.severity === kind);
    if (!some.length) continue;
    list.append(make("h3", {}, `${WORDS[kind]} ${some.length}`));
    for (const one of some) {
      const [buttonBox, under] = buttons(one, acts);
      list.append(make("article", { class: `finding${now && one.rule === now.rule && String(one.span) === String(now.span) ? " now" : ""}` },
        make("button", { class: "go", on: { click: () => go(one) } },
          make("span", { class: `sv ${kind}` }, icon(kind), where(one)), make("div", {}, one.message), change(one)),
        buttonBox, under));
    }
  }
  const safe = findings.filter((one) => one.fixable);
  if (safe.length > 1) list.prepend(make("p", { class: "put" }, make("button", { class: "b small", on: { click: () => together(safe, where, acts) } }, `有把握的${safe.length}处，一起看…`)));
  if (!findings.length) list.append(make("p", { class: "hint" }, "没有要看的了。"));
  box.replaceChildren(make("header", {}, make("h2", {}, "检查"), make("span", { class: "mute small" }, `${findings.length}处`), make("span", { class: "gap" }),
    make("button", { class: "b quiet small sq", "aria-label": "关上 Esc", on: { click: close } }, icon("close"))), list);
  list.querySelector(".now")?.scrollIntoView({ block: "nearest" });
}

// All changes that are beyond doubt, each with its words; those that are ticked are made as one step.
function together(safe, where, { issue, saving, done }) {
  const ticks = safe.map((one, at) => make("input", { type: "checkbox", checked: true, "aria-label": `改第${at + 1}处` }));
  confirm(`有把握的${safe.length}处`, [make("ul", {}, ...safe.map((one, at) => make("li", { class: "item-in" }, make("label", { class: "tick" }, ticks[at]), make("div", {}, make("div", { class: "mute small" }, `${where(one)}　${one.message}`), make("div", {}, change(one))))))], "改勾上的", async () => {
    const chosen = safe.filter((one, at) => ticks[at].checked).map(({ rule, span }) => ({ rule, span }));
    if (!chosen.length || !await saving.flush() || saving.disputed.size) return;
    const saved = await saving.ask(`/issue/${issue}/mend-all`, { findings: chosen });
    if (saved) done(saved);
  }, true);
}
