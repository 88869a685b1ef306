// Dialogs: what will happen, then one button; the focus goes back where it was.
import { make } from "./ask.js";

export function confirm(title, inside, act, work = () => {}, wide = false) {
  const before = document.activeElement;
  const box = make("dialog", { "aria-labelledby": "dialog-title", class: wide ? "broad" : "" });
  const shut = () => box.close();
  const done = () => { shut(); work(); };
  box.append(make("header", {}, make("h2", { id: "dialog-title" }, title)), make("div", { class: "what", tabindex: "0" }, ...inside),
    make("footer", {}, make("button", { class: "b", type: "button", on: { click: shut } }, act ? "取消" : "关上"), ...(act ? [make("button", { class: "b primary", type: "button", "data-done": true, on: { click: done } }, act, make("kbd", {}, "Ctrl+↵"))] : [])));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (act && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); done(); }
  });
  box.addEventListener("close", () => { box.remove(); if (before?.isConnected) before.focus(); });
  document.body.append(box);
  box.showModal();
  (box.querySelector(".what input:not([type=checkbox]), .what select") || box.querySelector("footer .b")).focus();
  return shut;
}

const KEYS = [
  ["F8　Shift+F8", "下一处、上一处检查"], ["Alt+↵", "改正"], ["Alt+K", "保留…"], ["Ctrl+Z　Ctrl+Y", "撤销、重做"],
  ["Ctrl+B　Ctrl+K", "加粗、链接"], ["Ctrl+Alt+3　Ctrl+Shift+8", "小标题、列表"], ["Ctrl+Shift+V", "粘贴为纯文字"],
  ["Alt+↑　Alt+↓", "把这一则上移、下移"], ["Ctrl+↵", "在后面添一则；对话框里是确认"], ["Esc", "关上"],
  ["F6　Shift+F6", "栏目、表单、版面、状态之间走"], ["Alt+1…6", "第几个栏目"], ["F9", "版面"], ["Ctrl+S", "马上存"],
  ["Ctrl+P", "生成…"], ["Alt+←", "回书架"], ["方向键　↵　Tab", "表格里走；直接打字就改"], ["F2　Delete", "表格里改这一格、删去"], ["Ctrl+C　Ctrl+V", "表格里照Excel复制、贴一块"],
];

export function keysDialog() {
  if (document.querySelector("dialog")) return;
  confirm("快捷键", [make("dl", { class: "keys-list" }, ...KEYS.flatMap(([keys, words]) => [make("dt", {}, ...keys.split("　").flatMap((one) => [make("kbd", {}, one), " "])), make("dd", {}, words)]))], null);
}
