import { editor } from "./editor.js";
import { output } from "./output.js";
import { shelf } from "./shelf.js";

const pages = { shelf, editor, output };
const page = pages[document.body.dataset.page];
if (page) page();
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key === "ArrowLeft") {
    event.preventDefault();
    if (document.body.dataset.page === "editor") document.querySelector(".top a").click();
    else location.href = document.body.dataset.page === "output" ? `/issue/${document.body.dataset.issue}` : "/";
  }
});
