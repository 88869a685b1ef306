// A body: our markup shown as it will look, its marks quiet; findings under the very words.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, StateEffect, StateField, RangeSetBuilder, Transaction } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, keymap, drawSelection } from "@codemirror/view";
import { send } from "./ask.js";

// Four stars in a row hide digits (138****5678): no mark.
const INLINE = /(?<!\*)\*\*(?!\*\*)((?:\*{4,}(?!\*)|(?!\*\*).)+)\*\*(?!\*\*)|\[([^\]\n]+)\]\(([^)\s]+)\)/g;
const quiet = Decoration.mark({ class: "md-mark" });
const gone = Decoration.replace({});
const bold = Decoration.mark({ class: "md-bold" });
const link = Decoration.mark({ class: "md-link" });

// Marks show only on the line where the cursor is.
function marked(view) {
  const build = new RangeSetBuilder();
  const { doc, selection } = view.state;
  const here = view.hasFocus ? doc.lineAt(selection.main.head).number : -1;
  const parts = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at);
      at = line.to + 1;
      const open = line.number === here;
      const head = /^#{1,6} /.exec(line.text);
      const item = /^(?:- |\d+\. )/.exec(line.text);
      const kind = !line.text.trim() ? `md-gap${open ? " md-here" : ""}` : head ? "md-head" : item ? "md-item" : line.text.startsWith("|") ? "md-table" : "md-para";
      parts.push([line.from, line.from, Decoration.line({ class: kind })]);
      if (head) parts.push([line.from, line.from + head[0].length, open ? quiet : gone]);
      for (const found of line.text.matchAll(INLINE)) {
        const start = line.from + found.index, end = start + found[0].length;
        const [before, after] = found[1] !== undefined ? [2, 2] : [1, found[3].length + 3];
        parts.push([start, start + before, open ? quiet : gone]);
        parts.push([start + before, end - after, found[1] !== undefined ? bold : link]);
        parts.push([end - after, end, open ? quiet : gone]);
      }
    }
  }
  parts.sort((one, other) => one[0] - other[0] || one[2].startSide - other[2].startSide);
  for (const [from, to, what] of parts) build.add(from, to, what);
  return build.finish();
}

const markup = ViewPlugin.fromClass(class {
  constructor(view) { this.decorations = marked(view); }
  update(change) {
    if (change.docChanged || change.selectionSet || change.viewportChanged || change.focusChanged) this.decorations = marked(change.view);
  }
}, { decorations: (plugin) => plugin.decorations });

const setFindings = StateEffect.define();
const setStrip = StateEffect.define();

const underlines = StateField.define({
  create: () => Decoration.none,
  update(value, change) {
    let kept = value.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setFindings)) continue;
      const length = change.state.doc.length;
      kept = Decoration.set(effect.value.filter((one) => one.end > one.start && one.end <= length)
        .map((one) => Decoration.mark({ class: `f-${one.severity}`, finding: one }).range(one.start, one.end)), true);
    }
    return kept;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Strip extends WidgetType {
  constructor(finding, drawn) { super(); this.finding = finding; this.drawn = drawn; }
  eq(other) { return other.finding === this.finding; }
  toDOM() { return this.drawn(this.finding); }
  ignoreEvent() { return true; }
}

const strip = StateField.define({
  create: () => Decoration.none,
  update(value, change) {
    let kept = change.docChanged ? Decoration.none : value;
    for (const effect of change.effects) {
      if (!effect.is(setStrip)) continue;
      kept = effect.value ? Decoration.set([Decoration.widget({ widget: new Strip(effect.value.finding, effect.value.drawn), block: true, side: 1 })
        .range(change.state.doc.lineAt(effect.value.finding.start).to)]) : Decoration.none;
    }
    return kept;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function around(view, before, after = before) {
  const { from, to } = view.state.selection.main;
  const text = view.state.sliceDoc(from, to);
  const on = view.state.sliceDoc(from - before.length, from) === before && view.state.sliceDoc(to, to + after.length) === after;
  view.dispatch(on
    ? { changes: [{ from: from - before.length, to: from }, { from: to, to: to + after.length }] }
    : { changes: { from, to, insert: before + text + after }, selection: { anchor: from + before.length, head: to + before.length } });
  view.focus();
  return true;
}

function opening(view, before) {
  const { from, to } = view.state.selection.main;
  const first = view.state.doc.lineAt(from).number, last = view.state.doc.lineAt(to).number;
  const changes = [];
  for (let number = first; number <= last; number++) {
    const line = view.state.doc.line(number);
    if (line.text.startsWith(before)) changes.push({ from: line.from, to: line.from + before.length });
    else if (line.text.trim()) changes.push({ from: line.from, insert: before });
  }
  view.dispatch({ changes });
  view.focus();
  return true;
}

export const acts = {
  bold: (view) => around(view, "**"),
  head: (view) => opening(view, "### "),
  list: (view) => opening(view, "- "),
  link: (view) => around(view, "[", "](https://)"),
  table: (view) => { view.dispatch(view.state.replaceSelection("\n\n| 项目 | 数额 |\n| --- | --- |\n|  |  |\n\n")); view.focus(); return true; },
};

let plainNext = false;
export function pastePlain() { plainNext = true; setTimeout(() => { plainNext = false; }, 4000); }

async function pasted(view, event) {
  const html = event.clipboardData?.getData("text/html") || "";
  const text = event.clipboardData?.getData("text/plain") || "";
  const plain = plainNext;
  plainNext = false;
  if (!html || plain) return text ? view.dispatch(view.state.replaceSelection(text.replace(/\r\n?/g, "\n"))) : undefined;
  try {
    const { markup: made } = await send("/paste", { html, text });
    view.dispatch(view.state.replaceSelection(made));
  } catch {
    view.dispatch(view.state.replaceSelection(text));
  }
}

export function bodyEditor(box, { nonce, changed, left, drawn, moved }) {
  const source = box.querySelector("textarea");
  const count = box.querySelector(".count");
  const counted = (text) => { count.textContent = `${text.replace(/\s|\*\*/g, "").length}字`; };
  let resting = 0;
  const at = (view) => {
    const head = view.state.selection.main.head;
    let found = null;
    view.state.field(underlines).between(head, head, (from, to, what) => { found ??= { ...what.spec.finding, start: from, end: to, same: what.spec.finding }; });
    return found;
  };
  const view = new EditorView({
    parent: box,
    state: EditorState.create({
      doc: source.value,
      extensions: [
        EditorView.cspNonce.of(nonce), EditorView.lineWrapping, drawSelection(), history(), markup, underlines, strip,
        EditorView.contentAttributes.of({ "aria-label": source.getAttribute("aria-label"), spellcheck: "false" }),
        keymap.of([
          { key: "Mod-b", run: acts.bold }, { key: "Mod-k", run: acts.link }, { key: "Mod-Alt-3", run: acts.head },
          { key: "Mod-Shift-8", run: acts.list }, ...historyKeymap, ...defaultKeymap,
        ]),
        EditorView.domEventHandlers({
          paste: (event, into) => { event.preventDefault(); pasted(into, event); return true; },
          keydown: (event) => { if (event.key.toLowerCase() === "v" && event.shiftKey && (event.ctrlKey || event.metaKey)) pastePlain(); return false; },
          focus: (event, into) => { if (/^\s*【请填写[^】]*】\s*$/.test(into.state.doc.toString())) setTimeout(() => into.dispatch({ selection: { anchor: 0, head: into.state.doc.length } })); return false; },
          blur: () => { left(); return false; },
        }),
        EditorView.updateListener.of((change) => {
          if (change.docChanged) { counted(change.state.doc.toString()); if (!view.composing && !change.transactions.some((one) => one.annotation(Transaction.remote))) changed(change.state.doc.toString(), source.value); }
          if (change.selectionSet || change.docChanged) {
            clearTimeout(resting);
            moved();
            resting = setTimeout(() => { const found = at(view); view.dispatch({ effects: setStrip.of(found && { finding: found, drawn }) }); }, 400);
          }
        }),
      ],
    }),
  });
  view.contentDOM.addEventListener("compositionend", () => setTimeout(() => changed(view.state.doc.toString(), source.value)));
  source.hidden = true;
  counted(source.value);
  for (const button of box.querySelectorAll("[data-act]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => { if (button.dataset.act === "plain") { pastePlain(); view.focus(); } else acts[button.dataset.act](view); });
  }
  return {
    view,
    // What another wrote, where it differs from what is here.
    replace(text) {
      const old = view.state.doc.toString();
      if (old === text || view.composing) return;
      let from = 0, same = 0;
      while (from < old.length && old[from] === text[from]) from++;
      while (same < Math.min(old.length, text.length) - from && old.at(-1 - same) === text.at(-1 - same)) same++;
      view.dispatch({ changes: { from, to: old.length - same, insert: text.slice(from, text.length - same) }, annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)] });
    },
    // Words that were found: marked, the cursor not taken there.
    mark(start, end) {
      const most = view.state.doc.length;
      view.dispatch({ selection: { anchor: Math.min(start, most), head: Math.min(end, most) }, effects: [EditorView.scrollIntoView(Math.min(start, most), { y: "center" })] });
    },
    findings: (list) => view.dispatch({ effects: setFindings.of(list) }),
    go(finding) {
      const start = Math.min(finding.start, view.state.doc.length);
      view.dispatch({ selection: finding.rule ? { anchor: start } : { anchor: start, head: Math.min(finding.end, view.state.doc.length) }, effects: [EditorView.scrollIntoView(start, { y: "center" })] });
      view.focus();
      clearTimeout(resting);
      view.dispatch({ effects: setStrip.of(finding.rule && finding.end > finding.start ? { finding, drawn } : null) });
    },
  };
}
