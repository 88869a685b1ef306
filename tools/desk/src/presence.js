// Who else has this issue open: another window, another person in a shared folder.
import { make, send } from "./ask.js";

const EVERY = 8000;

export function presence(issue, section, saving) {
  const tab = String(Math.random()).slice(2, 14);
  const box = document.getElementById("others");
  async function tell(leaving = false) {
    try {
      const { others } = await send(`/issue/${issue}/here`, { tab, section: section(), leaving });
      show(others);
    } catch { /* told again */ }
  }
  function show(others) {
    box.hidden = !others.length;
    box.replaceChildren(...others.map((one) => make("span", {}, one.who ? make("b", {}, one.who) : "另一个窗口", one.machine ? `（${one.machine}）` : "", one.title ? `也开着这一期，在“${one.title}”` : "也开着这一期")), others.length ? make("span", { class: "mute" }, "各改各的，都会留下；改了同一处会问。") : "");
    for (const link of document.querySelectorAll(".rail [data-section]")) {
      const who = others.filter((one) => one.section === link.dataset.section).map((one) => one.who || "另一个窗口");
      link.toggleAttribute("data-taken", who.length > 0);
      link.title = who.length ? `${who.join("、")}在这里` : "";
    }
  }
  tell();
  setInterval(() => { if (!document.hidden || saving.unsaved) tell(); }, EVERY);
  addEventListener("pagehide", () => tell(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
}
