// node other_tools.mjs < texts.json: for each tool, the places [start, end, what] that it complains of in each text.
// Copied by other_tools.py into a folder where npm has installed the tools.
import fs from "node:fs";
const texts = JSON.parse(fs.readFileSync(0, "utf8"));
const out = {};
const offsets = (text) => { const at = [0]; for (let i = 0; i < text.length; i++) if (text[i] === "\n") at.push(i + 1); return at; };
{
  const { run } = (await import("zhlint")).default ?? (await import("zhlint"));
  const quiet = console.log; console.log = () => {};
  out.zhlint = texts.map((text) => { try { const r = run(text, { rules: { preset: "default" } });
    return (r.validations || []).map((v) => [v.index, v.index + Math.max(1, v.length ?? 1), v.message]); } catch (e) { return []; } });
  console.log = quiet;
}
{
  const m = await import("@lint-md/core"); const { lintMarkdown } = m.default ?? m;
  out["lint-md"] = texts.map((text) => { const at = offsets(text); const r = lintMarkdown(text, {}, false);
    return (r.lintResult || r || []).map((x) => [at[x.loc.start.line - 1] + x.loc.start.column - 1, at[x.loc.end.line - 1] + x.loc.end.column - 1, x.name || x.message]); });
}
{
  const { createLinter, loadTextlintrc } = await import("textlint");
  const linter = createLinter({ descriptor: await loadTextlintrc({ configFilePath: new URL("./.textlintrc.json", import.meta.url).pathname }) });
  out.textlint = [];
  for (const text of texts) { const r = await linter.lintText(text, "x.md"); out.textlint.push(r.messages.map((m) => [m.range[0], Math.max(m.range[1], m.range[0] + 1), m.ruleId])); }
}
process.stdout.write(JSON.stringify(out));
