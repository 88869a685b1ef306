// The first time: the questions, the masthead that follows them.
import { send } from "./ask.js";

export function first() {
  const form = document.getElementById("first"), said = form.querySelector(".err");
  const region = form.querySelector("[data-region]");
  const shown = () => {
    document.getElementById("first-name").textContent = form.elements.name.value.trim() || "刊名";
    document.getElementById("first-organiser").textContent = form.elements.organiser.value.trim() || "编印单位";
    region.hidden = form.elements.report.value === "none";
  };
  form.addEventListener("input", shown);
  form.elements.name.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { name } = await send("/first", Object.fromEntries(new FormData(form)));
      location.href = `/issue/${name}/head`;
    } catch (fault) { said.textContent = fault.message; said.hidden = false; }
  });
  document.querySelector("[data-end]").addEventListener("click", async () => { await send("/end", {}); document.body.textContent = "编刊台关了，这一页可以关掉。"; });
}
