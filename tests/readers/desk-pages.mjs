// Every page of the desk before axe, in two sizes and in the dark; and the parts that desk.mjs does not go through.
// Arguments: the browser, the address with its key, the workspace, a folder for pictures of the pages ("" for none).
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { arrived, go as going, leaves } from "./going.mjs";
import { looker } from "./looking.mjs";

const [, , executablePath, address, root, shots] = process.argv;
const fault = (words) => console.log(`desk: ${words}`);
const text = (name) => readFileSync(`${root}/${name}`, "utf8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions: ["clipboard-read", "clipboard-write"], bypassCSP: true });
const page = await context.newPage();
page.setDefaultTimeout(9000);
leaves(page);
page.on("pageerror", (error) => fault(`console: ${error.message}`));
await going(page, address);
const { origin } = new URL(address);
const go = (path) => going(page, origin + path);

const { looked, step, until } = looker(page, fault, shots);

const PAGES = [["shelf", "/"], ["editor", "/issue/2022-08/news?open=0"], ["head", "/issue/2022-08/head"], ["report", "/issue/2022-08/report"], ["kept", "/issue/2022-08/kept"], ["history", "/issue/2022-08/history"], ["output", "/issue/2022-08/output"], ["settings", "/settings"], ["members", "/members?open=pactera"], ["themes", "/themes"], ["mail", "/mail"], ["series", "/series"], ["batch", "/batch"], ["bin", "/bin"]];
for (const [width, height, scheme] of [[1366, 768, "light"], [820, 1180, "light"], [1024, 768, "light"], [1600, 900, "dark"]]) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  for (const [name, path] of PAGES) { await go(path); await page.waitForTimeout(name === "shelf" ? 1500 : 700); await looked(`${name}-${width}`); }
}
await page.setViewportSize({ width: 1366, height: 768 });
await page.emulateMedia({ colorScheme: "light" });

await step("mail", async () => {
  const own = () => { try { return readFileSync(`${root}/../config/desk-pages.toml`, "utf8"); } catch { return ""; } };
  await go("/mail");
  await page.waitForSelector("#light .words");
  const into = (key, words) => page.fill(`.field[data-path*='"${key}"'] input`, words);
  await into("server", "smtp.example.org");
  await page.keyboard.press("Tab");
  await until("a server", () => own().includes('server = "smtp.example.org"'));
  await page.waitForSelector(".hint.err >> text=还没有写发件人的邮箱");
  await into("sender", "tongxun@example.org");
  await into("password", "shou-quan-ma");
  await page.keyboard.press("Tab");
  await until("a password", () => own().includes('password = "shou-quan-ma"') && own().includes('sender = "tongxun@example.org"'));
  await page.waitForSelector("#light .words >> text=没有错误");
  await page.reload();
  if ((await page.content()).includes("shou-quan-ma") || await page.inputValue(".field[data-kind=secret] input")) throw new Error("the password is shown");
  await page.click("[data-drop-secret]");
  await until("no password", () => !own().includes("shou-quan-ma"));
  await page.locator("[data-drop-secret]").waitFor({ state: "detached" });
});
await step("ranking", async () => {
  const before = text("2022-08/issue.toml");
  await go("/issue/2022-08/report");
  await page.waitForSelector("#written p:not(.hint)", { timeout: 60000 });
  const cells = page.locator(".ranking td[data-part=name]");
  await cells.last().focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("美国");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1200.5");
  await page.keyboard.press("Enter");
  await until("a place", () => text("2022-08/issue.toml").includes('["美国", 1200.5]'));
  await page.waitForFunction(() => document.getElementById("written").textContent.includes("美国"));
  await page.locator(".figures td[data-part=growth]").first().focus();
  await page.keyboard.press("Delete");
  await until("deleted", () => /\ntotal = 442826\.44\b/.test(text("2022-08/issue.toml")));
  await page.keyboard.press("F1");
  await looked("keys");
  await page.keyboard.press("Escape");
  for (let times = 0; times < 6 && text("2022-08/issue.toml") !== before; times++) { await page.locator("[data-step=undo]").click(); await page.waitForTimeout(700); }
  await until("undone", () => text("2022-08/issue.toml") === before);
});
await step("history", async () => {
  await go("/issue/2022-08/history");
  await page.waitForSelector(".changes li, #past-changes .hint");
  await page.locator("[data-kept]").last().click();
  await page.locator("[data-with=now]").click();
  await page.waitForSelector("#past-changes summary");
});
await step("copies", async () => {
  await go("/");
  await page.click("[data-special]");
  await arrived(page, /special-1\/head/);
  await go("/");
  await page.locator("[data-copy='2022-08']").click();
  await page.locator("dialog input").fill("2022-10");
  await looked("copy");
  await page.locator("dialog [data-done]").click();
  await arrived(page, /2022-10\/head/);
  if (!text("2022-10/issue.toml").includes("中国加入DEPA工作组成立")) throw new Error("the copy is empty");
});
await step("settings", async () => {
  const before = text("publication.toml");
  await go("/settings");
  await page.locator("[data-path='[\"publication\", \"phone\"]'] input").fill("0411-12345678");
  await page.keyboard.press("Tab");
  await until("a phone", () => text("publication.toml").includes('phone = "0411-12345678"'));
  if (text("publication.toml").split("\n").filter((line) => !before.split("\n").includes(line)).length !== 1) throw new Error("more than a line changed");
  await page.locator("[data-path='[\"site\", \"address\"]'] input").fill("不是网址");
  await page.keyboard.press("Tab");
  await page.waitForSelector(".hint.err");
  await page.locator("[data-path='[\"site\", \"address\"]'] input").fill("");
  await page.keyboard.press("Tab");
  await until("no address", () => !text("publication.toml").includes("不是网址"));
});
await step("members", async () => {
  await go("/members");
  await page.click("[data-add-member]");
  await page.locator("dialog input").first().fill("新会员公司");
  await page.locator("dialog input").nth(1).fill("xin-hui-yuan");
  await page.keyboard.press("Control+Enter");
  await until("a member", () => text("members.toml").includes('[xin-hui-yuan]\nname = "新会员公司"'));
  await arrived(page, /open=xin-hui-yuan/);
});
await step("presence", async () => {
  const other = await context.newPage();
  await other.goto(`${origin}/issue/2022-08/policy`, { waitUntil: "domcontentloaded" });
  await other.waitForTimeout(800);
  await go("/issue/2022-08/news");
  await page.locator("#others", { hasText: "最新政策" }).waitFor();
  await other.close();
});
await step("end", async () => { await go("/"); await page.click("[data-end]"); await page.getByText("编刊台关了").waitFor(); });
await browser.close();
