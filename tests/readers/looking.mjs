// What the drivers say of the pages that they come to: axe, pages that are too wide, pictures of them; steps that fail.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Of one page: `fault` is told each in words, pictures go to the folder `shots` ("" for none).
export function looker(page, fault, shots) {
  return {
    async looked(name) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { preload: false, resultTypes: ["violations"] }));
      for (const one of violations) if (["serious", "critical"].includes(one.impact)) fault(`axe ${name}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 1) fault(`${name}: ${wide} px too wide`);
      if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
    },
    async step(name, work) {
      try { await work(); } catch (error) { fault(`${name}: ${error.message.split("\n").slice(0, 3).join(" ")}`); if (shots) await page.screenshot({ path: `${shots}/fault-${name}.png` }); }
    },
    async until(words, holds) {
      for (let tries = 0; tries < 200; tries++) { if (holds()) return; await page.waitForTimeout(50); }
      throw new Error(`${words}: the file is not as meant`);
    },
  };
}
