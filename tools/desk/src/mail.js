// An issue sent by mail: whom it would go to and how many letters; one to oneself first; then all of them, once.
import { make, read, send, toast } from "./ask.js";
import { confirm } from "./dialogs.js";

export async function mail(issue, state) {
  state.textContent = "正在看名单和设置";
  let plan;
  try { plan = await send(`/issue/${issue}/mail`, {}); } catch (fault) {
    state.textContent = "";
    const ours = /^这一期/.test(fault.message);
    confirm("还不能发邮件", [make("p", {}, fault.message.split("。请新建")[0]), ...(ours ? [] : [make("p", { class: "hint" }, "服务器、发件人、名单都在“发信”里写，写好以后再按一次“发邮件…”。")])], ours ? null : "去写发信的设置", () => { location.href = "/mail"; });
    return;
  }
  state.textContent = "";
  const again = plan.unsure.map((address) => [address, make("select", { class: "in", "aria-label": `${address} 收到没有` }, make("option", { value: "" }, "不知道，先不动"), make("option", { value: "again" }, "没收到，再发一次"), make("option", { value: "done" }, "收到了"))]);
  const refused = plan.refused.map((one) => [one, make("input", { type: "checkbox", "aria-label": `再给 ${one.address} 发一次` })]);
  const address = make("input", { class: "in", type: "email", "aria-label": "自己的邮箱", placeholder: "自己的邮箱" });
  const tried = make("span", { class: "mute small", role: "status" });
  const trial = make("button", { class: "b small", type: "button", on: { click: async () => {
    if (!address.value.trim()) { address.focus(); return; }
    trial.disabled = true;
    tried.textContent = "正在发";
    try { await send(`/issue/${issue}/mail-trial`, { address: address.value }); tried.textContent = "发了一封，请到邮箱里看；没有记录，正式发时还会收到"; } catch (fault) { tried.textContent = fault.message; }
    trial.disabled = false;
  } } }, "先给自己发一封");
  const inside = [
    make("dl", { class: "facts" }, make("dt", {}, "主题"), make("dd", {}, plan.subject), make("dt", {}, "发件"), make("dd", {}, `${plan.sender}，经 ${plan.server}`), make("dt", {}, "要发"), make("dd", {}, plan.count ? `${plan.count}封，每封${plan.kilobytes} KB，约${plan.minutes}分钟` : "没有要发的了"), ...(plan.sent ? [make("dt", {}, "发过"), make("dd", {}, `${plan.sent}人上次已经发过，不再发`)] : [])),
    ...plan.notices.map((words) => make("p", { class: "hint told" }, words)),
    make("div", { class: "line" }, address, trial, tried),
    ...(plan.waiting.length ? [make("details", {}, make("summary", {}, "发给谁"), make("ul", { class: "small" }, ...plan.waiting.map((one) => make("li", {}, one))))] : []),
    ...again.map(([who, choice]) => make("div", { class: "line" }, make("span", {}, `${who}　说不准收到没有`), make("span", { class: "gap" }), choice)),
    ...refused.map(([one, tick]) => make("label", { class: "line" }, tick, `再给 ${one.address} 发一次（上次退回：${one.said}）`)),
  ];
  confirm("用邮件发出去", inside, plan.count || again.length || refused.length ? plan.count ? `发给${plan.count}人` : "照上面的办" : null, async () => {
    const once = [...again.filter(([, choice]) => choice.value === "again").map(([who]) => who), ...refused.filter(([, tick]) => tick.checked).map(([one]) => one.address)];
    const words = make("span", {}, "正在发");
    state.replaceChildren(make("span", { class: "spin" }), words);
    const asking = setInterval(async () => { const told = await read(`/issue/${issue}/progress`).catch(() => null); if (told?.words) words.textContent = told.words; }, 800);
    try {
      const told = await send(`/issue/${issue}/mail-send`, { count: plan.count + once.length, again: once, done: again.filter(([, choice]) => choice.value === "done").map(([who]) => who) });
      state.textContent = [`发了${told.sent}封，记录在 ${told.log}`, ...told.refused.map((one) => `退回：${one.address}（${one.said}）`), ...told.later.map((one) => `暂时没有发成：${one.address}（${one.said}），过一会儿再按一次`), ...told.unsure.map((one) => `说不准：${one.address}（${one.said}）`)].join("；");
    } catch (fault) { state.textContent = `没有发完：${fault.message}`; toast(fault.message); } finally { clearInterval(asking); }
  }, true);
}
