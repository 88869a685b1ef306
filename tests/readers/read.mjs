// Opens what the press made in a browser and says what is wrong, one fault a line; exit status 1 where there are any.
//
//   node read.mjs BROWSER WORK
//
// WORK/job.json: {"pages": [path…], "article": path of WeChat's article}. Nothing is fetched: all is under WORK.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const [executablePath, work] = process.argv.slice(2);
const job = JSON.parse(readFileSync(`${work}/job.json`, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const counted = { views: 0, rules: 0 };

// --- the markup ------------------------------------------------------------------------------

const markup = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Style, not faults: how void elements, doctypes and attributes are written; long lines.
    "doctype-style": "off", "void-style": "off", "no-trailing-whitespace": "off", "attr-quotes": "off",
    "long-title": "off", "no-inline-style": "off", "attribute-boolean-style": "off",
    // The press's own check of links knows where they lead; a site's pages ask for no integrity of their own files.
    "require-sri": "off",
  },
});
for (const page of job.pages) {
  const report = await markup.validateString(readFileSync(page, "utf8"));
  for (const one of report.results.flatMap((result) => result.messages))
    if (one.severity === 2) faults.push(`${page}:${one.line}:${one.column}: html-validate ${one.ruleId}: ${one.message}`);
}

// --- the pages -------------------------------------------------------------------------------

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
    for (const path of job.pages) {
      const page = await context.newPage();
      const at = `${path} ${width} ${colorScheme}`;
      page.on("console", (said) => said.type() === "error" && faults.push(`${at}: console: ${said.text()}`));
      page.on("pageerror", (error) => faults.push(`${at}: ${error.message}`));
      page.on("requestfailed", (asked) => faults.push(`${at}: not found: ${asked.url()}`));
      page.on("request", (asked) => /^https?:/.test(asked.url()) && faults.push(`${at}: asks for ${asked.url()}`));
      await page.goto(pathToFileURL(path).href);
      await page.evaluate(() => document.fonts.ready);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) faults.push(`${at}: ${wide} px too wide`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { preload: false, resultTypes: ["violations"] }));
      counted.rules = Math.max(counted.rules, found.passes.length + found.violations.length);
      for (const one of found.violations)
        if (["serious", "critical"].includes(one.impact))
          faults.push(`${at}: axe ${one.id} (${one.impact}): ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
      counted.views++;
      if (process.env.READERS_SHOTS)
        await page.screenshot({ path: `${process.env.READERS_SHOTS}/${path.slice(work.length + 1).replaceAll("/", "-")}-${width}-${colorScheme}.png`, fullPage: true });
      await page.close();
    }
    await context.close();
  }

// --- WeChat's editor -------------------------------------------------------------------------

// What its editor does to what is pasted, as far as is known: it keeps some elements, their styles but few others'
// properties, no classes, ids, scripts and data; pictures of other machines are lost.
const paste = (source) => {
  const kept = new Set("SECTION P SPAN STRONG EM SUP SUB BR IMG TABLE TBODY THEAD TR TD TH BLOCKQUOTE".split(" "));
  const lost = /(^|;)\s*(position|transform|animation|float|grid[\w-]*|z-index)\s*:[^;]*|[^;]*(var\(|url\()[^;]*/g;
  const box = document.getElementById("editor");
  const strip = (node) => {
    for (const child of [...node.children]) {
      strip(child);
      if (["SCRIPT", "STYLE", "LINK", "META", "IFRAME", "SVG"].includes(child.tagName.toUpperCase())) child.remove();
      else if (!kept.has(child.tagName)) child.replaceWith(...child.childNodes);
      else
        for (const { name, value } of [...child.attributes]) {
          if (name === "style") child.setAttribute("style", value.replace(lost, ""));
          else if (!["src", "alt", "colspan", "rowspan", "width", "height"].includes(name)) child.removeAttribute(name);
        }
    }
  };
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    const held = new DOMParser().parseFromString(event.clipboardData.getData("text/html"), "text/html").body;
    strip(held);
    box.append(...held.childNodes);
  });
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", source);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  const before = document.createElement("div");
  before.innerHTML = source;
  const words = (node) => node.textContent.replace(/\s+/g, "");
  const looks = (node) => [...node.querySelectorAll("[style]")].map((one) => one.getAttribute("style").replace(/\s/g, ""));
  return {
    words: [words(before), words(box)], looks: [looks(before), looks(box)],
    elements: [before.querySelectorAll("*").length, box.querySelectorAll("*").length],
    wide: box.scrollWidth - box.clientWidth,
    outside: [...box.querySelectorAll("img")].map((one) => one.getAttribute("src")).filter((src) => /^(https?:|data:)/.test(src)),
  };
};
const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
const editor = await context.newPage();
await editor.setContent('<!doctype html><meta charset="utf-8"><style>td{border:1px solid #ddd;padding:5px}</style><div id="editor" contenteditable="true"></div>');
const pasted = await editor.evaluate(paste, readFileSync(job.article, "utf8"));
if (pasted.words[0] !== pasted.words[1]) faults.push(`article: words are lost in pasting: ${pasted.words[0].length} → ${pasted.words[1].length}`);
if (pasted.words[0].length < 300) faults.push(`article: only ${pasted.words[0].length} characters`);
if (pasted.elements[0] !== pasted.elements[1]) faults.push(`article: ${pasted.elements[0] - pasted.elements[1]} elements are lost`);
pasted.looks[0].forEach((style, index) => style === pasted.looks[1][index] || faults.push(`article: a style is lost: ${style} → ${pasted.looks[1][index]}`));
if (pasted.wide > 0) faults.push(`article: ${pasted.wide} px too wide in the editor`);
for (const src of pasted.outside) faults.push(`article: a picture from outside: ${src.slice(0, 80)}`);
await browser.close();

for (const one of [...new Set(faults)]) console.log(one.replaceAll(`${work}/`, ""));
console.error(`${job.pages.length} pages, ${counted.views} views, ${counted.rules} rules of axe, ${pasted.words[0].length} characters pasted; ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
