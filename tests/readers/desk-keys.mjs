// The whole month with the keyboard alone: not one event of a mouse or a finger, which is counted.
// Arguments: the browser, the address with its key, the workspace, a folder for pictures of the pages ("" for none).
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { arrived, go, leaves } from "./going.mjs";

const [, , executablePath, address, root, shots] = process.argv;
const ISSUE = "2022-09";
const fault = (words) => console.log(`desk: keys: ${words}`);
const text = () => { try { return readFileSync(`${root}/${ISSUE}/issue.toml`, "utf8"); } catch { return ""; } };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions: ["clipboard-read", "clipboard-write"] });
await context.addInitScript(() => { for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel", "pointermove"]) addEventListener(kind, () => sessionStorage.setItem("pointed", kind), true); });
const page = await context.newPage();
page.setDefaultTimeout(15000);
leaves(page);
page.on("pageerror", (error) => fault(`console: ${error.message}`));
const { origin } = new URL(address);
const key = (name) => page.keyboard.press(name);
const type = (words) => page.keyboard.insertText(words);

async function step(name, work) {
  try { await work(); } catch (error) {
    fault(`${name}: ${error.message.split("\n").slice(0, 3).join(" ")}`);
    if (shots) await page.screenshot({ path: `${shots}/fault-keys-${name}.png` });
  }
  if (shots) await page.screenshot({ path: `${shots}/keys-${name}.png` });
}
async function until(words, holds) {
  for (let tries = 0; tries < 200; tries++) { if (holds(text())) return; await page.waitForTimeout(50); }
  throw new Error(`${words}: the file is not as meant`);
}
const here = (selector) => page.evaluate((wanted) => { const one = document.activeElement; return one !== document.body && one.matches(wanted); }, selector);
// Tab by Tab; where the focus is must be seen.
async function tabTo(selector, back = false, most = 90) {
  for (let count = 0; count < most; count++) {
    if (await here(selector)) return;
    await key(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`no way to ${selector}`);
}
async function seen() {
  const shown = await page.evaluate(() => { const one = document.activeElement, style = getComputedStyle(one); return one.closest(".cm-editor") || style.outlineStyle !== "none" || style.boxShadow !== "none"; });
  if (!shown) fault(`the focus is not seen on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 90))}`);
}
const copied = (kinds) => page.evaluate(async (what) => {
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(what).map(([kind, words]) => [kind, new Blob([words], { type: kind })])))]);
}, kinds);

await go(page, address);
await step("new", async () => {
  await tabTo("[data-new]");
  await seen();
  await key("Enter");
  await arrived(page, /2022-09\/head/);
  if (!text().includes("number = 9")) throw new Error("no new issue");
});
await step("head", async () => {
  await key("F6");
  await tabTo("[data-path*=signatory] input");
  await type("王某某");
  await key("Tab");
  await until("a signatory", (now) => now.includes('signatory = "王某某"'));
  await seen();
});
await step("figures", async () => {
  await key("Alt+1");
  await page.waitForSelector(".report-head select");
  await key("F6");
  await tabTo(".figures td[data-part=value]");
  await seen();
  await copied({ "text/plain": "512,345.67\t120.5%\r\n" });
  await key("Control+v");
  await until("a pasted block", (now) => now.includes("512345.67"));
  await key("ArrowDown");
  await page.keyboard.type("98765.43");
  await key("Tab");
  await page.keyboard.type("-3.2");
  await key("Enter");
  await until("typed figures", (now) => now.includes("98765.43") && now.includes("-3.2"));
});
await step("news", async () => {
  await key("Alt+2");
  await page.waitForSelector(".rail a.on[data-section=news]");
  await key("F6");
  await tabTo(".card.open .field.title input");
  await type("协会(线上)座谈会");
  await key("Tab");
  await tabTo(".card.open .columns .field input");
  await key("Control+a");
  await type("本会");
  await tabTo(".card.open .cm-content");
  await key("Control+a");
  await type("9月8日，协会举办座谈会。三十家企业参加。昨天闭幕。");
  await key("Control+Home");
  for (let count = 0; count < 4; count++) await key("Shift+ArrowRight");
  await key("Control+b");
  await until("an item", (now) => now.includes('title = "协会(线上)座谈会"') && now.includes("**9月8日**"));
  // Out of the text, to the next thing.
  await key("Tab");
  if (await here(".cm-content")) throw new Error("the text is a trap for Tab");
});
await step("more", async () => {
  await key("Control+Enter");
  await page.waitForSelector('.card.open[data-item="1"]');
  await page.waitForTimeout(300);
  await tabTo(".card.open .field.title input");
  await key("Control+a");
  await type("第二则");
  await until("another item", (now) => now.includes('title = "第二则"'));
  await key("Alt+ArrowUp");
  await until("moved", (now) => now.indexOf("第二则") < now.indexOf("座谈会"));
  await key("Alt+ArrowDown");
  await until("moved back", (now) => now.indexOf("第二则") > now.indexOf("座谈会"));
});
await step("paste", async () => {
  await copied({ "text/html": "<h2>粘来的一则</h2><p>商务部公布，前八个月增长。</p>", "text/plain": "粘来的一则\n商务部公布，前八个月增长。" });
  await tabTo("[data-paste-items]", true);
  await key("Enter");
  await page.waitForSelector("dialog li");
  await key("Control+Enter");
  await until("pasted items", (now) => now.includes('title = "粘来的一则"'));
});
await step("picture", async () => {
  await page.waitForSelector(".card.open [data-put-picture]");
  const choosing = page.waitForEvent("filechooser");
  await key("F6"); await key("F6"); await key("F6"); await key("F6");
  await tabTo("[data-put-picture]");
  await key("Enter");
  await (await choosing).setFiles({ name: "现场.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP8z4APMOGVHbHSAEErARHHgSVPAAAAAElFTkSuQmCC", "base64") });
  await until("a picture", (now) => /image = "images\//.test(now));
  await page.waitForSelector(".picture input");
  await tabTo(".picture input");
  await type("座谈会现场");
  await key("Tab");
  await until("a caption", (now) => now.includes('caption = "座谈会现场"'));
});
await step("findings", async () => {
  await key("Control+f");
  await page.waitForSelector("#find:not([hidden])");
  await type("线上");
  // What the first letter alone found may still be shown.
  await page.locator("#find li button[aria-current]", { hasText: "线上" }).waitFor();
  await key("Escape");
  for (let tries = 0; tries < 30 && !await here(".field.title input"); tries++) await page.waitForTimeout(100);
  if (!await here(".field.title input")) throw new Error("not at what was found");
  await page.waitForSelector(".card.open .field.title .strip [data-mend]");
  while (await page.locator(".card.open .field.title .strip [data-mend]").count()) { const was = text(); await key("Alt+Enter"); await until("mended", (now) => now !== was); await page.waitForTimeout(1200); }
  await until("mended", (now) => now.includes("（线上）"));
  for (let count = 0; count < 40; count++) {
    await key("F8");
    await page.waitForTimeout(400);
    if (await page.locator(".form .strip [data-keep], .finding.now [data-keep]").count()) break;
  }
  await key("Alt+k");
  await page.waitForTimeout(300);
  await type("已与商务局核对");
  await key("Enter");
  await until("kept", (now) => now.includes('"已与商务局核对"'));
});
await step("undo", async () => {
  const was = text();
  await page.waitForTimeout(500);
  await key("F6");
  await key("Control+z");
  await until("undone", (now) => now !== was && !now.includes('"已与商务局核对"'));
  await page.waitForTimeout(500);
  await key("Control+y");
  await until("done again", (now) => now === was);
});
await step("delete", async () => {
  await go(page, `${origin}/issue/${ISSUE}/news?open=1`);
  const name = /title = "第二则"/;
  await tabTo("[data-delete]");
  await key("Enter");
  await until("deleted", (now) => !name.test(now));
  await key("Alt+ArrowLeft");
  await arrived(page, `${origin}/`);
  await tabTo("a[href='/bin']");
  await key("Enter");
  await arrived(page, /bin/);
  await tabTo("[data-back-item]");
  await key("Enter");
  await until("back", (now) => name.test(now));
  await arrived(page, /news/);
});
await step("out", async () => {
  await page.waitForTimeout(400);
  await key("Control+p");
  await arrived(page, /output/);
  await tabTo("[data-make=draft]");
  await key("Enter");
  await page.locator("[data-outlet=pdf] .state", { hasText: /已生成|没有成|有错误/ }).waitFor({ timeout: 60000 });
  const said = await page.locator("[data-outlet=pdf] .state").textContent();
  if (!said.startsWith("已生成")) throw new Error(said);
});
await step("end", async () => {
  await key("Escape");
  await arrived(page, /news/);
  await key("Alt+ArrowLeft");
  await arrived(page, `${origin}/`);
  if (await page.evaluate(() => sessionStorage.getItem("pointed"))) throw new Error("a mouse was used");
  await tabTo("[data-end]");
  await key("Enter");
  await page.getByText("编刊台关了").waitFor();
});
await browser.close();
