import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { recompile } from "../../kernel/recompile";
import { root } from "../../kernel/root";

test("an edited source is compiled again, declarations included, and only that one", () => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), "recompile-"));
  onTestFinished(() => fs.rmSync(base, { recursive: true }));
  const config = JSON.parse(fs.readFileSync(path.join(root, "tsconfig.module.json"), "utf8"));
  config.compilerOptions.types = [];
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
    fs.writeFileSync(path.join(base, name), text);
  };
  const read = (name: string) => fs.readFileSync(path.join(base, "dist/src", name), "utf8");
  write("tsconfig.module.json", JSON.stringify(config));
  write("src/a.ts", "export const a = 1;\n");
  write("src/deep/b.ts", 'import { a } from "../a";\nexport const b = a + 1;\n');
  expect(recompile(base)).toBe(2);
  expect(recompile(base)).toBe(0);
  fs.writeFileSync(path.join(base, "dist/index.js"), "// both of them, joined by the build");
  const later = new Date(Date.now() + 5000);
  write("src/a.ts", "/** The answer. */\nexport const a: 42 = 42;\n");
  fs.utimesSync(path.join(base, "src/a.ts"), later, later);
  expect(recompile(base)).toBe(1);
  expect(read("a.js")).toContain("exports.a = 42");
  expect(read("../index.js")).toContain('require("./src/index.js")');
  expect(read("a.d.ts")).toContain("/** The answer. */\nexport declare const a: 42;");
  expect(fs.readdirSync(path.join(base, "dist/src")).sort()).toEqual(["a.d.ts", "a.js", "a.js.map", "deep"]);
});
