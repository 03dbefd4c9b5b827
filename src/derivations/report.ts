import { type CheckOptions, checkSteps, type StepReport } from "./check";
import { contextOf } from "./context";
import { loadArithmetic } from "./decimal";
import { latexOf, reasonLatex, relationLatex } from "./latex";
import { type Rendered, richText } from "./render";
import type { Derivation } from "./types";

/** What a check found, step by step: a value that a notebook shows as a table. */
export type Report = Rendered & {
  readonly id: string;
  /** True when every step holds at every point, and each is explained. */
  readonly ok: boolean;
  readonly steps: readonly StepReport[];
};

/**
 * Checks a derivation: each line against the line above, at random points of the domain, for several K, with 64
 * digits. Agreement is overwhelming evidence, not proof. Steps `by: "argument"` are counted apart.
 *
 * Loads mathjs when it is first called.
 *
 * @param derivation - `D5`, for example
 * @param options - `seed` of the random points and their number for each size
 * @returns the report, to be shown or asked: `(await checkDerivation(D5)).ok`
 * @example (await checkDerivation(D5)).ok // true
 */
export async function checkDerivation(derivation: Derivation, options: CheckOptions = {}): Promise<Report> {
  const steps = checkSteps(derivation, await loadArithmetic(), options);
  const ok = steps.every((step) => step.ok && step.explanation !== "nothing");
  const shown = richText(markdown(derivation, steps), text(derivation, steps));
  return Object.assign(shown, { id: derivation.id, ok, steps });
}

const explanations: Readonly<Record<StepReport["explanation"], string>> = {
  normaliser: "rule",
  theorem: "theorem",
  sequence: "sequence",
  argument: "argument only, not machine-checked",
  nothing: "NO RULE EXPLAINS THIS LINE",
};

/** What carried a step, in words. */
export function carriedBy(step: StepReport): string {
  const carriers = [
    explanations[step.explanation],
    step.mathjs ? "mathjs" : "",
    step.ok ? "numbers" : "FALSE",
  ];
  return carriers.filter(Boolean).join(", ");
}

const worst = (step: StepReport): string =>
  step.discrepancy === null ? "" : step.discrepancy === 0 ? "0" : step.discrepancy.toExponential(0);

function summary(steps: readonly StepReport[]): string {
  const count = (test: (step: StepReport) => boolean): number => steps.filter(test).length;
  const bad = count((step) => !step.ok || step.explanation === "nothing");
  const largest = Math.max(0, ...steps.map((step) => step.discrepancy ?? 0));
  return [
    `${steps.length} steps, ${bad === 0 ? "all hold" : `${bad} DO NOT HOLD`}`,
    `${count((step) => step.explanation === "normaliser")} by a rule`,
    `${count((step) => step.explanation === "theorem")} by a theorem`,
    `${count((step) => step.explanation === "sequence")} by a sequence`,
    `${count((step) => step.explanation === "argument")} by argument only`,
    `${count((step) => step.mathjs)} also by mathjs`,
    `largest disagreement ${largest.toExponential(0)} at random points with 64 digits (strong evidence, not proof)`,
  ].join("; ");
}

/** The line's number, after the chain's where there are several: 2.3. */
function place({ chains }: Derivation, { chain, line }: StepReport): string {
  const at = chains.findIndex(({ name }) => name === chain) + 1;
  return chains.length > 1 ? `${at}.${line}` : String(line);
}

/** Small numbers that show a line to be false. */
function falseLine({ line, counterExample }: StepReport): string {
  if (!counterExample) return `Line ${line} is false.`;
  const values = Object.entries(counterExample.at).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  return `Line ${line} is false: at ${values.join(", ")} the line above is ${counterExample.above}, this line ${counterExample.here}.`;
}

function markdown(derivation: Derivation, steps: readonly StepReport[]): string {
  const context = contextOf(derivation);
  const rows = steps.map((report) => {
    const { step } = report;
    const formula = `${relationLatex(step.relation ?? "=")} ${latexOf(context.parse(step.expression), derivation)}`;
    return `| ${place(derivation, report)} | $${formula.replace(/\\\|/g, "\\Vert ").replace(/\|/g, "\\vert ")}$ | $${reasonLatex(step.by, undefined)}$ | ${carriedBy(report)} | ${worst(report)} |`;
  });
  return [
    `**${derivation.id}**: ${summary(steps)}.`,
    "",
    "| line | | reason | check | difference |",
    "|---:|:---|:---|:---|:---|",
    ...rows,
    ...steps.filter((step) => !step.ok).map((step) => `\n${falseLine(step)}`),
  ].join("\n");
}

function text(derivation: Derivation, steps: readonly StepReport[]): string {
  const lines = steps.map(
    (report) =>
      `  ${place(derivation, report).padStart(4)}  ${report.step.by.padEnd(20)}  ${carriedBy(report)}  ${worst(report)}`,
  );
  const wrong = steps.filter((step) => !step.ok).map((step) => `  ${falseLine(step)}`);
  return [`${derivation.id}: ${summary(steps)}`, ...lines, ...wrong].join("\n");
}
