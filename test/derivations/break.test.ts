import { breakControl, breakStep, D5, D13, derivations, studyLeaps, studyMutants } from "cross-entropy";
import katex from "katex";
import { describe, expect, test } from "vitest";

const jupyter = Symbol.for("Jupyter.display");
const bundle = (value: object): Record<string, string> =>
  (value as Record<symbol, () => Record<string, string>>)[jupyter]!();

test("breakStep() names the first false line and shows numbers that a person can check", async () => {
  const broken = await breakStep(D5, 6, "H(q) + KL(p, q)");
  expect(broken.firstFalse).toBe(6);
  const { at, above, here } = broken.counterExample!;
  expect(Object.keys(at)).toEqual(["p", "q"]);
  const { p, q } = at as { p: number[]; q: number[] };
  expect(p.length).toBe(2);
  const entropy = (x: number[]): number => -x.reduce((sum, xi) => sum + (xi > 0 ? xi * Math.log(xi) : 0), 0);
  const cross = -p.reduce((sum, pi, i) => sum + (pi > 0 ? pi * Math.log(q[i]!) : 0), 0);
  expect(cross).toBeCloseTo(Number(above), 4);
  expect(entropy(q) + cross - entropy(p)).toBeCloseTo(Number(here), 4);
});

test("breakStep() finds the line after, when the replaced one is itself true", async () => {
  const broken = await breakStep(D5, 3, "CE(p, q)");
  expect(broken.firstFalse).toBeUndefined();
  expect(broken.unexplained).toBe(true);
});

test("breakStep() refuses a line that does not exist", async () => {
  await expect(breakStep(D5, 99, "0")).rejects.toThrow(
    "breakStep: line must be one of a chain of D5, from 2, got 99",
  );
});

test("breakControl() is plain HTML: details to open, no script, formulas that KaTeX takes", async () => {
  const html = bundle(await breakControl(D13))["text/html"]!;
  expect(html).toContain("<details");
  expect(html).not.toMatch(/<script|onclick|javascript:/);
  expect(html).toContain("Wrong classes also get a gradient");
  const plain = (text: string): string =>
    text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const formulas = [...html.matchAll(/\$([^$]+)\$/g)].map((match) => plain(match[1]!));
  expect(formulas.length).toBeGreaterThan(50);
  for (const formula of formulas) katex.renderToString(formula, { strict: "error" });
});

describe("misconceptions", () => {
  const all = derivations.flatMap((derivation) =>
    (derivation.misconceptions ?? []).map(
      (wrong) => [derivation.id, wrong.expression, derivation, wrong] as const,
    ),
  );
  test.each(all)("%s: %s is false", async (_id, expression, derivation, { line, chain }) => {
    const broken = await breakStep(derivation, line, expression, chain === undefined ? {} : { chain });
    expect(broken.firstFalse).toBeDefined();
  });
});

test("mistakes: at least three for each step of D5 and D13, all refused or known to be equivalent", async () => {
  for (const derivation of [D5, D13]) {
    const { mutants } = await studyMutants(derivation, 1, 2);
    for (const [chain, { steps }] of derivation.chains.entries())
      for (let line = 2; line <= steps.length; line++)
        expect(mutants.filter((m) => m.chain === chain && m.line === line).length).toBeGreaterThanOrEqual(3);
    const accepted = mutants.filter((mutant) => !mutant.refuted && mutant.explained);
    expect(accepted.length / mutants.length).toBeLessThan(0.05);
  }
});

test("leaps: most lines that skip the work are explained by no rule", async () => {
  const leaps = await studyLeaps(D5);
  expect(leaps.length).toBeGreaterThan(5);
  expect(leaps.filter((leap) => leap.explainedBy.length > 0)).toEqual([]);
});
