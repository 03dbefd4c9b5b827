import { type Context, type Equations, open } from "./context";
import type { Arithmetic, Decimal } from "./decimal";
import { dualArithmetic, type Num, real, split } from "./dual";
import { parts, type Tree } from "./tree";

/** A value of a symbol: a number, a vector or a matrix of numbers. Labels are whole numbers from 1. */
export type Value = Num | readonly Value[];

/** Where an expression is evaluated: the sizes and the values of the symbols. */
export type Point = {
  readonly sizes: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Value>>;
};

export type Evaluate = {
  /** The value of an expression. */
  (tree: Tree, point: Point): Decimal;
  /** The same point with further symbols set from equations, `q[i] = p[i]` entry by entry. */
  readonly assign: (point: Point, equations: Equations) => Point;
};

/** Points per standard deviation and reach of the trapezoid rule, exact to 60 digits for a smooth times a Gaussian. */
const gaussianGrid = { perSigma: 3, reach: 18 };

/** An evaluator at 64 digits. `diff` is computed with dual numbers, independently of the rule `differentiate`. */
export function evaluator(context: Context, arithmetic: Arithmetic): Evaluate {
  const num = dualArithmetic(arithmetic);
  const two = arithmetic.of(2);
  const ln2 = arithmetic.ln(two);
  const opened = new Map<Tree, Tree>();
  let tags = 0;

  const whole = (x: Num): number => {
    const value = real(x).toNumber();
    if (!Number.isInteger(value))
      throw new RangeError(`evaluate: index must be a whole number, got ${value}`);
    return value;
  };

  const lookup = (name: string, point: Point): Value => {
    const value = point.values[name] ?? (name in point.sizes ? arithmetic.of(point.sizes[name]!) : undefined);
    if (value === undefined) throw new RangeError(`evaluate: symbol must be declared, got ${name}`);
    return value;
  };

  const withValue = (point: Point, name: string, value: Value): Point => ({
    ...point,
    values: { ...point.values, [name]: value },
  });

  const holds = (tree: Tree, point: Point): boolean => {
    if (tree.kind !== "binary") throw new RangeError("evaluate: a condition must be a comparison");
    const order = real(run(tree.left, point)).cmp(real(run(tree.right, point)));
    switch (tree.op) {
      case "==":
        return order === 0;
      case "<":
        return order < 0;
      case ">":
        return order > 0;
      case "<=":
        return order <= 0;
      case ">=":
        return order >= 0;
      default:
        throw new RangeError(`evaluate: a condition must be a comparison, got ${tree.op}`);
    }
  };

  const loop = (args: readonly Tree[], point: Point, body: (inner: Point) => void): void => {
    const index = args[0];
    if (index?.kind !== "symbol") throw new RangeError("evaluate: a sum must name its index");
    const range = context.range(index.name);
    // A size may itself be a symbol of the derivation, such as the number of observations n.
    const count = point.sizes[range] ?? whole(lookup(range, point) as Num);
    for (let i = 1; i <= count; i++) body(withValue(point, index.name, arithmetic.of(i)));
  };

  const callValue = (name: string, args: readonly Tree[], point: Point): Num => {
    const arg = (at: number): Num => run(args[at]!, point);
    switch (name) {
      case "sum": {
        let total: Num = num.zero;
        loop(args, point, (inner) => {
          total = num.add(total, run(args[1]!, inner));
        });
        return total;
      }
      case "sumWhere": {
        let total: Num = num.zero;
        loop(args, point, (inner) => {
          if (holds(args[1]!, inner)) total = num.add(total, run(args[2]!, inner));
        });
        return total;
      }
      case "prod": {
        let total: Num = num.one;
        loop(args, point, (inner) => {
          total = num.multiply(total, run(args[1]!, inner));
        });
        return total;
      }
      case "maxOver": {
        let best: Num | undefined;
        loop(args, point, (inner) => {
          const value = run(args[1]!, inner);
          best = best === undefined ? value : num.max(best, value);
        });
        return best ?? num.zero;
      }
      case "expectNormal":
        return expectNormal(args, point);
      case "diff":
        return derivative(args[0]!, args[1]!, point);
      case "delta":
        return real(arg(0)).cmp(real(arg(1))) === 0 ? num.one : num.zero;
      case "log":
        return num.log(arg(0));
      case "log2":
        return num.divide(num.log(arg(0)), ln2);
      case "exp":
        return num.exp(arg(0));
      case "sqrt":
        return num.power(arg(0), arithmetic.of("0.5"));
      case "abs":
        return num.abs(arg(0));
      case "ceil":
        return num.ceil(nearWhole(arg(0)));
      case "max":
        return num.max(arg(0), arg(1));
      default:
        throw new RangeError(`evaluate: function must be known, got ${name}`);
    }
  };

  // log2 of 1/4 is −2 only up to the last of 64 digits; ceil must not turn that into −1.
  const nearWhole = (x: Num): Num => {
    const value = real(x);
    const rounded = arithmetic.of(Math.round(value.toNumber()));
    return value.minus(rounded).abs().cmp(arithmetic.of("1e-50")) < 0 ? rounded : x;
  };

  /** E f(x) for x ~ N(mu, sigma²), by the trapezoid rule. */
  const expectNormal = (args: readonly Tree[], point: Point): Num => {
    const [index, mu, sigma, body] = args as [Tree, Tree, Tree, Tree];
    if (index.kind !== "symbol") throw new RangeError("evaluate: expectNormal must name its variable");
    const centre = run(mu, point);
    const width = run(sigma, point);
    const { perSigma, reach } = gaussianGrid;
    let total: Num = num.zero;
    for (let i = -reach * perSigma; i <= reach * perSigma; i++) {
      const t = arithmetic.of(i).div(arithmetic.of(perSigma));
      const weight = arithmetic.exp(t.times(t).div(two).neg());
      const x = num.add(centre, num.multiply(width, t));
      total = num.add(total, num.multiply(weight, run(body, withValue(point, index.name, x))));
    }
    const unit = arithmetic.of(perSigma).times(pi.times(two).sqrt());
    return num.divide(total, unit);
  };

  const derivative = (body: Tree, variable: Tree, point: Point): Num => {
    const tag = ++tags;
    const seed = (value: Value, at: readonly number[]): Value => {
      if (at.length === 0) return { tag, re: value as Num, du: num.one };
      const list = value as readonly Value[];
      return list.map((item, i) => (i + 1 === at[0] ? seed(item, at.slice(1)) : item));
    };
    if (variable.kind !== "symbol" && variable.kind !== "index")
      throw new RangeError("evaluate: diff must be taken by a symbol or by one entry of a vector");
    const at = parts(variable).map((part) => whole(run(part, point)));
    const moved = withValue(point, variable.name, seed(lookup(variable.name, point), at));
    const slope = split(run(body, moved), tag, num.zero)[1];
    tags -= 1;
    return slope;
  };

  const run = (tree: Tree, point: Point): Num => {
    switch (tree.kind) {
      case "number":
        return arithmetic.of(tree.text);
      case "symbol":
        if (tree.name === "pi") return pi;
        return lookup(tree.name, point) as Num;
      case "index": {
        let value = lookup(tree.name, point);
        for (const part of tree.at) {
          const item = (value as readonly Value[])[whole(run(part, point)) - 1];
          if (item === undefined) throw new RangeError(`evaluate: index of ${tree.name} must be in range`);
          value = item;
        }
        return value as Num;
      }
      case "call":
        return callValue(tree.name, tree.args, point);
      case "negate":
        return num.negate(run(tree.of, point));
      case "binary":
        break;
    }
    // A weight of zero decides before its partner is looked at, which may not exist: 0·log(0/0).
    const left = run(tree.left, point);
    if (tree.op === "*" && real(left).isZero() && !("tag" in left)) return num.zero;
    const right = run(tree.right, point);
    switch (tree.op) {
      case "+":
        return num.add(left, right);
      case "-":
        return num.add(left, num.negate(right));
      case "*":
        return num.multiply(left, right);
      case "/":
        return num.divide(left, right);
      case "^":
        return num.power(left, right);
      default:
        throw new RangeError(`evaluate: an equation has no value, got ${tree.op}`);
    }
  };

  // π to 70 digits (decimal.js offers none at a set precision without its trigonometry).
  const pi = arithmetic.of("3.141592653589793238462643383279502884197169399375105820974944592307816");

  // A line is needed twice: for the step that leads to it and for the step that leaves it.
  const computed = new WeakMap<Point, Map<Tree, Decimal>>();
  const value = (tree: Tree, point: Point): Decimal => {
    const known = computed.get(point) ?? new Map<Tree, Decimal>();
    computed.set(point, known);
    const found = known.get(tree) ?? compute(tree, point);
    known.set(tree, found);
    return found;
  };

  const compute = (tree: Tree, point: Point): Decimal => {
    let ready = opened.get(tree);
    if (!ready) {
      ready = open(open(tree, context.definitions), context.instances);
      opened.set(tree, ready);
    }
    return real(run(ready, point));
  };

  const assign = (point: Point, equations: Equations): Point => {
    let now = point;
    for (const { name, params, body } of equations.values()) {
      const fill = (at: readonly string[], inner: Point): Value => {
        const [param, ...rest] = at;
        if (param === undefined) return value(body, inner);
        const count = point.sizes[context.range(param)];
        if (count === undefined) throw new RangeError(`evaluate: index ${param} must run over a size`);
        return Array.from({ length: count }, (_, i) =>
          fill(rest, withValue(inner, param, arithmetic.of(i + 1))),
        );
      };
      now = withValue(now, name, fill(params, now));
    }
    return now;
  };

  return Object.assign(value, { assign });
}
