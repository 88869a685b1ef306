// Edits on their way to the file: one request at a time, 400 ms after a key at the latest, so that it is in the file
// within a second even where the machine is slow.
import { make, Refused, send, toast } from "./ask.js";

export const PAUSE = 400;
export const LONGEST = 400;

const words = (fault) => fault instanceof Refused ? fault.message : "编刊台没有回答";

export class Saving {
  constructor(issue, version, told, stale) {
    Object.assign(this, { at: issue.startsWith("/") ? issue : `/issue/${issue}`, version, told, stale, waiting: new Map(), disputed: new Map(), timer: 0, first: 0, running: null, going: [], typed: () => {} });
  }

  // All edits that the version does not have yet, those on their way first.
  get edits() { return [...this.going, ...this.waiting.values()]; }

  // What is not in the file yet, or is another there: nothing of it may be lost.
  get unsaved() { return this.waiting.size + this.disputed.size > 0 || this.running !== null; }

  put(path, value, bare = false) {
    const key = JSON.stringify(path);
    if (this.disputed.has(key)) { this.disputed.set(key, { set: path, value, bare }); return; }
    this.waiting.set(key, { set: path, value, bare });
    const now = performance.now();
    this.first ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE, this.first + LONGEST - now)));
    this.typed();
  }

  // Everything typed so far is in the file when this is done.
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.waiting.size) return true;
    const edits = [...this.waiting.values()];
    this.waiting.clear();
    this.first = 0;
    return this.ask(`${this.at}/save`, { base: this.version, edits }, edits);
  }

  // Nothing may be moved or taken back while what was typed is not in the file.
  async structure(edit) {
    if (!await this.flush() || this.disputed.size) return null;
    return this.ask(`${this.at}/save`, { base: this.version, edits: [edit] });
  }

  async ask(address, what, edits = []) {
    this.going = edits;
    this.running = (async () => {
      try {
        const saved = await send(address, what);
        if (saved.conflicts?.length) {
          this.conflict(edits, saved);
          return null;
        }
        if (saved.version) this.version = saved.version;
        this.going = [];
        if (!this.disputed.size) this.bar("");
        this.told(saved);
        return saved;
      } catch (fault) {
        // What was typed stays to be saved again, unless it was typed over since.
        for (const edit of edits) if (!this.waiting.has(JSON.stringify(edit.set))) this.waiting.set(JSON.stringify(edit.set), edit);
        if (edits.length) this.bar(`存不进文件：${words(fault)}。您打的字还在这一页上，请不要关。`, "再存一次", () => this.flush());
        else toast(`没有成：${words(fault)}`);
        if (edits.length && !(fault instanceof Refused)) this.later();
        return null;
      }
    })();
    const saved = await this.running;
    this.running = null;
    this.going = [];
    return saved;
  }

  // The server is away: asked again until it answers.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 3000);
  }

  conflict(edits, saved) {
    if (!edits.length) { toast("这个栏目刚才在别处也改过，这里先换成新的，请再做一次"); this.stale(); return; }
    const clash = new Set(saved.conflicts.map((path) => JSON.stringify(path)));
    for (const edit of edits) {
      const key = JSON.stringify(edit.set);
      if (!clash.has(key)) { if (!this.waiting.has(key)) this.waiting.set(key, edit); continue; }
      this.disputed.set(key, this.waiting.get(key) || edit);
      this.waiting.delete(key);
    }
    this.bar("这一处刚才在别处也改过，还没有存。", "用我的", () => {
      this.version = saved.version;
      for (const [key, edit] of this.disputed) this.waiting.set(key, edit);
      this.disputed.clear();
      this.flush();
    }, "用那边的", () => { this.disputed.clear(); this.bar(""); this.stale(); });
    if (this.waiting.size) setTimeout(() => this.flush());
  }

  bar(words, ...acts) {
    const bar = document.getElementById("bar");
    bar.hidden = !words;
    const buttons = [];
    for (let at = 0; at < acts.length; at += 2) buttons.push(make("button", { class: "b small", on: { click: acts[at + 1] } }, acts[at]));
    bar.replaceChildren(words, make("span", { class: "gap" }), ...buttons);
  }
}
