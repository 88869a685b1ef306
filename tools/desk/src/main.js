import { toast } from "./ask.js";
import { editor } from "./editor.js";
import { first } from "./first.js";
import { past } from "./history.js";
import { batch, bin, broken, series } from "./many.js";
import { own, themes } from "./own.js";
import { output } from "./output.js";
import { shelf } from "./shelf.js";

const pages = { shelf, editor, output, history: past, own, themes, batch, bin, broken, series, first };
const page = pages[document.body.dataset.page];
if (page) page();
const said = sessionStorage.getItem("toast");
if (said) { sessionStorage.removeItem("toast"); toast(said); }
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key === "ArrowLeft") {
    event.preventDefault();
    if (document.body.dataset.page === "editor") document.querySelector(".top a").click();
    else location.href = ["output", "history"].includes(document.body.dataset.page) ? `/issue/${document.body.dataset.issue}` : "/";
  }
});
