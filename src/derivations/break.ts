import { type CounterExample, checkStep, samplePoints } from "./check";
import { contextOf } from "./context";
import { type Arithmetic, loadArithmetic } from "./decimal";
import { evaluator } from "./evaluate";
import { latexOf, relationLatex } from "./latex";
import { chainLatex, type Rendered, richText } from "./render";
import { explain, inChain, ruleScope } from "./rules/explain";
import type { Derivation, Step } from "./types";
import { wrongForms } from "./wrong-forms";

/** A derivation with one line replaced, and what that does. */
export type Break = {
  readonly chain: string;
  /** The line that was replaced, from 1. */
  readonly line: number;
  readonly wrong: Step;
  /** The first line that is false now; undefined when every line is still true. */
  readonly firstFalse?: number;
  readonly counterExample?: CounterExample;
  /** True when the replaced line is true but no longer explained by its reason. */
  readonly unexplained: boolean;
  readonly says?: string;
};

type Where = { readonly chain?: number; readonly seed?: number };

/**
 * Replaces one line by another and finds the first line that becomes false, with small numbers that show it.
 *
 * @param derivation - `D5`, for example
 * @param line - the line to replace, counted from 1 (the start) in its chain
 * @param wrong - the expression to put there
 * @param where - which chain, counted from 0
 * @example (await breakStep(D5, 6, "H(q) + KL(p, q)")).firstFalse // 6
 */
export async function breakStep(
  derivation: Derivation,
  line: number,
  wrong: string,
  where: Where = {},
): Promise<Break & Rendered> {
  const found = breaksOf(derivation, await loadArithmetic(), where.seed)(where.chain ?? 0, line, wrong);
  return Object.assign(richText(breakMarkdown(derivation, found, where.chain ?? 0), breakText(found)), found);
}

/**
 * A control for the notebook: every line with wrong forms to choose from, each showing its first false line and a
 * counter-example. Everything is computed beforehand; opening and closing is plain HTML, without a kernel.
 *
 * @param derivation - `D5`, for example
 * @example (await breakControl(D5)).text.includes("The divergence is turned round.") // true
 */
export async function breakControl(
  derivation: Derivation,
  options: { readonly seed?: number } = {},
): Promise<Rendered> {
  const arithmetic = await loadArithmetic();
  const breaking = breaksOf(derivation, arithmetic, options.seed);
  const choices = choicesOf(derivation, arithmetic);
  const found = choices.flatMap(({ chain, line, expression, says }) => {
    const result = breaking(chain, line, expression);
    return result.firstFalse === undefined ? [] : [{ at: chain, ...result, ...(says ? { says } : {}) }];
  });
  return richText("", found.map(breakText).join("\n\n"), controlHtml(derivation, found));
}

/** The author's misconceptions first, then mechanical mistakes, at most three for a line. */
function choicesOf(derivation: Derivation, arithmetic: Arithmetic) {
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const scope = ruleScope(context, evaluate, samplePoints(context, arithmetic, { points: 2 }));
  return derivation.chains.flatMap((chain, at) =>
    chain.steps.flatMap((step, i) => {
      if (i === 0) return [];
      const known = (derivation.misconceptions ?? []).filter(
        (m) => (m.chain ?? 0) === at && m.line === i + 1,
      );
      const forms = wrongForms(step, scope);
      const operators = [...new Set(forms.map(({ operator }) => operator))];
      const mechanical = operators.flatMap((operator) =>
        forms.filter((form) => form.operator === operator).slice(0, 1),
      );
      const rest = mechanical
        .filter(({ operator }) => operator !== "reverse")
        .map(({ step: wrong }) => ({ expression: wrong.expression, says: undefined }));
      return [...known, ...rest]
        .slice(0, 3)
        .map(({ expression, says }) => ({ chain: at, line: i + 1, expression, says }));
    }),
  );
}

function breaksOf(derivation: Derivation, arithmetic: Arithmetic, seed = 1) {
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const points = samplePoints(context, arithmetic, { seed, points: 6 });
  const scope = ruleScope(context, evaluate, points);
  return (at: number, line: number, expression: string): Break => {
    const chain = derivation.chains[at];
    const original = chain?.steps[line - 1];
    if (!chain || !original || line < 2)
      throw new RangeError(`breakStep: line must be one of a chain of ${derivation.id}, from 2, got ${line}`);
    const wrong: Step = { ...original, expression };
    const steps = chain.steps.map((step, i) => (i === line - 1 ? wrong : step));
    const base = { chain: chain.name, line, wrong };
    for (const i of [line - 1, line]) {
      const step = steps[i];
      if (!step) continue;
      const verdict = checkStep(steps[i - 1]!, step, chain, points, context, evaluate, arithmetic);
      if (!verdict.ok)
        return {
          ...base,
          firstFalse: i + 1,
          unexplained: false,
          ...(verdict.counterExample ? { counterExample: verdict.counterExample } : {}),
        };
    }
    return {
      ...base,
      unexplained: explain(steps[line - 2]!, wrong, inChain(scope, derivation.chains, at)) === "nothing",
    };
  };
}

const verdict = (found: Break): string =>
  found.firstFalse !== undefined
    ? `Line ${found.firstFalse} is the first false line.`
    : found.unexplained
      ? "Every line is still true, but no rule explains this one."
      : "Every line is still true and explained: the two forms are equivalent.";

/** The values that occur in the two lines, shortest first: `K = 2, p = [0.3, 0.7]`. */
function numbersOf(found: Break): string {
  if (!found.counterExample) return "";
  const { at, above, here } = found.counterExample;
  const values = Object.entries(at).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const where = values.length > 0 ? `At ${values.join(", ")}` : "Everywhere";
  return `${where}: the line above is ${above}, this line is ${here}.`;
}

const breakText = (found: Break): string =>
  [
    `${found.chain}, line ${found.line}: ${found.wrong.expression}`,
    verdict(found),
    numbersOf(found),
    found.says,
  ]
    .filter(Boolean)
    .join("\n  ");

function breakMarkdown(derivation: Derivation, found: Break, at: number): string {
  const context = contextOf(derivation);
  const steps = derivation.chains[at]!.steps;
  const shown = [...steps.slice(0, found.line - 1), { ...found.wrong, note: "REPLACED" }];
  return [
    `**${derivation.id}, line ${found.line} replaced.**`,
    `$$\n${chainLatex(shown, context)}\n$$`,
    verdict(found),
    numbersOf(found),
  ].join("\n\n");
}

const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function controlHtml(derivation: Derivation, found: readonly (Break & { at: number })[]): string {
  const context = contextOf(derivation);
  const formula = (expression: string): string => {
    const latex = latexOf(context.parse(expression), derivation);
    return `$${escapeHtml(latex)}$`;
  };
  const choice = (one: Break): string => {
    const relation = escapeHtml(relationLatex(one.wrong.relation ?? "="));
    const numbers = escapeHtml(numbersOf(one));
    const says = one.says ? `<p><em>${escapeHtml(one.says)}</em></p>` : "";
    return `<details><summary>write $${relation}$ ${formula(one.wrong.expression)}</summary><p><strong>${verdict(one)}</strong> ${numbers}</p>${says}</details>`;
  };
  const chains = derivation.chains.map((chain, at) => {
    const lines = chain.steps.map((step, i) => {
      const own = found.filter((one) => one.at === at && one.line === i + 1);
      const relation = i === 0 ? "" : `$${escapeHtml(relationLatex(step.relation ?? "="))}$ `;
      const reason = i === 0 ? "" : ` <small>${escapeHtml(step.by)}</small>`;
      const line = `${relation}${formula(step.expression)}${reason}`;
      if (own.length === 0) return `<p>${i + 1}. ${line}</p>`;
      return `<details name="${derivation.id}-${at}"><summary>${i + 1}. ${line}</summary><div style="margin-left:2em">Break this step:${own.map(choice).join("")}</div></details>`;
    });
    return `<p><strong>${escapeHtml(chain.name)}</strong></p>${lines.join("")}`;
  });
  return `<div><p>${derivation.id}: open a line, choose something wrong, and see what becomes false.</p>${chains.join("")}</div>`;
}
