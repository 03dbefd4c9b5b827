import { type Context, contextOf } from "./context";
import { latexOf, reasonLatex, relationLatex } from "./latex";
import type { Chain, Derivation, Step } from "./types";

/** A value that a notebook shows as formulas and a terminal as text. */
export type Rendered = {
  readonly markdown: string;
  readonly text: string;
  toString(): string;
};

const jupyter = Symbol.for("Jupyter.display");
const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * A derivation with the reason at the right of each line: formulas in a notebook, aligned text in a terminal.
 *
 * The formulas are drawn from the very expressions that `checkDerivation` checks. Needs no library.
 *
 * @param derivation - `D5`, for example
 * @returns a value for the last line of a cell
 * @example render(D5).text.split(":")[0] // "D5"
 */
export function render(derivation: Derivation): Rendered {
  const context = contextOf(derivation);
  return richText(
    [
      `**${derivation.id} · ${derivation.title}.** ${derivation.statement}`,
      list("Assumptions", derivation.assumptions),
      ...derivation.chains.map((chain) => chainMarkdown(chain, context, derivation.chains.length > 1)),
    ]
      .filter(Boolean)
      .join("\n\n"),
    [
      `${derivation.id}: ${derivation.title}`,
      ...derivation.assumptions.map((line) => `  given: ${plain(line)}`),
      ...derivation.chains.map((chain) => chainText(chain, derivation.chains.length > 1)),
    ].join("\n"),
  );
}

/** Wraps Markdown and plain text as one value for notebooks and terminals. */
export function richText(markdown: string, text: string, html?: string): Rendered {
  const bundle = {
    ...(html === undefined ? { "text/markdown": markdown } : { "text/html": html }),
    "text/plain": text,
  };
  const value = { markdown, text, toString: () => text };
  Object.defineProperty(value, jupyter, { value: () => bundle });
  Object.defineProperty(value, inspect, { value: () => text });
  return value;
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? "" : `${title}: ${items.join("; ")}.`;

function chainMarkdown(chain: Chain, context: Context, titled: boolean): string {
  const body = `$$\n${chainLatex(chain.steps, context)}\n$$`;
  return titled ? `*${chain.name}*\n\n${body}` : body;
}

/** The lines of a chain as one aligned block. */
export function chainLatex(steps: readonly Step[], context: Context): string {
  const lines = steps.map((step, at) => {
    const formula = latexOf(context.parse(step.expression), context.derivation);
    const relation = at === 0 ? "" : `${relationLatex(step.relation ?? "=")}{}`;
    const reason = reasonLatex(step.by, step.note);
    return `${relation}& ${formula}${reason ? ` && ${reason}` : ""}`;
  });
  return `\\begin{aligned}\n${lines.join(" \\\\[0.4em]\n")}\n\\end{aligned}`;
}

function chainText(chain: Chain, titled: boolean): string {
  const width = Math.min(72, Math.max(...chain.steps.map((step) => step.expression.length)));
  const lines = chain.steps.map((step, at) => {
    const relation = at === 0 ? "" : (step.relation ?? "=");
    const reason = [step.by === "start" ? "" : step.by, plain(step.note ?? "")].filter(Boolean).join(": ");
    return `  ${relation.padStart(3)} ${step.expression.padEnd(width)}  ${reason && `[${reason}]`}`.trimEnd();
  });
  return [...(titled ? [`  ${chain.name}`] : []), ...lines].join("\n");
}

/** A note without its dollars. */
const plain = (note: string): string => note.replace(/\$/g, "");
