// Keys typed in the desk's editor, one after the other, in a Chromium: how long until the page shows them, and the findings.
// Arguments: the browser, the address with its key, the issue, how many keys. Prints JSON.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/readers/", import.meta.url))("playwright-core");
const [, , executablePath, address, issue, keys] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
page.setDefaultTimeout(600000);
await page.goto(address, { waitUntil: "domcontentloaded" });
const { origin } = new URL(address);
const begun = Date.now();
await page.goto(`${origin}/issue/${issue}/news?open=1`, { waitUntil: "domcontentloaded" });
await page.waitForSelector(".sheet-of-paper img");
while (!await page.evaluate(() => document.getElementById("drawn").textContent.includes("排好"))) await page.waitForTimeout(20);
const first = Date.now() - begun, whole = await page.locator("#drawn").textContent();
await page.evaluate(() => {
  window.shown = []; window.wholes = [];
  addEventListener("keydown", () => { window.key = performance.now(); window.waiting = true; }, true);
  new MutationObserver((changes) => {
    if (!window.waiting || !changes.some((one) => one.target.tagName === "IMG")) return;
    window.waiting = false;
    const from = window.key;
    requestAnimationFrame(() => requestAnimationFrame(() => window.shown.push(performance.now() - from)));
  }).observe(document.getElementById("pages"), { subtree: true, attributes: true, attributeFilter: ["src"] });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name.includes("/pages?")) window.wholes.push(one.duration);
  }).observe({ type: "resource" });
});
const body = page.locator(".card.open .cm-content").first();
await body.click();
await page.keyboard.press("Control+Home");
await page.keyboard.press("End");
await page.evaluate(() => { window.waiting = false; });
// The first key finds everything cold.
await page.keyboard.insertText("的");
await page.waitForTimeout(4000);
await page.evaluate(() => { window.shown = []; window.wholes = []; });
let missed = 0;
const words = "数据要素市场建设取得进展各地加快布局企业认为政策及时有效";
for (let at = 0; at < +keys; at++) {
  const had = await page.evaluate(() => window.shown.length);
  // A letter's key goes down; the character comes as an input method gives it.
  await page.evaluate(() => dispatchEvent(new KeyboardEvent("keydown", { key: "Process" })));
  await page.keyboard.insertText(words[at % words.length]);
  let done = false;
  for (let tries = 0; tries < 200 && !done; tries++) {
    await page.waitForTimeout(30);
    done = await page.evaluate((count) => window.shown.length > count, had);
  }
  if (!done) missed++;
  await page.waitForTimeout(at % 4 === 3 ? 900 : 150);
}
const { shown, wholes } = await page.evaluate(() => ({ shown: window.shown, wholes: window.wholes }));

// The findings beside the form: a mark that is found is typed and taken out again, until the list says so each time.
await page.click("#light");
await page.waitForSelector("#found .list");
await page.waitForTimeout(3000);
await body.click();
await page.keyboard.press("Control+Home");
await page.keyboard.press("End");
await page.evaluate(() => {
  window.looked = [];
  const box = document.getElementById("found"), count = () => box.querySelectorAll(".finding").length;
  let had = count(), from = 0;
  addEventListener("keydown", () => { from = performance.now(); had = count(); }, true);
  new MutationObserver(() => {
    if (!from || count() === had) return;
    const since = from;
    from = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => window.looked.push(performance.now() - since)));
  }).observe(box, { subtree: true, childList: true });
});
let unseen = 0;
for (let at = 0; at < +keys; at++) {
  const had = await page.evaluate(() => window.looked.length);
  if (at % 2) await page.keyboard.press("Backspace");
  else await page.keyboard.type(",");
  let done = false;
  for (let tries = 0; tries < 200 && !done; tries++) {
    await page.waitForTimeout(30);
    done = await page.evaluate((count) => window.looked.length > count, had);
  }
  if (!done) unseen++;
  await page.waitForTimeout(at % 4 === 3 ? 900 : 150);
}
const looked = await page.evaluate(() => window.looked);
console.log(JSON.stringify({ first, whole, shown, looked, wholes, missed, unseen, pages: await page.locator(".sheet-of-paper").count() }));
await browser.close();
