import { open } from "../context";
import { freeNames } from "../tree";
import {
  add,
  type Canon,
  call,
  children,
  coefficient,
  factorsOf,
  freshIndex,
  isNum,
  key,
  mentions,
  minusOne,
  mul,
  one,
  pow,
  powerOf,
  rebuild,
  same,
  termsOf,
} from "./canon";
import { differentiate } from "./differentiate";
import { additive, rewriteLog } from "./logarithms";
import {
  collect,
  combine,
  denominators,
  expand,
  expandPower,
  grows,
  powers,
  pushInside,
  sameIndex,
  signsOut,
} from "./products";
import type { Feature, Scope } from "./scope";
import { withCondition, withFactors } from "./sign";
import { rewriteBinder } from "./sums";

/** Applies a set of rewritings until nothing changes. */
export function normalise(c: Canon, scope: Scope): Canon {
  let now = c;
  let before = "";
  for (let round = 0; round < 12; round++) {
    const text = key(now);
    if (text === before) break;
    before = text;
    now = pass(now, scope);
  }
  return now;
}

export function pass(c: Canon, scope: Scope): Canon {
  const has = (feature: Feature): boolean => scope.features.has(feature);
  if (c.t === "call" && c.name === "diff" && has("differentiate"))
    return differentiate(c.args[0]!, c.args[1]!);
  if (c.t === "call" && c.name === "diff" && has("chain"))
    return chainRule(c.args[0]!, c.args[1]!, scope) ?? c;
  // Like factors first: (1 + x)²/(1 + x) must cancel before the square is multiplied out.
  const ready = c.t === "mul" && has("cancel") ? combine(c.items, scope) : c;
  const inner = descend(ready, scope);
  switch (inner.t) {
    case "add":
      return has("collect") ? collect(inner.items) : inner;
    case "mul": {
      const cancelled =
        has("cancel") || has("powers") || has("exp sum") ? combine(inner.items, scope) : inner;
      const whole = has("exchange") ? pushInside(cancelled) : has("pick") ? sameIndex(cancelled) : cancelled;
      return has("expand") ? expand(whole) : signsOut(whole);
    }
    case "pow":
      return has("expand") ? expandPower(powers(inner, scope)) : signsOut(powers(inner, scope));
    case "call":
      return rewriteCall(inner.name, inner.args, scope);
    case "bind":
      return rewriteBinder(inner, scope);
    default:
      return inner;
  }
}

/** Normalises the parts, telling each what it may assume where it stands. */
export function descend(c: Canon, scope: Scope): Canon {
  if (c.t === "bind" && c.name === "sumWhere") {
    const inner = { ...scope, known: withCondition(scope.known, c.args[0]!) };
    return rebuild(c, [c.args[0]!, pass(c.args[1]!, inner)]);
  }
  if (c.t === "mul") {
    const inner = { ...scope, known: withFactors(scope.known, c.items, scope.context) };
    return rebuild(
      c,
      c.items.map((part) => pass(part, inner)),
    );
  }
  return rebuild(
    c,
    children(c).map((part) => pass(part, scope)),
  );
}

export function rewriteCall(name: string, args: readonly Canon[], scope: Scope): Canon {
  const as = call(name, ...args);
  const x = scope.features.has("together") ? together(args[0]!, scope) : args[0]!;
  if (x !== args[0]) return call(name, x, ...args.slice(1));
  if (name === "delta" && same(x, args[1]!)) return one;
  if (name === "log" || name === "log2") return rewriteLog(name, x, scope) ?? as;
  if (name === "exp") {
    if (scope.features.has("log exp")) {
      if (isNum(x, 0n)) return one;
      const factors = factorsOf(x);
      const at = factors.findIndex((part) => part.t === "call" && part.name === "log");
      const log = factors[at];
      if (log?.t === "call") return pow(log.args[0]!, mul(...factors.filter((_, i) => i !== at)));
    }
    if (scope.features.has("exp sum")) {
      const terms = termsOf(x);
      const split = terms.map((term) => {
        const [number, rest] = coefficient(term);
        if (isNum(rest, 1n)) return call("exp", number);
        return number.d === 1n ? pow(call("exp", rest), number) : call("exp", term);
      });
      return terms.length === 0 ? one : mul(...split);
    }
  }
  const turns = scope.context.derivation.unknown;
  if (turns && scope.features.has("additive")) return additive(name, x, scope) ?? as;
  return as;
}

/** A sum of fractions as one fraction, inside a logarithm or an exponential. */
export function together(c: Canon, scope: Scope): Canon {
  const below = denominators(c);
  if (c.t !== "add" || below.length === 0) return c;
  let top = termsOf(normalise(add(...termsOf(c).map((term) => mul(term, ...below))), scope));
  let bottom: Canon = mul(...below);
  // A factor common to all terms and to the denominator goes.
  for (const [base] of below.map(powerOf)) {
    while (
      [...top, bottom].every((term) =>
        factorsOf(term).some((part) => same(powerOf(part)[0], base) && grows(part)),
      )
    ) {
      const less = (term: Canon): Canon => combine([...factorsOf(term), pow(base, minusOne)], scope);
      top = top.map(less);
      bottom = less(bottom);
    }
  }
  return mul(add(...top), pow(bottom, minusOne));
}

/** ∂f/∂z through a defined vector u that f mentions: Σⱼ (∂f/∂uⱼ)(∂uⱼ/∂z), with ∂uⱼ/∂z left as it is. */
export function chainRule(f: Canon, variable: Canon, scope: Scope): Canon | undefined {
  const through = [...scope.context.definitions.values()].find(
    ({ name, params, body, isFunction }) =>
      !isFunction &&
      params.length === 1 &&
      mentions(f, name) &&
      variable.t === "name" &&
      freeNames(open(body, scope.context.definitions)).has(variable.name),
  );
  if (!through || f.t === "name") return undefined;
  const range = scope.context.range(through.params[0]!);
  const index = freshIndex("j", [f, variable]);
  const u: Canon = { t: "name", name: through.name, at: [{ t: "name", name: index, at: [] }] };
  const features = new Set<Feature>(["pick", "linear", "expand", "collect", "cancel"]);
  const outer = normalise(differentiate(f, u), { ...scope, features });
  return { t: "bind", name: "sum", index, range, args: [mul(outer, call("diff", u, variable))] };
}
