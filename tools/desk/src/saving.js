// Edits on their way to the file: one request at a time, 400 ms after a pause, a second after a key at the latest.
import { make, send } from "./ask.js";

export const PAUSE = 400;
export const LONGEST = 1000;

export class Saving {
  constructor(issue, version, told) {
    Object.assign(this, { issue, version, told, waiting: new Map(), timer: 0, first: 0, running: null });
  }

  put(path, value, bare = false) {
    this.waiting.set(JSON.stringify(path), { set: path, value, bare });
    const now = performance.now();
    this.first ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE, this.first + LONGEST - now)));
  }

  // Everything typed so far is in the file when this is done.
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.waiting.size) return true;
    const edits = [...this.waiting.values()];
    this.waiting.clear();
    this.first = 0;
    return this.ask(`/issue/${this.issue}/save`, { base: this.version, edits }, edits);
  }

  async structure(edit) {
    await this.flush();
    return this.ask(`/issue/${this.issue}/save`, { base: this.version, edits: [edit] });
  }

  async ask(address, what, edits = []) {
    this.running = (async () => {
      try {
        const saved = await send(address, what);
        if (saved.conflicts?.length) {
          this.conflict(edits, saved);
          return null;
        }
        this.version = saved.version;
        this.bar("");
        this.told(saved);
        return saved;
      } catch (fault) {
        // What was typed stays to be saved again, unless it was typed over since.
        for (const edit of edits) if (!this.waiting.has(JSON.stringify(edit.set))) this.waiting.set(JSON.stringify(edit.set), edit);
        this.bar(`存不进文件：${fault.message || "编刊台没有回答"}。您打的字还在这一页上，请不要关。`, "再存一次", () => this.flush());
        return null;
      }
    })();
    const saved = await this.running;
    this.running = null;
    return saved;
  }

  conflict(edits, saved) {
    this.bar("这一处刚才在别处也改过，还没有存。", "用我的", () => {
      this.version = saved.version;
      for (const edit of edits) this.waiting.set(JSON.stringify(edit.set), edit);
      this.flush();
    }, "用那边的", () => location.reload());
  }

  bar(words, ...acts) {
    const bar = document.getElementById("bar");
    bar.hidden = !words;
    const buttons = [];
    for (let at = 0; at < acts.length; at += 2) buttons.push(make("button", { class: "b small", on: { click: acts[at + 1] } }, acts[at]));
    bar.replaceChildren(words, make("span", { class: "gap" }), ...buttons);
  }
}
