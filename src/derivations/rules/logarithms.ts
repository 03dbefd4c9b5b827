import {
  add,
  type Canon,
  call,
  coefficient,
  factorsOf,
  isNum,
  minusOne,
  mul,
  negative,
  one,
  pow,
  rational,
  zero,
} from "./canon";
import { type Feature, positive, type Scope } from "./scope";

export function rewriteLog(name: string, x: Canon, scope: Scope): Canon | undefined {
  const has = (feature: Feature): boolean => scope.features.has(feature);
  const log = (y: Canon): Canon => call(name, y);
  const ok = (...parts: readonly Canon[]): boolean => parts.every((part) => positive(part, scope));
  if ((has("log exp") || has("log quotient")) && isNum(x, 1n)) return zero;
  if (has("log exp")) {
    if (name === "log" && x.t === "call" && x.name === "exp") return x.args[0]!;
    if (name === "log" && x.t === "pow" && x.base.t === "call" && x.base.name === "exp")
      return mul(x.exp, x.base.args[0]!);
    if (name === "log2" && isNum(x, 2n)) return one;
    if (name === "log2" && x.t === "pow" && isNum(x.base, 2n)) return x.exp;
    if (name === "log2" && x.t === "num" && x.n === 1n && x.d === 2n) return minusOne;
  }
  if (has("log product")) {
    if (x.t === "mul" && ok(...x.items)) return add(...x.items.map(log));
    if (x.t === "bind" && x.name === "prod" && ok(x.args[0]!))
      return { ...x, name: "sum", args: [log(x.args[0]!)] };
  }
  if (has("log quotient")) {
    const factors = factorsOf(x).flatMap((part): Canon[] =>
      part.t === "num" && part.d !== 1n ? [rational(part.n), pow(rational(part.d), minusOne)] : [part],
    );
    const isBelow = (part: Canon): boolean =>
      part.t === "pow" && (part.exp.t === "num" || part.base.t !== "num") && coefficient(part.exp)[0].n < 0n;
    const below = factors
      .filter((part) => isBelow(part) || (part.t === "num" && part.d !== 1n))
      .map((part) =>
        part.t === "pow" ? pow(part.base, negative(part.exp)) : rational((part as { d: bigint }).d),
      );
    const above = factors.filter((part) => !isBelow(part) && !(part.t === "num" && part.d !== 1n));
    const top = mul(...above);
    const bottom = mul(...below);
    if (below.length > 0 && ok(top, bottom)) return add(log(top), negative(log(bottom)));
    const inverse = x.t === "num" && x.n === 1n && x.d > 1n;
    if (inverse) return negative(log(rational(x.d)));
  }
  if (has("log power") && x.t === "pow" && ok(x.base)) return mul(x.exp, log(x.base));
  return undefined;
}

/** An unknown function of which only this is known: it turns products, or sums, into sums. */
export function additive(name: string, x: Canon, scope: Scope): Canon | undefined {
  const entry = Object.entries(scope.context.derivation.unknown ?? {}).find(([head]) =>
    head.startsWith(`${name}(`),
  );
  if (entry?.[1].turns !== "* into +") return undefined;
  if (x.t === "mul") return add(...x.items.map((item) => call(name, item)));
  if (x.t === "bind" && x.name === "prod") return { ...x, name: "sum", args: [call(name, x.args[0]!)] };
  return undefined;
}
