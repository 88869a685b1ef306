// A sheet's figures: what was found, from which cells, what is doubtful; chosen, then written as one step.
import { drop, make, toast } from "./ask.js";
import { confirm } from "./dialogs.js";

export async function sheetIn(issue, file, { saving, visit }, hidden = false) {
  toast(`正在读“${file.name}”`);
  if (!await saving.flush() || saving.disputed.size) return;
  const found = await drop(`/issue/${issue}/sheet`, file, hidden ? { "X-Hidden": "yes" } : {});
  document.getElementById("toast").hidden = true;
  const notes = [...found.doubts.map((words) => ["拿不准", words]), ...found.notices.map((words) => ["注意", words]), ...found.several.map((words) => ["没有写", words])];
  const box = [];
  box.push(make("p", {}, `${found.file}，对${found.period}的月报。${found.entries.length ? "勾上的会写进去，已填的不同默认不动。" : ""}`));
  if (notes.length) box.push(make("ul", { class: "told" }, ...notes.map(([kind, words]) => make("li", {}, make("b", {}, kind), `　${words}`))));
  const rows = [];
  let measure = "";
  const body = make("tbody");
  found.entries.forEach((entry, at) => {
    if (entry.measure !== measure) { measure = entry.measure; body.append(make("tr", {}, make("th", { colspan: "6", scope: "rowgroup", class: "head" }, measure))); }
    entry.rows.forEach((row, line) => {
      const tick = line ? "" : make("input", { type: "checkbox", checked: entry.chosen || (entry.state === "same"), disabled: entry.state === "same", "data-at": at, "aria-label": `写入${entry.item}` });
      if (!line) rows.push(tick);
      const said = line ? "" : [entry.state === "differs" ? `已填 ${entry.typed}` : entry.words, ...entry.doubts.map((one) => `拿不准：${one}`), ...entry.notes].filter(Boolean).join("；");
      body.append(make("tr", { class: entry.doubts.length ? "doubtful" : entry.state }, make("td", {}, tick), make("th", { scope: "row" }, row.name || entry.item), make("td", { class: "number" }, row.value), make("td", { class: "number" }, row.growth), make("td", { class: "mute" }, row.cells), make("td", { class: "said" }, said)));
    });
  });
  if (rows.some((one) => !one.disabled && !one.checked)) box.push(make("p", {}, make("button", { class: "b small", type: "button", on: { click: () => { for (const one of rows) if (!one.disabled) one.checked = true; } } }, "都看过了，全勾上")));
  if (found.entries.length) box.push(make("table", { class: "import" }, make("thead", {}, make("tr", {}, ...["写入", "指标", "数值", "同比", "原表的格", "说明"].map((words) => make("th", { scope: "col" }, words)))), body));
  else {
    box.push(make("p", {}, "表里没有认出这一期月报要的数，什么也不会写。可以这样做："));
    box.push(make("ul", { class: "told" }, ...[
      `看表是不是${found.period}的：期间不对的表不用，月报的期间写错了，先在月报里改`,
      "表里的行名、列名与月报的不同：在Excel里选中那一块数复制，到月报的表里点第一格，粘贴",
      "数在另一张表里：把那个文件拖进来，或另选一个",
    ].map((words) => make("li", {}, words))));
  }
  if (found.left.length) box.push(make("details", {}, make("summary", {}, `没有用上的${found.left.reduce((all, one) => all + one.count, 0)}格`), make("ul", { class: "small" }, ...found.left.map((one) => make("li", {}, `${one.why}：${one.cells}`)))));
  if (!hidden && found.notices.some((words) => words.includes("隐藏"))) box.push(make("p", {}, make("button", { class: "b small", type: "button", on: { click: async () => { shut(); try { await sheetIn(issue, file, { saving, visit }, true); } catch (fault) { toast(fault.message); } } } }, "连隐藏的也读")));
  const shut = confirm("从Excel导入", box, found.entries.length ? "写进月报" : null, async () => {
    if (!rows.some((one) => one.checked && !one.disabled)) { toast("一项也没有勾，没有写"); return; }
    const entries = rows.filter((one) => one.checked).map((one) => +one.dataset.at);
    const saved = await saving.ask(`/issue/${issue}/sheet-in`, { entries });
    if (!saved) return;
    await visit(`/issue/${issue}/report`);
    toast(saved.count ? `写进了${saved.count}项。${(saved.said || []).join("；")}` : "各项已经填好，都相同");
  }, true);
}
