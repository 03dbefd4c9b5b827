import type { RuleName } from "./rule-names";
import type { Tree } from "./tree";
import type { Derivation, Relation } from "./types";

const greek = new Set(
  "alpha beta gamma delta epsilon eta theta lambda mu nu pi rho sigma tau phi psi omega".split(" "),
);

const relations: Readonly<Record<Relation, string>> = {
  "=": "=",
  "<=": "\\le",
  ">=": "\\ge",
  "<": "<",
  ">": ">",
  "<=>": "\\iff",
  "=>": "\\implies",
  "->": "\\to",
};

/** How tightly an expression binds; a looser one inside a tighter place needs parentheses. */
const level = { equation: 0, sum: 1, product: 2, prefix: 3, power: 4, atom: 5 };

export const relationLatex = (relation: Relation): string => relations[relation];

const reasons: Partial<Record<RuleName, string>> = {
  "log x <= x - 1": "$\\log x \\le x - 1$",
  "Jensen, log concave": "Jensen: $\\log$ is concave",
  Gibbs: "Gibbs' inequality",
  ceiling: "$x \\le \\lceil x\\rceil < x + 1$",
};

/** The reason beside a line: the rule, and the author's words. */
export function reasonLatex(by: RuleName, note: string | undefined): string {
  if (by === "start") return note ? `\\text{${note}}` : "";
  const rule = reasons[by] ?? by;
  if (by === "argument") return `\\textit{argument: }\\text{${note ?? ""}}`;
  return `\\text{${rule}${note ? `: ${note}` : ""}}`;
}

/**
 * LaTeX of an expression. It is always generated from the tree that is checked, so that what is shown cannot differ
 * from what holds; names and functions may bring their own pattern.
 */
export function latexOf(tree: Tree, derivation: Pick<Derivation, "latex">): string {
  const patterns = derivation.latex ?? {};

  const name = (text: string): string => {
    const pattern = patterns[text];
    if (pattern !== undefined) return pattern;
    const [, letters = text, suffix = ""] = /^([A-Za-z]+?)_?(\d*)$/.exec(text) ?? [];
    const base = greek.has(letters)
      ? `\\${letters}`
      : letters.length === 1
        ? letters
        : `\\mathrm{${letters}}`;
    return suffix ? `${base}_{${suffix}}` : base;
  };

  const fill = (pattern: string, args: readonly string[]): string =>
    pattern.replace(/#(\d)/g, (_, at) => args[Number(at) - 1] ?? "");

  const subscript = (at: readonly Tree[]): string => {
    const shown = at.map((part) => draw(part, level.equation));
    return shown.every((part) => /^\\?[a-zA-Z0-9]+$/.test(part)) ? shown.join(" ") : shown.join(",");
  };

  const wrap = (inner: string, own: number, place: number): string =>
    own < place ? `\\left(${inner}\\right)` : inner;

  /** Log, sum and the like take what follows them: fine at the end of a product, not before another factor. */
  const endsOpen = (part: Tree): boolean =>
    (part.kind === "call" && ["log", "log2", "sum", "prod", "maxOver", "sumWhere"].includes(part.name)) ||
    (part.kind === "binary" && part.op === "*" && endsOpen(part.right)) ||
    (part.kind === "negate" && endsOpen(part.of));

  const operand = (part: Tree): string => {
    const plain =
      (part.kind === "binary" && part.op === "/") || (part.kind === "call" && part.name === "exp");
    const tight = plain ? level.power - 1 : level.atom;
    return draw(part, tight);
  };

  const called = (fn: string, args: readonly Tree[], place: number): string => {
    const pattern = patterns[fn];
    const arg = (at: number, inner = level.equation): string => draw(args[at]!, inner);
    if (pattern !== undefined)
      return fill(
        pattern,
        args.map((part) => draw(part, level.equation)),
      );
    switch (fn) {
      case "sum":
        return wrap(`\\sum_{${arg(0)}} ${arg(1, level.product)}`, level.product, place);
      case "sumWhere":
        return wrap(`\\sum_{${arg(0)}:\\,${arg(1)}} ${arg(2, level.product)}`, level.product, place);
      case "prod":
        return wrap(`\\prod_{${arg(0)}} ${arg(1, level.product)}`, level.product, place);
      case "maxOver":
        return wrap(`\\max_{${arg(0)}} ${arg(1, level.product)}`, level.product, place);
      case "log":
        return wrap(`\\log ${operand(args[0]!)}`, level.prefix, place);
      case "log2":
        return wrap(`\\log_2 ${operand(args[0]!)}`, level.prefix, place);
      case "exp":
        return wrap(`e^{${arg(0)}}`, level.power, place);
      case "sqrt":
        return `\\sqrt{${arg(0)}}`;
      case "abs":
        return `\\left|${arg(0)}\\right|`;
      case "ceil":
        return `\\left\\lceil ${arg(0)}\\right\\rceil`;
      case "max":
        return `\\max\\left(${arg(0)},\\, ${arg(1)}\\right)`;
      case "delta":
        return `\\delta_{${subscript(args)}}`;
      case "diff": {
        const by = arg(1);
        const body = args[0]!;
        const short =
          body.kind === "symbol" || body.kind === "index" || (body.kind === "call" && fn in patterns);
        return short
          ? `\\frac{\\partial ${arg(0)}}{\\partial ${by}}`
          : `\\frac{\\partial}{\\partial ${by}}\\left[${arg(0)}\\right]`;
      }
      case "expectNormal":
        return `\\operatorname{E}_{${arg(0)} \\sim \\mathcal{N}(${arg(1)},\\, ${draw(args[2]!, level.atom)}^2)}\\left[${arg(3)}\\right]`;
      default:
        return `${name(fn)}\\left(${args.map((part) => draw(part, level.equation)).join(",\\, ")}\\right)`;
    }
  };

  const product = (left: Tree, right: Tree): string => {
    const first = endsOpen(left) ? `\\left(${draw(left, level.equation)}\\right)` : draw(left, level.product);
    const second = draw(right, right.kind === "negate" ? level.atom : level.product);
    return `${first}${/^[\d]/.test(second) ? " \\cdot " : " \\, "}${second}`;
  };

  function draw(part: Tree, place: number): string {
    switch (part.kind) {
      case "number":
        return part.text;
      case "symbol":
        return name(part.name);
      case "index": {
        const pattern = patterns[part.name];
        if (pattern?.includes("#"))
          return fill(
            pattern,
            part.at.map((index) => draw(index, level.equation)),
          );
        return `${name(part.name)}_{${subscript(part.at)}}`;
      }
      case "call":
        return called(part.name, part.args, place);
      case "negate":
        return wrap(`-${draw(part.of, level.product)}`, level.sum, place);
      case "binary":
        break;
    }
    const { op, left, right } = part;
    switch (op) {
      case "+":
        return wrap(`${draw(left, level.sum)} + ${draw(right, level.sum)}`, level.sum, place);
      case "-":
        return wrap(`${draw(left, level.sum)} - ${draw(right, level.product)}`, level.sum, place);
      case "*":
        return wrap(product(left, right), level.product, place);
      case "/":
        // −a/b reads better than (−a)/b, and is the same.
        if (left.kind === "negate")
          return wrap(`-${draw({ ...part, left: left.of }, level.product)}`, level.sum, place);
        return wrap(
          `\\frac{${draw(left, level.equation)}}{${draw(right, level.equation)}}`,
          level.power - 1,
          place,
        );
      case "^":
        return wrap(`${draw(left, level.atom)}^{${draw(right, level.equation)}}`, level.power, place);
      case "==":
        return wrap(`${draw(left, level.sum)} = ${draw(right, level.sum)}`, level.equation, place);
      default:
        return `${draw(left, level.sum)} ${relationLatex(op)} ${draw(right, level.sum)}`;
    }
  }
  return draw(tree, level.equation);
}
