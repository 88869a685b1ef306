// What comes from elsewhere: pasted, dropped or chosen; text as items, pictures, sheets, a Word file that was revised.
import { drop, make, send, toast } from "./ask.js";
import { confirm } from "./dialogs.js";
import { sheetIn } from "./sheet-in.js";

const PICTURES = "image/*,.heic,.heif,.avif";
const isPicture = (file) => file.type.startsWith("image/") || /\.(heic|heif|avif|jpe?g|png|webp)$/i.test(file.name);

export function chosen(accept, several, work) {
  const input = make("input", { type: "file", accept, multiple: several });
  input.addEventListener("change", () => work([...input.files]));
  input.click();
}

// The beginning of a body as it reads: its marks are for the file, not for who looks whether the right words came.
function excerpt(body) {
  const words = body.replace(/^(?:#{1,6} |- |\d+\. )/gm, "").replace(/\*\*(.+?)\*\*/g, "$1").replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, "$1").replace(/^\|[-:| ]+\|\n/gm, "").trim();
  return words.length > 160 ? `${words.slice(0, 160)}……` : words || "（没有正文）";
}

export function intake({ issue, saving, shift, visit, reload, where, open, section, undo }) {
  const several = () => document.querySelector("[data-add]");
  const place = (at) => several() ? [section(), at] : [section()];

  // What was recognised, to be confirmed; a title may be put right, one may be left out or joined to the one before.
  function confirmItems(items, told = [], whole = false) {
    if (!items.length) { toast("没有认出文字"); return; }
    if (!several()) { toast("先到一个可以添加的栏目，例如行业资讯，再拖进来"); return; }
    // The title of the whole file, before the first heading, is no item.
    const alone = (one, at) => !at && items.length > 1 && !one.title && !one.pictures?.length && one.body.trim().length < 40;
    const rows = items.map((one, at) => make("li", { class: "item-in", "data-at": at },
      make("label", { class: "tick" }, make("input", { type: "checkbox", checked: !alone(one, at), "aria-label": `要第${at + 1}则` })),
      make("div", {}, make("input", { class: "in", value: one.title, placeholder: "（没有标题，会待填）", "aria-label": `第${at + 1}则的标题` }),
        make("div", { class: "excerpt" }, excerpt(one.body)), make("div", { class: "mute small" }, `${one.body.replace(/\s/g, "").length}字${alone(one, at) ? "　像是文件的题目，没有勾" : ""}${one.pictures?.length ? `　${one.pictures.length}张图` : ""}`)),
      at ? make("button", { class: "b quiet small", type: "button", title: "不是单独的一则：接在上一则后面", on: { click: (event) => event.target.closest("li").classList.toggle("joined") } }, "并入上一则") : ""));
    confirm(`认出${items.length}则，放进${where({ path: [section()] })}`, [
      ...told.map((words) => make("p", { class: "hint told" }, words)), make("ul", {}, ...rows)], "放进来", () => shift(async () => {
      const put = [];
      items.forEach((one, at) => {
        const row = rows[at], title = row.querySelector(".in").value.trim();
        if (!row.querySelector("[type=checkbox]").checked) return;
        if (row.classList.contains("joined") && put.length) { put.at(-1).body += `\n${title ? `### ${title}\n\n` : ""}${one.body}`; put.at(-1).pictures.push(...(one.pictures || [])); }
        else put.push({ title, body: one.body, pictures: [...(one.pictures || [])] });
      });
      const at = document.querySelectorAll(".card[data-item]").length;
      const values = (one) => (section() === "member" ? { name: one.title, intro: one.body } : section() === "tip" ? { term: one.title, body: one.body } : { title: one.title || "【请填写：标题】", ...(section() === "event" ? {} : { source: "【请填写：来源】" }), body: one.body });
      if (!put.length || !await saving.flush() || saving.disputed.size) return;
      // One step, however many items; the pictures are those of the Word file that was read last.
      const sent = put.map((one) => ({ values: values(one), pictures: whole ? one.pictures : [] }));
      const saved = await saving.ask(`/issue/${issue}/items`, { base: saving.version, section: section(), at, items: sent });
      if (!saved) return;
      await visit(`/issue/${issue}/${section()}?open=${saved.first}`);
      toast(`放进了${put.length}则`, "撤销", undo);
    }));
  }

  async function pasteItems() {
    try {
      const [clip] = await navigator.clipboard.read();
      const html = clip.types.includes("text/html") ? await (await clip.getType("text/html")).text() : "";
      const text = clip.types.includes("text/plain") ? await (await clip.getType("text/plain")).text() : "";
      confirmItems((await send("/paste", { html, text })).items);
    } catch { byHand(); }
  }
  // Where the browser does not let the clipboard be read by a button: pasted into a box.
  function byHand() {
    const box = make("div", { class: "paste-here", contenteditable: "true", role: "textbox", "aria-label": "在这里粘贴" });
    const shut = confirm("在这里按Ctrl+V粘贴", [make("p", { class: "hint" }, "浏览器不让按钮直接读剪贴板。"), box], null);
    box.addEventListener("paste", async (event) => {
      event.preventDefault();
      const [html, text] = ["text/html", "text/plain"].map((kind) => event.clipboardData.getData(kind));
      shut();
      confirmItems((await send("/paste", { html, text })).items);
    });
    box.focus();
  }

  async function pictures(files, at) {
    if (several() && at < 0) { toast("先展开要放图的一则，再放图"); return; }
    if (!await saving.flush() || saving.disputed.size) return;
    for (const file of files) {
      toast(`正在放“${file.name}”`);
      try {
        const saved = await drop(`/issue/${issue}/picture`, file, { "X-Item": encodeURIComponent(JSON.stringify(place(at))) });
        saving.version = saved.version;
        saving.told(saved);
        await reload();
        toast(`放进了 ${saved.file}，写上图题`, "撤销", undo);
      } catch (fault) { toast(`“${file.name}”：${fault.message}`); return; }
    }
    [...document.querySelectorAll(".card.open .picture")].at(-1)?.querySelector("input")?.focus();
  }

  async function word(file) {
    toast(`正在读“${file.name}”`);
    const { items, told } = await drop(`/issue/${issue}/word`, file);
    document.getElementById("toast").hidden = true;
    confirmItems(items, told, true);
  }

  // A text that comes where no items are, as right after the first issue was made: it goes to the news, where it is seen.
  async function listed() {
    const news = several() ? null : document.querySelector('.rail [data-section="news"]');
    if (news) await visit(news.href);
  }

  async function taken(files, at) {
    const images = files.filter(isPicture);
    try {
      if (images.length && (["head", "kept", "report"].includes(section()) || (several() && at < 0))) toast("图片要放在一则里：先打开那一则，再把图片拖进来");
      else if (images.length) await pictures(images, at);
      for (const file of files.filter((one) => !isPicture(one))) {
        if (/\.(docx|txt|md)$/i.test(file.name)) await listed();
        if (/\.docx$/i.test(file.name)) await word(file);
        else if (/\.(xlsx|xls|ods|csv|et)$/i.test(file.name)) await sheetIn(issue, file, { saving, visit });
        else if (/\.(doc|wps)$/i.test(file.name)) toast(`“${file.name}”是老格式：请在Word或WPS里另存为 .docx 再拖`);
        else if (/\.(txt|md)$/i.test(file.name)) confirmItems((await send("/paste", { html: "", text: await file.text() })).items);
        else toast(`“${file.name}”放不进来：可以拖图片、Word文件（.docx）、Excel表和文字文件（.txt）`);
      }
    } catch (fault) { toast(fault.message); }
  }

  async function order(button) {
    const box = button.closest(".picture"), card = box.closest(".card"), all = [...card.querySelectorAll(".picture")], at = all.indexOf(box);
    await shift(async () => {
      if (!await saving.flush() || saving.disputed.size) return;
      const saved = await saving.ask(`/issue/${issue}/pictures`, { path: place(+card.dataset.item), at, to: button.dataset.picture === "bin" ? null : at + +button.dataset.picture });
      if (!saved) return;
      await reload();
      if (button.dataset.picture === "bin") toast("拿掉了一张图，图的文件还在文件夹里", "撤销", undo);
    });
  }

  return {
    filled() {
      document.querySelector("[data-paste-items]")?.addEventListener("click", pasteItems);
      document.querySelector("[data-word]")?.addEventListener("click", () => chosen(".docx,.txt", false, (files) => taken(files, open())));
      document.querySelector("[data-sheet]")?.addEventListener("click", () => chosen(".xlsx,.xls,.ods,.csv", false, (files) => taken(files, -1)));
      for (const button of document.querySelectorAll("[data-put-picture]")) button.addEventListener("click", () => chosen(PICTURES, true, (files) => taken(files, +button.closest(".card").dataset.item)));
      for (const button of document.querySelectorAll("[data-picture]")) button.addEventListener("click", () => order(button));
    },
    dropped(event) {
      const files = [...(event.dataTransfer?.files || [])];
      if (!files.length) return;
      event.preventDefault();
      taken(files, +(event.target.closest?.(".card[data-item]")?.dataset.item ?? open()));
    },
  };
}
