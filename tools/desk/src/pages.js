// The pages at the right: the page that is typed on is redrawn at once, all of them when the text is saved. A page
// stays as it was until the new picture is there.
import { make, read, send } from "./ask.js";

// An item's path: where a line of a page leads, and what glows.
const itemOf = (path) => { const [section, at] = path.split("/"); return /^\d+$/.test(at || "") ? `${section}/${at}` : section; };

export class Pages {
  constructor(issue, { opened, unsaved, version }) {
    Object.assign(this, { issue, opened, unsaved, version, places: [], digests: [], busy: false, again: false, at: 0, path: "", drawing: null, typing: false });
    this.box = document.getElementById("pages");
    this.status = document.getElementById("drawn");
    for (const button of document.querySelectorAll("[data-turn]")) button.addEventListener("click", () => this.turn(+button.dataset.turn));
    this.box.addEventListener("scroll", () => this.counted());
    this.follow = document.getElementById("follow");
    this.follow.addEventListener("click", () => this.follow.setAttribute("aria-checked", String(this.follow.getAttribute("aria-checked") !== "true")));
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.width = this.room();
  }

  // Drawn as wide as it is shown: a pixel for a pixel.
  room() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.box);
    return Math.round(Math.min(860, Math.max(300, this.box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight))) * (devicePixelRatio || 1));
  }

  // The room has changed: where it is far larger, the pages are drawn anew for it.
  resized() {
    const room = this.room();
    if (room > 1.2 * this.width) { this.width = room; this.draw(); }
  }

  // What is saved, laid out whole.
  async draw() {
    if (this.busy) { this.again = true; return null; }
    this.busy = true;
    const late = setTimeout(() => { this.status.textContent = "正在排版"; }, 1000);
    let drawn = null;
    try {
      drawn = await read(`/issue/${this.issue}/pages?width=${this.width}`);
      // Typed on meanwhile: what came is older than what is shown. What is typed is drawn anew, from this on.
      if (this.unsaved().length && drawn.pages.length) this.typed();
      else this.shown(drawn);
      this.status.textContent = drawn.whole ? `版面${drawn.seconds}秒排好　共${drawn.pages.length}页` : "有错误排不出来，版面是改之前的";
      document.getElementById("pagecount").textContent = drawn.pages.length ? `共${drawn.pages.length}页` : "";
      if (!drawn.pages.length) this.box.replaceChildren(make("p", { class: "hint wait" }, "版面还排不出来，改好检查里的错误就有了"));
    } catch (fault) {
      this.status.textContent = `版面出不来：${fault.message}`;
    }
    clearTimeout(late);
    this.busy = false;
    if (this.again) { this.again = false; return this.draw(); }
    return drawn;
  }

  // What is typed and not saved yet: one question at a time, the newest text in the next.
  async typed() {
    if (!this.digests.length && !this.busy) return;
    this.typing = true;
    if (this.drawing) return;
    this.drawing = true;
    while (this.typing) {
      this.typing = false;
      const edits = this.unsaved();
      if (!edits.length) break;
      try {
        const drawn = await send(`/issue/${this.issue}/redraw`, { base: this.version(), edits });
        if (drawn.pages.length) {
          this.shown(drawn);
          this.status.textContent = `版面${drawn.seconds}秒前更新`;
        }
      } catch { /* half typed, or the process began anew: the whole layout tells */ }
    }
    this.drawing = null;
  }

  shown(drawn) {
    this.places = drawn.places;
    this.show(drawn.pages);
  }

  show(digests) {
    this.digests = digests;
    this.box.querySelector(".wait")?.remove();
    const sheets = [...this.box.querySelectorAll(".sheet-of-paper")];
    digests.forEach((digest, index) => {
      const sheet = sheets[index] || this.box.appendChild(make("div", { class: "sheet-of-paper", "data-page": index + 1 }, make("img", { alt: `第${index + 1}页` })));
      const address = `/page/${digest}.png`, image = sheet.querySelector("img");
      if (sheet.dataset.of === digest) return;
      sheet.dataset.of = digest;
      if (!image.getAttribute("src")) { image.src = address; return; }
      // Swapped when it is there: never a page without a picture.
      const next = new Image();
      next.src = address;
      next.decode().then(() => { if (sheet.dataset.of === digest) image.src = address; }, () => { image.src = address; });
    });
    for (const sheet of sheets.slice(digests.length)) sheet.remove();
    this.glow(this.path, !sheets.length);
    this.counted();
  }

  // What stands where on a page: [path, x, y, width, height] in parts of it.
  boxes(path) {
    const found = [];
    this.places.forEach((places, index) => {
      const inside = places.filter((one) => one[0] === path || one[0].startsWith(`${path}/`));
      if (!inside.length) return;
      const left = Math.min(...inside.map((one) => one[1])), top = Math.min(...inside.map((one) => one[2]));
      const right = Math.max(...inside.map((one) => one[1] + one[3])), bottom = Math.max(...inside.map((one) => one[2] + one[4]));
      found.push([index + 1, left, top, right - left, bottom - top]);
    });
    return found;
  }

  // The field or item that is edited, on its pages: the item softly, the field with an edge.
  glow(path, follow = true) {
    this.path = path;
    for (const old of this.box.querySelectorAll(".here")) old.remove();
    const item = itemOf(path), fields = path === item ? [] : this.boxes(path);
    for (const [kind, boxes] of [["item", this.boxes(item)], ["field", fields]]) {
      for (const [page, x, y, width, height] of boxes) {
        const sheet = this.box.querySelector(`[data-page="${page}"]`);
        if (!sheet) continue;
        const here = make("div", { class: `here ${kind}` });
        here.style.top = `${(y - .006) * 100}%`;
        here.style.left = `${(x - .01) * 100}%`;
        here.style.width = `${(width + .02) * 100}%`;
        here.style.height = `${(height + .012) * 100}%`;
        sheet.append(here);
      }
    }
    const first = (fields.length ? fields : this.boxes(item))[0];
    const sheet = first && this.box.querySelector(`[data-page="${first[0]}"]`);
    if (sheet && follow && this.follow.getAttribute("aria-checked") === "true") {
      const top = sheet.offsetTop - this.box.offsetTop + first[2] * sheet.offsetHeight;
      if (top < this.box.scrollTop || top > this.box.scrollTop + this.box.clientHeight * .8) this.box.scrollTo({ top: Math.max(0, top - this.box.clientHeight / 4) });
    }
  }

  clicked(event) {
    const sheet = event.target.closest(".sheet-of-paper");
    if (!sheet) return;
    const edge = sheet.getBoundingClientRect(), places = this.places[+sheet.dataset.page - 1] || [];
    const x = (event.clientX - edge.left) / edge.width, y = (event.clientY - edge.top) / edge.height;
    const inside = places.filter(([, left, top, width, height]) => left <= x && x <= left + width && top <= y && y <= top + height);
    const least = inside.sort((one, other) => Math.round((one[3] * one[4] - other[3] * other[4]) * 1e5) || other[0].length - one[0].length)[0];
    const above = places.filter((one) => one[2] <= y).sort((one, other) => one[2] - other[2]).at(-1);
    const found = least || above;
    if (found) this.opened(found[0].split("/").map((part) => /^\d+$/.test(part) ? +part : part));
  }

  counted() {
    const sheets = [...this.box.querySelectorAll(".sheet-of-paper")];
    const middle = this.box.scrollTop + this.box.clientHeight / 2;
    this.at = Math.max(0, sheets.findLastIndex((one) => one.offsetTop - this.box.offsetTop <= middle));
    document.getElementById("turn").textContent = sheets.length ? `第${this.at + 1}页 / ${sheets.length}` : "版面";
  }

  turn(by) {
    const sheets = [...this.box.querySelectorAll(".sheet-of-paper")];
    const to = sheets[Math.min(sheets.length - 1, Math.max(0, this.at + by))];
    if (to) this.box.scrollTo({ top: to.offsetTop - this.box.offsetTop - 10 });
  }
}
