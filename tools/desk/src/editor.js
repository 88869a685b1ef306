import { counted, read, send, toast, WORDS } from "./ask.js";
import { bind, control, fieldAt, key } from "./fields.js";
import { panel, strip } from "./findings.js";
import { keysDialog } from "./dialogs.js";
import { findAll, finder } from "./find.js";
import { intake } from "./intake.js";
import { Pages } from "./pages.js";
import { presence } from "./presence.js";
import { Saving } from "./saving.js";
import { beside, flagged, sheets, written } from "./sheet.js";

const ORDER = Object.keys(WORDS);

export function editor() {
  const { issue } = document.body.dataset;
  const nonce = document.querySelector("meta[name=nonce]").content;
  let section = document.body.dataset.section, findings = [], bodies = new Map(), now = null, checking = 0;
  const open = () => +(document.querySelector(".card.open[data-item]")?.dataset.item ?? -1);
  const saving = new Saving(issue, document.body.dataset.version, (saved) => {
    document.querySelector("#saved span").textContent = `已保存 ${saved.at || ""}`;
    for (const step of ["undo", "redo"]) document.querySelector(`[data-step=${step}]`).toggleAttribute("aria-disabled", false) || document.querySelector(`[data-step=${step}]`).setAttribute("aria-disabled", String(!saved[step]));
    if (saved.merged) { toast("这一期在别处也改过，两边的都留下了"); freshen(); }
    look();
  }, () => { reload(); look(); });
  const pages = new Pages(issue, { opened: (path) => go({ path }), unsaved: () => saving.edits, version: () => saving.version });
  saving.typed = () => { document.querySelector("[data-step=undo]").setAttribute("aria-disabled", "false"); pages.typed(); peek(); };
  const acts = { issue, saving, done: async (saved) => { await reload(); if (saved.place?.length) toastDone(); } };
  const toastDone = () => toast("已改", "撤销", () => step("undo"));

  async function look() {
    if (section === "report") { written(issue); beside().catch(() => {}); }
    clearTimeout(checking);
    checking = setTimeout(async () => { try { show(await read(`/issue/${issue}/findings`)); } catch { /* the next save asks again */ } }, 30);
    const drawn = await pages.draw();
    if (drawn) read(`/issue/${issue}/findings`).then(show).catch(() => {});
  }

  // What is found in what is typed, before it is saved: one question at a time.
  let peeking = false, more = false;
  async function peek() {
    more = true;
    if (peeking) return;
    peeking = true;
    while (more) {
      more = false;
      const edits = saving.edits, base = saving.version;
      if (!edits.length) break;
      try {
        const told = await send(`/issue/${issue}/look`, { base, edits });
        if (!more && key(saving.edits) === key(edits)) show({ ...told, version: saving.version });
      } catch { /* half typed: the next save asks */ }
    }
    peeking = false;
  }

  function show(told) {
    if (told.version !== saving.version) return;
    findings = told.findings.slice().sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
    const counts = told.counts, worst = ORDER.find((kind) => counts[kind]);
    document.querySelector("#light .dot").className = `dot ${worst || ""}`;
    document.querySelector("#light .words").textContent = worst ? ORDER.filter((kind) => counts[kind]).map((kind) => `${WORDS[kind]} ${counts[kind]}`).join("　") : "检查都通过了";
    place();
    if (!document.getElementById("found").hidden) list();
  }

  const tally = (some) => some.reduce((all, one) => ({ ...all, [one.severity]: (all[one.severity] || 0) + 1 }), {});

  // Findings at their fields, cards, sections.
  function place() {
    for (const link of document.querySelectorAll(".rail [data-section]")) counted(link.querySelector(".counts"), tally(findings.filter((one) => one.path[0] === link.dataset.section)));
    for (const link of document.querySelectorAll(".rail [data-open]")) counted(link.querySelector(".counts"), tally(findings.filter((one) => one.path[0] === section && one.path[1] === +link.dataset.open)));
    for (const card of document.querySelectorAll(".card[data-item]")) {
      const several = document.querySelector("[data-add]");
      counted(card.querySelector(".row .counts"), tally(findings.filter((one) => one.path[0] === section && (!several || one.path[1] === +card.dataset.item))));
    }
    for (const field of document.querySelectorAll(".field[data-path]")) {
      const here = findings.filter((one) => key(one.path) === field.dataset.path.replace(/, /g, ","));
      const input = control(field);
      input.classList.toggle("bad", here.some((one) => one.severity === "error"));
      input.classList.toggle("doubt", here.some((one) => one.severity === "warning"));
      input.classList.toggle("blank", here.some((one) => one.severity === "unfilled"));
      const head = field.closest(".report-head");
      if (head?.nextElementSibling?.matches(".strip")) head.nextElementSibling.remove();
      field.querySelector(".strip")?.remove();
      // What waits to be filled in is seen by its edge; nothing is to be said of it.
      const said = here.find((one) => one.severity !== "unfilled");
      if (said) { const drawn = strip(said, acts); drawn.addEventListener("click", (event) => { if (!event.target.closest("button, input")) event.preventDefault(); }); (head ? head.after(drawn) : field.append(drawn)); }
    }
    for (const [path, body] of bodies) body.findings(findings.filter((one) => key(one.path) === path));
    for (const cell of document.querySelectorAll("td[data-part]")) {
      const here = findings.filter((one) => flagged(one, cell));
      cell.className = `${cell.className.replace(/ ?flag( \w+)?/, "")}${here.length ? ` flag ${here[0].severity}` : ""}`;
      cell.title = here.map((one) => `${WORDS[one.severity]}：${one.message}`).join("\n");
    }
  }

  function where(finding) {
    const [name, at] = finding.path;
    const title = document.querySelector(`.rail [data-section="${name}"] .full`)?.textContent || (name === "issue" ? "期号与日期" : finding.file || "这一期");
    return typeof at === "number" ? `${title}第${at + 1}则` : title;
  }

  function list() {
    panel(document.getElementById("found"), findings, { where, go, now, acts, close: () => { document.getElementById("found").hidden = true; } });
  }

  async function go(finding) {
    if (finding.rule) now = finding;
    const [name, at] = finding.path;
    const target = name === "issue" ? "head" : name === "allow" ? "kept" : name;
    if (target && (target !== section || (typeof at === "number" && at !== open()))) await visit(`/issue/${issue}/${target}${typeof at === "number" ? `?open=${at}` : ""}`);
    const body = bodies.get(key(finding.path));
    const field = fieldAt(key(finding.path));
    const cell = name === "report" && document.querySelector(`td[data-measure="${finding.path[1]}"][data-item="${finding.path[2]}"]`);
    if (finding.quiet) { shown(body, field, cell || null, finding); return; }
    if (body) { if (finding.rule || finding.end) body.go(finding); else { body.view.focus(); body.view.dom.scrollIntoView({ block: "nearest" }); } }
    else if (field) {
      field.closest("details")?.setAttribute("open", "");
      control(field).focus();
      if (finding.end && control(field).setSelectionRange && control(field).type !== "checkbox") try { control(field).setSelectionRange(finding.start, finding.end); } catch { /* a field without a selection */ }
      field.scrollIntoView({ block: "center" });
    }
    else if (cell) cell.focus();
    if (!document.getElementById("found").hidden) list();
  }

  // What was found is shown in its place; the cursor stays where the words are looked for.
  function shown(body, field, cell, { start, end }) {
    for (const old of document.querySelectorAll(".hit")) old.classList.remove("hit");
    field?.closest("details")?.setAttribute("open", "");
    if (body) body.mark(start, end);
    const there = body?.view.dom.closest(".editor") || field || cell;
    there?.classList.add("hit");
    if (!body) there?.scrollIntoView({ block: "center" });
  }

  // While items change places nothing is typed into the form: its fields would be another item's.
  let alone = false;
  const quiet = async () => { while (alone) await new Promise((done) => setTimeout(done, 20)); };
  async function shift(work) {
    if (alone) return;
    const form = document.querySelector(".form"), held = composing();
    // A field that is left says what was typed in it: before the places change, never after.
    if (form.contains(document.activeElement)) document.activeElement.blur();
    if (held) { await new Promise((done) => setTimeout(done, 80)); await quiet(); }
    alone = true;
    form.inert = true;
    try { await work(); } finally { document.querySelector(".form").inert = form.inert = false; alone = false; }
  }

  // Steps are taken in the order in which they were pressed, after the save that is under way; the form is read anew
  // once, after the last of them.
  const pressed = [];
  let turning = null;
  function step(which) {
    pressed.push(which);
    turning ??= (async () => {
      await quiet();
      try { await shift(turned); } finally { pressed.length = 0; turning = null; }
    })();
    return turning;
  }
  async function turned() {
    let place = null, last = "";
    while (pressed.length) {
      const which = pressed.shift();
      if (!await saving.flush() || saving.disputed.size) break;
      const saved = await saving.ask(`/issue/${issue}/${which}`, {});
      if (!saved) break;
      if (saved.nothing) { toast(which === "undo" ? "没有可撤销的了" : "没有可重做的了"); break; }
      [place, last] = [saved.place, which];
    }
    if (!place) return;
    const [name, at] = place;
    await visit(name && name !== "report" && name !== "allow" && name !== "issue" ? `/issue/${issue}/${name}${typeof at === "number" ? `?open=${at}` : ""}` : location.href);
    toast(last === "undo" ? "撤销了一步" : "重做了一步");
    if (pressed.length) await turned();
  }

  // Another section or item: the rail and the form are swapped, the pages stay.
  async function visit(address, push = true) {
    let page;
    do {
      if (!await saving.flush() || saving.disputed.size) { toast("这里还有没存好的，先留在这一页"); return; }
      const reply = await fetch(address);
      if (!reply.ok) { location.href = address; return; }
      page = new DOMParser().parseFromString(await reply.text(), "text/html");
      // Typed while the page was on its way: what came is older than what is here.
    } while (saving.unsaved || composing());
    const scroll = document.querySelector(".form").scrollTop, same = page.body.dataset.section === section;
    for (const part of [".rail", ".form"]) document.querySelector(part).replaceWith(page.querySelector(part));
    document.querySelector(".work").className = page.querySelector(".work").className;
    document.title = page.title;
    section = page.body.dataset.section;
    saving.version = page.body.dataset.version;
    if (push && address !== location.href) history.pushState(null, "", address);
    fill();
    if (same) document.querySelector(".form").scrollTop = scroll;
    place();
  }
  const composing = () => [...bodies.values()].some((body) => body.view.composing);

  // What others wrote into fields that stand here: shown, or the next key in one of them would write the old again.
  async function freshen() {
    const reply = await fetch(location.href);
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (page.body.dataset.section !== section) return;
    for (const one of page.querySelectorAll("[data-path]")) {
      const path = key(JSON.parse(one.dataset.path));
      if (saving.waiting.has(path) || saving.disputed.has(path)) continue;
      const body = bodies.get(path), here = fieldAt(path), field = here && control(here);
      if (body) body.replace(one.querySelector("textarea").value);
      else if (field && field !== document.activeElement) { field.value = control(one).value; field.checked = control(one).checked; }
    }
  }
  const reload = () => visit(location.href, false);

  function fill() {
    bodies = bind({ saving, nonce, drawn: (finding) => strip(finding.same || finding, acts), still: () => alone });
    document.querySelector("[data-add]")?.addEventListener("click", () => add());
    document.querySelector("[data-begin]")?.addEventListener("click", () => shift(async () => {
      if (await saving.ask(`/issue/${issue}/save`, { base: saving.version, edits: [{ set: [section, section === "tip" ? "term" : "title"], value: "" }] })) await reload();
    }));
    into.filled();
    for (const button of document.querySelectorAll("[data-delete]")) button.addEventListener("click", () => shift(async () => {
      if (await saving.structure({ delete: section, at: +button.dataset.delete })) { await visit(`/issue/${issue}/${section}?open=-1`); toast("删去了一则", "撤销", () => step("undo")); }
    }));
    if (section === "report") { written(issue); sheets({ issue, saving, findings: () => findings, reload, strip: (one) => strip(one, acts) }); withPages(localStorage.getItem("pages") === "true"); }
    moving();
    pages.glow(document.querySelector("[data-add]") ? `${section}/${Math.max(0, open())}` : section === "head" ? "issue" : section);
    pages.counted();
  }

  const add = (...how) => shift(() => added(...how));
  async function added(values = { title: "【请填写：标题】", source: "【请填写：来源】", body: "【请填写：正文】\n" }, at = document.querySelectorAll(".card[data-item]").length) {
    const named = { member: { name: "【请填写：名称】", intro: "【请填写：简介】\n" }, event: { title: "【请填写：标题】", body: "【请填写：正文】\n" } }[section] || values;
    if (await saving.structure({ insert: section, at, values: named })) {
      await visit(`/issue/${issue}/${section}?open=${at}`);
      document.querySelector(".card.open input")?.focus();
    }
  }

  const move = (at, to) => shift(() => moved(at, to));
  async function moved(at, to) {
    if (to < 0 || to >= document.querySelectorAll(".card[data-item]").length || at === to) return;
    const was = open();
    if (await saving.structure({ move: section, at, to })) {
      const now = was === at ? to : was;
      await visit(`/issue/${issue}/${section}?open=${now}`);
      document.querySelector(`.card[data-item="${to}"] .grip`)?.focus();
    }
  }

  function moving() {
    let carried = -1;
    for (const card of document.querySelectorAll(".card[data-item]")) {
      const grip = card.querySelector(".grip");
      grip?.addEventListener("dragstart", (event) => { carried = +card.dataset.item; event.dataTransfer.setData("text/x-item", ""); event.dataTransfer.setDragImage(card, 10, 10); });
      grip?.addEventListener("keydown", (event) => { const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]; if (by) { event.preventDefault(); event.stopPropagation(); move(+card.dataset.item, +card.dataset.item + by); } });
      card.addEventListener("dragover", (event) => { event.preventDefault(); card.classList.add(carried >= 0 ? "over" : "drop"); });
      for (const what of ["dragleave", "drop"]) card.addEventListener(what, () => card.classList.remove("over", "drop"));
      card.addEventListener("drop", (event) => { if (carried >= 0) { event.preventDefault(); event.stopPropagation(); move(carried, +card.dataset.item); carried = -1; } });
    }
  }

  const into = intake({ issue, saving, shift, visit, reload, where, open, section: () => section, undo: () => step("undo") });

  const find = finder({ issue, go, flushed: () => saving.flush() });

  // On the report's sheet the pages wait to be called.
  function withPages(shown) {
    document.querySelector(".work").classList.toggle("with-pages", shown);
    document.querySelector("[data-pages]")?.setAttribute("aria-pressed", String(shown));
    localStorage.setItem("pages", String(shown));
  }
  const togglePages = () => {
    if (section === "report") withPages(!document.querySelector(".work").classList.contains("with-pages"));
    else document.querySelector(".work").classList.toggle("pages-alone");
    pages.resized();
  };

  async function leave(address) {
    if (await saving.flush() && !saving.unsaved) location.href = address;
  }

  // A title that is typed is the item's name beside the form, too.
  document.addEventListener("input", (event) => {
    const [where, at, key, ...more] = JSON.parse(event.target.closest?.(".card.open .field[data-path]")?.dataset.path || "[]");
    if (where !== section || more.length || !["title", "name"].includes(key)) return;
    const name = document.querySelector(`.rail [data-open="${at}"] .t`);
    if (name) name.textContent = name.title = event.target.value.trim() || "（没有标题）";
  });

  // --- keys -----------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open], .rail a");
    if (link && !event.ctrlKey && !event.metaKey && link.origin === location.origin) { event.preventDefault(); visit(link.href); }
    else {
      // Away from here: what was typed first.
      const away = event.target.closest("a[href]");
      if (away && saving.unsaved && !away.target && !event.ctrlKey && !event.metaKey && away.origin === location.origin) { event.preventDefault(); leave(away.href); }
    }
    const which = event.target.closest("[data-step]");
    if (which && which.getAttribute("aria-disabled") !== "true") step(which.dataset.step);
    if (event.target.closest("[data-pages]")) togglePages();
    const tall = event.target.closest("[data-tall]");
    if (tall) { tall.setAttribute("aria-pressed", String(document.querySelector(".work").classList.toggle("pages-alone"))); pages.resized(); }
    if (event.target.closest("[data-keys]")) keysDialog();
  });
  document.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-path]"), card = event.target.closest(".card[data-item]");
    if (field) pages.glow(JSON.parse(field.dataset.path).join("/"));
    else if (card && document.querySelector("[data-add]")) pages.glow(`${section}/${card.dataset.item}`, false);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", into.dropped);
  document.getElementById("light").addEventListener("click", () => { const box = document.getElementById("found"); box.hidden = !box.hidden; if (!box.hidden) list(); });
  document.addEventListener("keydown", (event) => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "F8") {
      event.preventDefault();
      if (!findings.length) { toast("没有要看的了"); return; }
      const at = findings.findIndex((one) => now && one.rule === now.rule && key(one.span) === key(now.span));
      go(findings[(at + (event.shiftKey ? -1 : 1) + findings.length) % findings.length]);
    } else if (mod && event.key.toLowerCase() === "f" && !event.altKey && !document.querySelector("dialog")) {
      if (event.shiftKey) { event.preventDefault(); saving.flush().then(findAll); } else find.open(event);
    } else if (event.key === "F3" && find.shown) { event.preventDefault(); find.step(event.shiftKey ? -1 : 1); }
    else if (event.key === "F9") { event.preventDefault(); togglePages(); }
    else if (event.key === "F1") { event.preventDefault(); keysDialog(); }
    else if (event.altKey && event.key === "Enter") { event.preventDefault(); (document.querySelector(".form .strip [data-mend]") || document.querySelector(".finding.now [data-mend]"))?.click(); }
    else if (event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); (document.querySelector(".form .strip [data-keep]") || document.querySelector(".finding.now [data-keep]"))?.click(); }
    else if (event.altKey && /^[1-9]$/.test(event.key)) { event.preventDefault(); document.querySelectorAll(".rail [data-section]")[event.key - 1]?.click(); }
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && document.querySelector("[data-add]") && open() >= 0) { event.preventDefault(); const by = event.key === "ArrowUp" ? -1 : 1; quiet().then(() => move(open(), open() + by)); }
    else if (mod && event.key.toLowerCase() === "s") { event.preventDefault(); saving.flush().then((done) => { if (done && !saving.unsaved) toast("都已存好"); }); }
    else if (mod && event.key.toLowerCase() === "p") { event.preventDefault(); leave(`/issue/${issue}/output`); }
    else if (mod && event.key === "Enter" && document.querySelector("[data-add]") && !document.querySelector("dialog")) { event.preventDefault(); add(undefined, open() + 1); }
    else if (mod && !event.target.closest(".cm-editor, input, dialog") && event.key.toLowerCase() === "z") { event.preventDefault(); step(event.shiftKey ? "redo" : "undo"); }
    else if (mod && !event.target.closest(".cm-editor, input, dialog") && event.key.toLowerCase() === "y") { event.preventDefault(); step("redo"); }
    else if (event.key === "F6") {
      event.preventDefault();
      const stops = [document.querySelector(".rail a"), document.querySelector(".form"), document.getElementById("pages"), document.getElementById("light")];
      const at = stops.findIndex((one) => one.parentElement.contains(document.activeElement));
      stops[(at + (event.shiftKey ? 3 : 1)) % 4].focus();
    } else if (event.key === "Escape" && !document.getElementById("found").hidden) document.getElementById("found").hidden = true;
  });
  addEventListener("popstate", () => visit(location.href, false));
  addEventListener("beforeunload", (event) => { if (saving.unsaved) { saving.flush(); event.preventDefault(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saving.flush(); });
  // Another window or program may have written the file.
  setInterval(async () => {
    if (document.hidden || saving.unsaved) return;
    const asked = saving.version, told = await read(`/issue/${issue}/findings`).catch(() => null);
    // What was saved meanwhile is not another's.
    if (told && told.version !== asked && saving.version === asked && !saving.unsaved && !alone && !document.activeElement?.closest(".cm-editor, input")) { await reload(); look(); toast("这一期在别处改过，这里已经是新的"); }
  }, 5000);
  presence(issue, () => section, saving);
  fill();
  look();
  if (location.hash === "#findings") document.getElementById("found").hidden = false;
}
