// The pages at the right: drawn anew after each save, as they were until the new are there.
import { make, read } from "./ask.js";

export class Pages {
  constructor(issue, opened) {
    Object.assign(this, { issue, opened, places: {}, busy: false, again: false, at: 0, item: "" });
    this.box = document.getElementById("pages");
    this.status = document.getElementById("drawn");
    for (const button of document.querySelectorAll("[data-turn]")) button.addEventListener("click", () => this.turn(+button.dataset.turn));
    this.box.addEventListener("scroll", () => this.counted());
    this.follow = document.getElementById("follow");
    this.follow.addEventListener("click", () => this.follow.setAttribute("aria-checked", String(this.follow.getAttribute("aria-checked") !== "true")));
    this.box.addEventListener("click", (event) => this.clicked(event));
  }

  async draw() {
    if (this.busy) { this.again = true; return null; }
    this.busy = true;
    const late = setTimeout(() => { this.status.textContent = "正在排版"; }, 1000);
    let drawn = null;
    try {
      drawn = await read(`/issue/${this.issue}/pages`);
      this.places = drawn.places;
      this.show(drawn.pages);
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

  show(digests) {
    this.box.querySelector(".wait")?.remove();
    const sheets = [...this.box.querySelectorAll(".sheet-of-paper")];
    digests.forEach((digest, index) => {
      const sheet = sheets[index] || this.box.appendChild(make("div", { class: "sheet-of-paper", "data-page": index + 1 }, make("img", { alt: `第${index + 1}页` })));
      const image = sheet.querySelector("img");
      const address = `/page/${digest}.png`;
      if (image.getAttribute("src") !== address) image.src = address;
    });
    for (const sheet of sheets.slice(digests.length)) sheet.remove();
    this.glow(this.item, !sheets.length);
    this.counted();
  }

  // The item that is edited, on its page.
  glow(item, follow = true) {
    this.item = item;
    for (const old of this.box.querySelectorAll(".here")) old.remove();
    const place = this.places[item];
    if (!place) return;
    const [page, x, y, , height] = place;
    const sheet = this.box.querySelector(`[data-page="${page}"]`);
    if (!sheet) return;
    const next = Object.values(this.places).filter((one) => one[0] === page && one[2] > y + .01).map((one) => one[2]);
    const bottom = Math.min(.94, ...next) - .012;
    const here = make("div", { class: "here" });
    here.style.top = `${(y - .008) * 100}%`;
    here.style.height = `${Math.max(height + .016, bottom - y) * 100}%`;
    here.style.left = `${Math.min(x - .012, .3) * 100}%`;
    here.style.right = "7%";
    sheet.append(here);
    if (follow && this.follow.getAttribute("aria-checked") === "true") {
      const top = sheet.offsetTop - this.box.offsetTop + y * sheet.offsetHeight;
      this.box.scrollTo({ top: Math.max(0, top - this.box.clientHeight / 4) });
    }
  }

  clicked(event) {
    const sheet = event.target.closest(".sheet-of-paper");
    if (!sheet) return;
    const y = event.offsetY / sheet.offsetHeight, page = +sheet.dataset.page;
    const before = Object.entries(this.places).filter(([, one]) => one[0] < page || (one[0] === page && one[2] <= y + .01));
    before.sort(([, one], [, other]) => one[0] - other[0] || one[2] - other[2]);
    if (before.length) this.opened(before.at(-1)[0]);
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
