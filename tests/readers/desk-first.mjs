// Somebody's first quarter of an hour: an empty folder, the questions, a piece of news pasted, the findings, the PDF.
// Arguments: the browser, the address with its key, the empty folder, a folder for pictures of the pages ("" for none).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { arrived, go as going, leaves } from "./going.mjs";
import { looker } from "./looking.mjs";

const [, , executablePath, address, root, shots] = process.argv;
const fault = (words) => console.log(`desk: first: ${words}`);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true })).newPage();
page.setDefaultTimeout(15000);
leaves(page);
page.on("pageerror", (error) => fault(`console: ${error.message}`));
await going(page, address);
const { origin } = new URL(address);

const { looked, step, until } = looker(page, fault, shots);

await step("page", async () => {
  for (const [width, height, colorScheme] of [[1366, 768, "light"], [820, 1180, "light"], [1024, 768, "light"], [1600, 900, "dark"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator("#first").waitFor();
    await looked(`first-${width}`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.emulateMedia({ colorScheme: "light" });
});
let issue = "";
const written = () => readFileSync(`${root}/${issue}/issue.toml`, "utf8");
await step("questions", async () => {
  await page.locator("[name=name]").fill("滨海茶业");
  if (await page.textContent("#first-name") !== "滨海茶业") throw new Error("the masthead does not follow");
  await page.locator("[name=organiser]").fill("滨海市茶业协会");
  await page.selectOption("[name=report]", "none");
  if (await page.locator("[data-region]").isVisible()) throw new Error("a region is asked for without a report");
  await page.keyboard.press("Enter");
  await page.click("#first .primary", { timeout: 2000 }).catch(() => {});
  await arrived(page, /\/issue\/[^/]+\/head/);
  issue = new URL(page.url()).pathname.split("/")[2];
  const publication = readFileSync(`${root}/publication.toml`, "utf8");
  for (const words of ["滨海茶业", "滨海市茶业协会"]) if (!publication.includes(words)) throw new Error(`${words} is not written`);
  await looked("first-head");
});
await step("news", async () => {
  await going(page, `${origin}/issue/${issue}/news?open=0`);
  const title = page.locator(".card.open [data-path$='\"title\"]'] input, .card.open [data-path$='\"title\"]'] textarea").first();
  await title.fill("协会召开春茶产销坐谈会");
  const body = page.locator(".card.open .cm-content").first();
  await page.locator(".card.open [data-path$='\"source\"]'] input").first().fill("滨海市茶业协会");
  await body.click();
  await page.keyboard.press("Control+A");
  await body.evaluate((one) => {
    const data = new DataTransfer();
    data.setData("text/html", "<p class=MsoNormal>4月12日，协会召开座谈会,三十家企业参加<span style='mso-spacerun:yes'>。</span></p><p>会上<b>发布</b>了产销指数。</p>");
    data.setData("text/plain", "4月12日，协会召开座谈会,三十家企业参加。\n会上发布了产销指数。");
    one.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await until("what was pasted", () => written().includes("会上**发布**了产销指数。") && written().includes("坐谈会"));
  await page.click("#light");
  // One fault, one finding: the word in the title, the comma in the body.
  for (const [rule, times] of [["“坐谈会”", 1], ["半角", 1]]) {
    await page.locator("#found .finding", { hasText: rule }).first().waitFor();
    const count = await page.locator("#found .finding", { hasText: rule }).count();
    if (count !== times) throw new Error(`${rule} is told ${count} times`);
  }
  await looked("first-news");
});
await step("name", async () => { if (!(await page.textContent('.rail [data-open="0"] .t')).includes("春茶产销坐谈会")) throw new Error("the rail has the old title"); });
await step("output", async () => {
  await going(page, `${origin}/issue/${issue}/output`);
  await looked("first-output");
  // What is still to be filled in is said before anybody presses the button in vain.
  await page.locator("#blocked", { hasText: /没有填.*改好才出正式的/ }).waitFor();
  await page.locator("[data-make]").first().click();
  await page.locator("#blocked button").click();
  await page.locator("#blocked", { hasText: "再按一次" }).waitFor();
  await page.locator("[data-make]").first().click();
  await page.locator("[data-outlet=pdf] .state", { hasText: /已生成.*页/ }).waitFor({ timeout: 60000 });
  if (readFileSync(`${root}/${issue}/out/${issue}.pdf`).subarray(0, 5).toString() !== "%PDF-") throw new Error("no PDF");
});
await step("end", async () => { await going(page, `${origin}/`); await page.locator("[data-end]").waitFor(); await looked("first-shelf"); await page.click("[data-end]"); await page.getByText("编刊台关了").waitFor(); });
if (issue && !existsSync(`${root}/${issue}/issue.toml`)) fault(`nothing is left: ${readdirSync(root)}`);
await browser.close();
