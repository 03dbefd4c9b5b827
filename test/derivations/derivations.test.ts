import fs from "node:fs";
import path from "node:path";
import { checkDerivation, derivations, render } from "cross-entropy";
import katex from "katex";
import { describe, expect, test } from "vitest";

const folder = path.resolve(__dirname, "../../src/derivations");

describe.each(derivations.map((derivation) => [derivation.id, derivation] as const))(
  "%s",
  (id, derivation) => {
    test("holds at random points with 64 digits for several K, and each step is explained", async () => {
      const report = await checkDerivation(derivation, { seed: 1, points: 3, symbolic: false });
      expect(report.steps.filter((step) => !step.ok || step.explanation === "nothing")).toEqual([]);
      expect(report.ok).toBe(true);
      for (const step of report.steps) expect(step.discrepancy ?? 0).toBeLessThan(1e-40);
    });

    test("is drawn as LaTeX that KaTeX takes in its strict mode", () => {
      const { markdown, text } = render(derivation);
      const display = [...markdown.matchAll(/\$\$([\s\S]*?)\$\$/g)].map((match) => match[1]!);
      const inline = [...markdown.replace(/\$\$[\s\S]*?\$\$/g, "").matchAll(/\$([^$]+)\$/g)].map(
        (m) => m[1]!,
      );
      expect(display.length).toBe(derivation.chains.length);
      for (const formula of display) katex.renderToString(formula, { displayMode: true, strict: "error" });
      for (const formula of inline) katex.renderToString(formula, { strict: "error" });
      expect(text).toContain(id);
    });

    test("stands in the file that its slug names, and begins each chain with a start", () => {
      expect(fs.existsSync(path.join(folder, `${derivation.slug}.ts`))).toBe(true);
      for (const { steps } of derivation.chains)
        expect(steps.map((step) => step.by === "start")).toEqual(steps.map((_, at) => at === 0));
    });
  },
);

test("every derivation file is exported, and ids run without a gap", () => {
  const files = fs.readdirSync(folder).filter((file) => /^d\d\d-/.test(file));
  expect(derivations.map((derivation) => `${derivation.slug}.ts`)).toEqual(files.sort());
  expect(derivations.map((derivation) => derivation.id)).toEqual(derivations.map((_, at) => `D${at + 1}`));
});

test("nothing in src loads mathjs before a check runs", () => {
  for (const entry of fs.readdirSync(path.dirname(folder), { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".ts")) continue;
    const text = fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8");
    expect(text, entry.name).not.toMatch(/^import (?!type).*"mathjs"/m);
  }
});
