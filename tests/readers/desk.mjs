// The desk driven as people do, in a Chromium: what is typed, moved, pasted and mended is in the file, and nothing else.
// Arguments: the browser, the address with its key, the workspace, a folder for pictures of the pages ("" for none).
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { arrived, go, leaves } from "./going.mjs";

const [, , executablePath, address, root, shots] = process.argv;
const file = `${root}/2022-08/issue.toml`;
const text = () => readFileSync(file, "utf8");
const fault = (words) => console.log(`desk: ${words}`);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions: ["clipboard-read", "clipboard-write"] });
const page = await context.newPage();
page.setDefaultTimeout(9000);
leaves(page);
page.on("console", (said) => { if (["error", "warning"].includes(said.type())) fault(`console: ${said.text()}`); });
page.on("pageerror", (error) => fault(`console: ${error.message}`));
const { origin } = new URL(address);
const at = (section) => `${origin}/issue/2022-08/${section}`;

// The lines that differ, as a diff has them: what stood there before, what stands there now.
function changed(before, after) {
  const [was, is] = [before.split("\n"), after.split("\n")];
  let first = 0, last = 0;
  while (first < was.length && was[first] === is[first]) first++;
  while (last < was.length - first && last < is.length - first && was.at(-1 - last) === is.at(-1 - last)) last++;
  return [was.slice(first, was.length - last).join("\n"), is.slice(first, is.length - last).join("\n")];
}

async function step(name, work) {
  const before = text();
  try {
    await work(before);
  } catch (error) {
    fault(`${name}: ${error.message.split("\n").slice(0, 3).join(" ")}`);
    if (shots) await page.screenshot({ path: `${shots}/fault-${name}.png` });
  }
}

// Until the file says so; a fault when it never does.
async function until(words, holds, now = "") {
  for (let tries = 0; tries < 80; tries++) {
    if (holds(text())) return true;
    await page.waitForTimeout(50);
  }
  const [was, is] = changed(now, text());
  throw new Error(`${words}: not as meant, “${was.slice(0, 120)}” is “${is.slice(0, 120)}”`);
}

// Until the page is as meant; asked again and again, since the desk's pages let no text be run as script.
async function seen(words, holds, what) {
  for (let tries = 0; tries < 1200; tries++) {
    if (await page.evaluate(holds, what)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${words}: not seen`);
}

function only(before, was, is) {
  const [one, other] = changed(before, text());
  if (one !== was || other !== is) throw new Error(`changed “${one.slice(0, 200)}” to “${other.slice(0, 300)}”`);
}

const shot = async (name) => { if (shots) await page.screenshot({ path: `${shots}/${name}.png` }); };
const paste = (where, kinds) => where.evaluate((one, what) => {
  const data = new DataTransfer();
  for (const [kind, value] of Object.entries(what)) data.setData(kind, value);
  one.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, kinds);
const dropFile = (where, name, kind, bytes) => where.evaluate((one, [called, type, data]) => {
  const held = new DataTransfer();
  held.items.add(new File([Uint8Array.from(atob(data), (char) => char.charCodeAt(0))], called, { type }));
  one.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}, [name, kind, bytes]);

await go(page, address);
await shot("shelf");
await step("shelf", async () => { await page.click(".latest .primary"); await arrived(page, /2022-08\/news/); });
await page.waitForSelector('.sheet-of-paper[data-page="5"] img', { timeout: 90000 }).catch(() => fault("no pages were drawn"));
await shot("editor");

await step("title", async (before) => {
  await page.locator(".card.open .field.title input").press("End");
  await page.keyboard.type("了");
  await until("title", (now) => now.includes('title = "中国加入DEPA工作组成立了"'));
  only(before, 'title = "中国加入DEPA工作组成立"', 'title = "中国加入DEPA工作组成立了"');
});

await step("body", async (before) => {
  const body = page.locator(".card.open .cm-content").first();
  await body.click();
  await page.keyboard.press("Control+Home");
  for (let count = 0; count < 2; count++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Control+b");
  await until("bold", (now) => now !== before);
  const [was, is] = changed(before, text());
  if (is.replace("**20**", "20") !== was) throw new Error(`bold made “${is.slice(0, 80)}”`);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("末尾一句。");
  await until("typed", (now) => now.includes("末尾一句。"));
  await shot("body");
  for (let count = 0; count < 6; count++) await page.keyboard.press("Control+z");
  await until("undone", (now) => now === before);
});

await step("live", async (before) => {
  // What is typed shows on its page before the whole is laid out; a line of a page leads to its field.
  await go(page, at("news?open=2"));
  await seen("pages", () => document.getElementById("drawn").textContent.includes("排好"));
  const was = await page.$$eval(".sheet-of-paper", (all) => all.map((one) => one.dataset.of));
  const body = page.locator(".card.open .cm-content").first();
  await body.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("活");
  await seen("redrawn", (had) => [...document.querySelectorAll(".sheet-of-paper")].some((one, index) => one.dataset.of !== had[index]), was);
  if (!await page.locator(".sheet-of-paper .here.field").count()) fault("live: no place glows");
  // A page may be drawn before its save is under way: taken back then, it would seem to be so at once.
  await until("typed", (now) => now.includes("活") && now !== before);
  await page.keyboard.press("Backspace");
  await until("taken back", (now) => now === before);
  await seen("as before", (had) => [...document.querySelectorAll(".sheet-of-paper")].every((one, index) => one.dataset.of === had[index]), was);
  const line = await page.evaluate(() => {
    document.querySelector(".sheet-of-paper .here.field").scrollIntoView({ block: "center" });
    const place = document.querySelector(".sheet-of-paper .here.field").getBoundingClientRect();
    return [place.left + place.width / 3, place.top + 12];
  });
  await page.evaluate(() => document.activeElement.blur());
  await page.mouse.click(...line);
  await seen("the field", () => Boolean(document.activeElement?.closest(".editor[data-path]")));
});

await step("fast", async (before) => {
  // Typed without a pause, and at once away.
  await page.locator(".card.open .field input").nth(1).press("End");
  await page.keyboard.type("甲乙丙丁");
  await page.locator(".rail [data-section=policy]").click();
  await arrived(page, /policy/);
  await until("typed before leaving", (now) => now.includes("甲乙丙丁"));
  await page.locator(".card.open[data-item='0']").waitFor();
  await page.locator(".card.open .field.title input").press("End");
  await page.keyboard.type("戊己");
  await page.click(".top a >> nth=0");
  await arrived(page, `${origin}/`);
  await until("typed before the shelf", (now) => now.includes("戊己"));
  await go(page, at("news?open=0"));
  for (let count = 0; count < 2; count++) { await page.locator("[data-step=undo]").click(); await page.waitForTimeout(500); }
  await until("undone", (now) => now === before, before);
});

await step("orders", async (before) => {
  // What is pressed while a save or an undo is under way comes after it, each once: answers are held back here.
  const holding = async (what) => {
    let letGo;
    const free = new Promise((done) => { letGo = done; });
    let came;
    const here = new Promise((done) => { came = done; });
    const held = async (route) => { came(); await free; await route.continue(); };
    await page.route(what, held);
    return { here, letGo: async () => { letGo(); await page.unroute(what, held); } };
  };
  await go(page, at("news?open=0"));
  const title = page.locator(".card.open .field.title input");
  const had = await title.inputValue();
  let way = await holding("**/save");
  await title.press("End");
  await page.keyboard.type("庚");
  await way.here;
  await page.locator("[data-step=undo]").click();
  await page.waitForTimeout(300);
  if (text() !== before) throw new Error("the save was not held");
  await way.letGo();
  await seen("the title as it was", (was) => document.querySelector(".card.open .field.title input").value === was && document.getElementById("toast").textContent.includes("撤销了一步"), had);
  await until("undone after the save", (now) => now === before);
  // Two fields; both are taken back while the first undo is held.
  await title.press("End");
  await page.keyboard.type("辛");
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await page.keyboard.type("壬");
  await until("two fields", (now) => now.includes("辛") && now.includes("壬"));
  way = await holding("**/undo");
  await page.locator("[data-step=undo]").click();
  await way.here;
  await page.locator("[data-step=undo]").click();
  await way.letGo();
  await until("both taken back", (now) => now === before);
  // And done again, the form read anew while the second is pressed.
  way = await holding("**/news?open=0");
  await page.locator("[data-step=redo]").click();
  await way.here;
  await page.locator("[data-step=redo]").click();
  await way.letGo();
  await until("both done again", (now) => now.includes("辛") && now.includes("壬"));
  await seen("both in the form", () => [...document.querySelectorAll(".card.open .field input")].some((one) => one.value.includes("壬")));
  for (let count = 0; count < 2; count++) await page.locator("[data-step=undo]").click();
  await until("taken back once more", (now) => now === before);
});

await step("items", async (before) => {
  await go(page, at("news?open=-1"));
  await page.click("[data-add]");
  await page.locator(".card.open[data-item='4'] .field.title input").fill("新的一则");
  await until("added", (now) => now.includes('title = "新的一则"'));
  if (changed(before, text())[0]) throw new Error("adding took something away");
  await page.keyboard.press("Alt+ArrowUp");
  await until("moved", (now) => now.indexOf("新的一则") < now.indexOf("2022年上半年我国服务进出口"));
  await page.locator("[data-delete]").click();
  await until("deleted", (now) => now === before);
  await page.locator("#toast button").click();
  await until("back", (now) => now.includes("新的一则"));
  await page.locator("[data-step=redo]").click();
  await until("gone again", (now) => now === before);
});

await step("figures", async (before) => {
  await go(page, at("report"));
  const cell = page.locator("td[data-part=value]").first();
  await cell.click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await shot("report");
  const had = await cell.textContent();
  await page.keyboard.type(`${had}5`);
  await page.keyboard.press("Enter");
  await until("a cell", (now) => now !== before);
  const [was, is] = changed(before, text());
  if (is.replace(`${had}5`, had) !== was) throw new Error(`“${was}” to “${is}”`);
  await page.locator("td[data-part=value]").first().focus();
  const one = text();
  await paste(page.locator("td[data-part=value]").first(), { "text/plain": "1,234.5\t6.7%\r\n2345.6\t（8.9）\r\n" });
  await until("a block", (now) => now.includes("1234.5") && now.includes("2345.6") && now.includes("-8.9"));
  if (changed(one, text())[1].split("\n").length > 4) throw new Error("a block changed more than its lines");
  for (let count = 0; count < 2; count++) { await page.locator("[data-step=undo]").click(); await page.waitForTimeout(500); }
  await until("undone", (now) => now === before);
});

await step("findings", async (before) => {
  await go(page, at("news?open=0"));
  const title = page.locator(".card.open .field.title input");
  await title.press("End");
  // What is typed is checked while it is typed, not only when it is in the file.
  const looked = page.waitForResponse((reply) => reply.url().endsWith("/look") && reply.ok());
  await page.keyboard.type("举行(线上)会");
  await looked;
  await page.waitForSelector(".card.open .field.title .strip [data-mend]");
  await page.click("#light");
  await page.keyboard.press("F8");
  await page.waitForTimeout(300);
  await shot("findings");
  await page.locator(".finding.now [aria-label^=为什么]").click();
  await page.waitForSelector(".finding.now .why");
  // F8 went to the first finding, which is the report's.
  await go(page, at("news?open=0"));
  await page.locator(".card.open .field.title input").focus();
  await page.waitForSelector(".card.open .field.title .strip [data-mend]");
  while (await page.locator(".card.open .field.title .strip [data-mend]").count()) {
    const was = text();
    await page.locator(".card.open .field.title .strip [data-mend]").click();
    await until("mended", (now) => now !== was);
    await page.waitForTimeout(1200);
  }
  only(before, 'title = "中国加入DEPA工作组成立了"', 'title = "中国加入DEPA工作组成立了举行（线上）会"');
  await page.click("#light");
  const keep = page.locator(".finding [data-keep]").first();
  await keep.click();
  await page.locator(".finding form input").fill("已核对");
  await page.keyboard.press("Enter");
  await until("kept", (now) => now.includes('"已核对"'));
  await go(page, at("kept"));
  await page.getByText("已核对").first().waitFor();
});

await step("pasting", async (before) => {
  await go(page, at("news?open=1"));
  const body = page.locator(".card.open .cm-content").first();
  await body.click();
  await page.keyboard.press("Control+End");
  await paste(body, { "text/html": "<html xmlns:o='urn'><body><p class=MsoNormal><b>粘来的</b>一段<o:p></o:p></p></body></html>", "text/plain": "粘来的一段" });
  await until("pasted", (now) => now.includes("**粘来的**一段"));
  await page.keyboard.press("Control+z");
  await until("undone", (now) => now === before);
  await dropFile(page.locator(".card.open"), "照片 1.PNG", "image/png", "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP8z4APMOGVHbHSAEErARHHgSVPAAAAAElFTkSuQmCC");
  await until("a picture", (now) => /image = "images\//.test(changed(before, now)[1]));
  await page.locator(".card.open .picture img").first().waitFor();
  await page.locator("[data-step=undo]").click();
  await until("undone", (now) => now === before);
});

await step("elsewhere", async (before) => {
  await go(page, at("news?open=0"));
  const title = page.locator(".card.open .field.title input");
  await title.press("End");
  writeFileSync(file, before.replace("从协定签署到工作组成立", "从协定到工作组"));
  await page.keyboard.type("！");
  await until("merged", (now) => now.includes("从协定到工作组") && now.includes("！"));
  await page.waitForTimeout(600);
  // The same value, changed by both: asked about, and what was typed is not lost.
  writeFileSync(file, text().replace(/title = "中国加入DEPA.*"/, 'title = "别人的题目"'));
  await title.press("End");
  await page.keyboard.type("丑");
  await page.locator("#bar button").first().waitFor();
  if (!text().includes("别人的题目")) throw new Error("the other's title was overwritten");
  await shot("conflict");
  await page.locator("#bar button").first().click();
  await until("mine", (now) => now.includes("丑"));
  writeFileSync(file, before);
});

await step("output", async () => {
  await go(page, at("output"));
  for (const name of ["pdf", "web"]) await page.locator(`[data-outlet=${name}] input`).check();
  await page.click("[data-make='']");
  for (const name of ["pdf", "web"]) await page.locator(`[data-outlet=${name}] .state`, { hasText: /已生成.*秒|有错误|没有成/ }).waitFor({ timeout: 30000 });
  await shot("output");
  for (const name of ["pdf", "web"]) { const said = await page.locator(`[data-outlet=${name}] .state`).textContent(); if (!said.startsWith("已生成")) throw new Error(`${name}: ${said}`); }
});
if (shots) {
  await page.emulateMedia({ colorScheme: "dark" });
  for (const name of ["news?open=0", "report", "output"]) { await go(page, at(name)); await page.waitForTimeout(4000); await shot(`dark-${name.slice(0, 4)}`); }
}
await step("end", async () => {
  await go(page, `${origin}/`);
  await page.click("[data-end]");
  await page.getByText("编刊台关了").waitFor();
});
await browser.close();
