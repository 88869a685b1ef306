// The publication's own pages: settings and members as fields; themes with pages of an issue.
import { make, read, send, toast } from "./ask.js";
import { confirm } from "./dialogs.js";
import { bind, control, key } from "./fields.js";
import { Saving } from "./saving.js";

export function own() {
  const { file, version } = document.body.dataset;
  const nonce = document.querySelector("meta[name=nonce]").content;
  const again = () => location.reload();
  const saving = new Saving(`/file/${file}`, version, (saved) => {
    document.querySelector("#saved span").textContent = `已保存 ${saved.at || ""}`;
    for (const step of ["undo", "redo"]) document.querySelector(`[data-step=${step}]`).setAttribute("aria-disabled", String(!saved[step]));
    if (saved.merged) again();
    look();
  }, again);
  bind({ saving, nonce });

  async function look() {
    const { findings, said } = await read(`/file/${file}/findings`).catch(() => ({ findings: [] }));
    const listed = document.getElementById("listed");
    if (listed && said !== undefined) listed.textContent = said;
    document.querySelector("#light .dot").className = `dot ${findings.length ? "error" : ""}`;
    document.querySelector("#light .words").textContent = findings.length ? `${findings.length}处错误：${findings[0].message}` : "没有错误";
    for (const field of document.querySelectorAll(".field[data-path]")) {
      const here = findings.filter((one) => key(one.path) === key(JSON.parse(field.dataset.path)));
      control(field).classList.toggle("bad", here.length > 0);
      field.querySelector(".hint.err")?.remove();
      if (here.length) field.append(make("span", { class: "hint err", role: "alert" }, here[0].message));
    }
  }
  async function put(edits, then = again) {
    if (!await saving.flush() || saving.disputed.size) return;
    if (await saving.ask(`/file/${file}/save`, { base: saving.version, edits })) then();
  }
  async function step(which) {
    if (!await saving.flush()) return;
    const saved = await saving.ask(`/file/${file}/${which}`, {});
    if (saved?.nothing) toast(which === "undo" ? "没有可撤销的了" : "没有可重做的了"); else if (saved) again();
  }
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", () => { if (button.getAttribute("aria-disabled") !== "true") step(button.dataset.step); });

  const order = document.querySelector("[data-order]");
  const ordered = () => saving.put(["sections", "order"], [...order.querySelectorAll("li")].filter((one) => one.querySelector("[type=checkbox]").checked).map((one) => one.dataset.name));
  order?.addEventListener("change", (event) => { if (event.target.type === "checkbox") ordered(); });
  order?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]"), row = button?.closest("li"), other = button && (+button.dataset.by < 0 ? row.previousElementSibling : row.nextElementSibling);
    if (!other) return;
    if (+button.dataset.by < 0) other.before(row); else other.after(row);
    button.focus();
    ordered();
  });
  for (const form of document.querySelectorAll("[data-add-pair]")) form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [one, other] = [...form.querySelectorAll("input")].map((input) => input.value.trim());
    if (one && other) put([{ set: [form.dataset.addPair, one], value: other }]); else toast("两边都要写");
  });
  tables(put);
  document.querySelector("[data-drop-secret]")?.addEventListener("click", (event) => put([{ set: JSON.parse(event.currentTarget.dataset.dropSecret), value: null }]));
  document.querySelector("[data-greet]")?.addEventListener("click", async (event) => {
    const told = document.getElementById("greeted"), button = event.currentTarget;
    if (!await saving.flush() || saving.disputed.size) return;
    button.disabled = true;
    told.textContent = "正在连";
    try { told.textContent = (await send("/mail-greet", {})).said; } catch (fault) { told.textContent = fault.message; }
    button.disabled = false;
  });
  document.querySelector("[data-add-member]")?.addEventListener("click", () => {
    const name = make("input", { class: "in", "aria-label": "会员名称" }), code = make("input", { class: "in", "aria-label": "代号", placeholder: "例如 genpact-dalian", pattern: "[a-z0-9-]+" });
    confirm("添一家会员", [make("label", { class: "field" }, make("span", { class: "label" }, "名称"), name), make("label", { class: "field" }, make("span", { class: "label" }, "代号：小写字母、数字和连字符；各期用它引用，定了不要改"), code)], "添", () => {
      const short = code.value.trim() || `m${Date.now().toString(36)}`;
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(short)) { toast("代号只用小写字母、数字和连字符"); return; }
      if (!name.value.trim()) { toast("先写名称"); return; }
      put([{ set: [short, "name"], value: name.value.trim() }], () => { location.href = `/members?open=${short}`; });
    });
  });
  for (const button of document.querySelectorAll("[data-drop-member]")) button.addEventListener("click", () => put([{ set: [button.dataset.dropMember], value: null }], () => { sessionStorage.setItem("toast", "从名录里删去了一家，按Ctrl+Z撤销"); location.href = "/members"; }));
  document.addEventListener("keydown", (event) => {
    const mod = event.ctrlKey || event.metaKey, typing = event.target.closest("input, textarea, .cm-editor");
    if (mod && event.key.toLowerCase() === "s") { event.preventDefault(); saving.flush().then((done) => { if (done && !saving.unsaved) toast("都已存好"); }); }
    else if (mod && !typing && event.key.toLowerCase() === "z") { event.preventDefault(); step("undo"); }
    else if (mod && !typing && event.key.toLowerCase() === "y") { event.preventDefault(); step("redo"); }
  });
  document.addEventListener("click", async (event) => {
    const away = event.target.closest("a[href]");
    if (away && saving.unsaved) { event.preventDefault(); if (await saving.flush()) location.href = away.href; }
  });
  addEventListener("beforeunload", (event) => { if (saving.unsaved) { saving.flush(); event.preventDefault(); } });
  look();
  return { saving, put };
}

export function themes() {
  const { saving, put } = own();
  const issue = document.getElementById("themed-issue");
  const drawn = new Map();
  let at = 0, round = 0;
  const show = () => {
    const most = Math.max(1, ...[...drawn.values()].map((pages) => pages.length));
    at = Math.min(most - 1, Math.max(0, at));
    document.getElementById("themed-page").textContent = `第${at + 1}页 / ${most}`;
    for (const card of document.querySelectorAll("[data-theme]")) {
      const pages = drawn.get(card.dataset.theme), image = card.querySelector("img"), wait = card.querySelector(".wait");
      if (!pages) continue;
      image.hidden = !pages[at];
      wait.hidden = !!pages[at];
      if (pages[at]) { image.src = `/page/${pages[at]}.png`; image.alt = `${card.getAttribute("aria-label")}第${at + 1}页`; } else wait.textContent = pages.length ? "没有这一页" : "排不出来：先改好这一期的错误";
    }
  };
  async function draw() {
    const mine = ++round;
    for (const card of document.querySelectorAll("[data-theme]")) {
      if (!issue.value) { card.querySelector(".wait").textContent = "先建一期，就能看到版式排出来的样子"; continue; }
      const told = await read(`/issue/${issue.value}/themed/${card.dataset.theme}`).catch((fault) => { card.querySelector(".wait").textContent = fault.message; return null; });
      if (mine !== round) return;
      if (told) { drawn.set(card.dataset.theme, told.pages); show(); }
    }
  }
  issue.addEventListener("change", () => { drawn.clear(); at = 0; draw(); });
  for (const button of document.querySelectorAll("[data-themed]")) button.addEventListener("click", () => { at += +button.dataset.themed; show(); });
  for (const button of document.querySelectorAll("[data-copy-theme]")) button.addEventListener("click", () => {
    const name = make("input", { class: "in", value: `our-${button.dataset.copyTheme}` });
    confirm(`照“${button.dataset.title}”抄一份版式`, [make("p", {}, "抄在刊物文件夹的 templates/themes 里：theme.toml 是名称和选项，style.css 是样式，page.html.j2 是结构。"), labelled("新的名称：小写英文字母、数字和连字符", name)], "抄", async () => {
      if (!NAME.test(name.value)) { toast("名称只用小写英文字母、数字和连字符"); return; }
      try {
        const made = await send("/new-theme", { name: name.value, from: button.dataset.copyTheme });
        sessionStorage.setItem("toast", `抄好了，在 ${made.path}`);
        location.reload();
      } catch (fault) { toast(fault.message); }
    });
  });
  for (const button of document.querySelectorAll("[data-use]")) button.addEventListener("click", () => put([{ set: ["publication", "theme"], value: button.dataset.use }]));
  // An option that was changed: the pages follow.
  const told = saving.told;
  saving.told = (saved) => { told(saved); draw(); };
  draw();
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const labelled = (words, input) => make("label", { class: "field" }, make("span", { class: "label" }, words), input);

// Rules, sections and definitions of the publication's own.
function tables(put) {
  document.querySelector("[data-add-rule]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [rule, grade] = event.target.querySelectorAll("select");
    if (rule.value) put([{ set: ["rules", rule.value], value: grade.value }]); else toast("先选一条规则");
  });
  document.querySelector("[data-add-section]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const title = event.target.querySelector("input").value.trim(), like = event.target.querySelector("select").value;
    if (!title) { toast("先写栏目的名称"); return; }
    const taken = new Set([...document.querySelectorAll("[data-order] li")].map((row) => row.dataset.name));
    let number = 1;
    while (taken.has(`own_${number}`)) number++;
    put([{ set: ["sections", "own", `own_${number}`, "title"], value: title }, { set: ["sections", "own", `own_${number}`, "like"], value: like }]);
  });
  for (const button of document.querySelectorAll("[data-drop-section]")) button.addEventListener("click", () => {
    const name = button.dataset.dropSection, order = [...document.querySelectorAll("[data-order] li")].filter((row) => row.querySelector("[type=checkbox]").checked).map((row) => row.dataset.name);
    const edits = [{ set: ["sections", "own", name], value: null }, { set: ["sections", "titles", name], value: null }];
    if (order.includes(name)) edits.unshift({ set: ["sections", "order"], value: order.filter((one) => one !== name) });
    put(edits, () => { sessionStorage.setItem("toast", "去掉了一栏；各期里写过的还在文件里。按Ctrl+Z撤销"); location.reload(); });
  });
  document.querySelector("[data-copy-report]")?.addEventListener("click", (event) => {
    const name = make("input", { class: "in", value: "our-report" });
    const from = make("select", { class: "in" }, ...JSON.parse(event.currentTarget.dataset.copyReport).map(([value, words]) => make("option", { value }, words)));
    from.value = document.querySelector(`[data-path='["report", "definition"]'] select`)?.value || from.value;
    confirm("抄一份月报的定义来改", [make("p", {}, "抄在刊物文件夹的 templates/reports 里，用文字编辑器改：指标、项目、句子都在里面，文件里有说明。"), labelled("从哪一种抄", from), labelled("新的名称：小写英文字母、数字和连字符", name)], "抄", async () => {
      if (!NAME.test(name.value)) { toast("名称只用小写英文字母、数字和连字符"); return; }
      try {
        const made = await send("/new-report", { name: name.value, from: from.value });
        confirm("抄好了", [make("p", {}, `文件是 ${made.path}。改好以后，在“用哪一种”里选它；现在就用也可以，改了各期都跟着变。`)], "现在就用", () => put([{ set: ["report", "definition"], value: made.name }]));
      } catch (fault) { toast(fault.message); }
    });
  });
}
