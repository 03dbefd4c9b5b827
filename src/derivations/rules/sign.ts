import { type Context, open } from "../context";
import type { Domain } from "../types";
import { type Canon, canonOf, coefficient, factorsOf, isNum, key } from "./canon";

/** What is known of a sign: positive, nonnegative, or nothing. */
export type Sign = "positive" | "nonnegative" | "unknown";

/** Facts about signs that hold where an expression stands: keys of what is positive there. */
export type Known = ReadonlySet<string>;

const ofDomain = (domain: Domain): Sign => {
  switch (domain.is) {
    case "distribution":
      return domain.zeros ? "nonnegative" : "positive";
    case "joint":
    case "conditional":
    case "stationary":
    case "positive":
    case "unit":
    case "codeLengths":
    case "label":
    case "labels":
      return "positive";
    case "integer":
      return domain.from > 0 ? "positive" : domain.from === 0 ? "nonnegative" : "unknown";
    case "real":
      return "unknown";
  }
};

/** The sign of an expression as far as domains and conditions decide it. Definitions must be open already. */
export function signOf(c: Canon, context: Context, known: Known): Sign {
  const of = (part: Canon): Sign => signOf(part, context, known);
  if (known.has(key(c))) return "positive";
  switch (c.t) {
    case "num":
      return c.n > 0n ? "positive" : c.n === 0n ? "nonnegative" : "unknown";
    case "name": {
      const domain = context.derivation.symbols[c.name];
      if (domain) return ofDomain(domain);
      const defined = context.definitions.get(c.name);
      if (defined && !defined.isFunction)
        return signOf(canonOf(open(defined.body, context.definitions), context), context, known);
      return c.at.length === 0 && (isSize(c.name, context) || c.name === "pi") ? "positive" : "unknown";
    }
    case "call":
      if (c.name === "exp") return "positive";
      return c.name === "abs" || c.name === "delta" ? "nonnegative" : "unknown";
    case "bind":
      if (c.name === "sum" || c.name === "prod" || c.name === "expectNormal") return of(c.args.at(-1)!);
      if (c.name === "sumWhere") {
        const sign = signOf(c.args[1]!, context, withCondition(known, c.args[0]!));
        return sign === "positive" ? "nonnegative" : sign;
      }
      return c.name === "maxOver" ? of(c.args[0]!) : "unknown";
    case "pow": {
      if (isNum(c.exp) && c.exp.d === 1n && c.exp.n % 2n === 0n && c.exp.n > 0n && of(c.base) === "unknown")
        return "nonnegative";
      return of(c.base);
    }
    case "mul": {
      const signs = c.items.map(of);
      if (signs.includes("unknown")) return "unknown";
      return signs.includes("nonnegative") ? "nonnegative" : "positive";
    }
    case "add":
      return sumSign(c.items, context, of);
    case "compare":
      return "unknown";
  }
}

const isSize = (name: string, context: Context): boolean =>
  name === "K" || Object.hasOwn(context.derivation.sizes ?? {}, name);

function sumSign(items: readonly Canon[], context: Context, of: (part: Canon) => Sign): Sign {
  const signs = items.map(of);
  if (!signs.includes("unknown")) return signs.includes("positive") ? "positive" : "nonnegative";
  // 1 − c·u with u in (0, 1/c), and the same with a product of such.
  const [constant] = items.filter((item) => isNum(item, 1n));
  const rest = items.filter((item) => item !== constant);
  if (constant && rest.length === 1) {
    const [number, product] = coefficient(rest[0]!);
    const largest = factorsOf(product).reduce((total, part) => total * upperEnd(part, context), 1);
    if (number.n < 0n && (-Number(number.n) / Number(number.d)) * largest <= 1) return "positive";
  }
  return "unknown";
}

/** The number below which a probability-like factor stays. */
function upperEnd(c: Canon, context: Context): number {
  const domain = c.t === "name" ? context.derivation.symbols[c.name] : undefined;
  if (domain?.is === "unit") return domain.below ?? 1;
  return domain?.is === "distribution" && domain.zeros !== true ? 1 : Number.POSITIVE_INFINITY;
}

/** Inside a sum over `p[i] > 0`, p[i] is positive. */
export function withCondition(known: Known, condition: Canon): Known {
  if (condition.t !== "compare" || condition.op !== ">" || !isNum(condition.right, 0n)) return known;
  return new Set([...known, key(condition.left)]);
}

/** Beside a factor p[i] that may be zero, p[i] may be taken as positive: where it is zero the term is zero. */
export function withFactors(known: Known, factors: readonly Canon[], context: Context): Known {
  const weights = factors.filter(
    (part) => part.t === "name" && part.at.length > 0 && signOf(part, context, known) === "nonnegative",
  );
  return weights.length === 0 ? known : new Set([...known, ...weights.map((part) => key(part))]);
}
