import { Random } from "../random";
import { type Context, contextOf, open } from "./context";
import type { Arithmetic, Decimal } from "./decimal";
import { type Evaluate, evaluator, type Point } from "./evaluate";
import { type Explanation, explain, inChain, ruleScope } from "./rules/explain";
import { samplePoint } from "./sample";
import { decidedByMathjs } from "./symbolic";
import { freeNames, type Tree } from "./tree";
import type { Chain, Derivation, Relation, Step } from "./types";

/** Relative disagreement below which two 64-digit values count as the same; a wrong line differs by far more. */
export const tolerance = 1e-40;

export type CheckOptions = {
  readonly seed?: number;
  /** Random points for each size. */
  readonly points?: number;
  /** Whether mathjs is asked for its opinion too, true unless told: some tenths of a second for a derivation. */
  readonly symbolic?: boolean;
};

/** What the numbers say of one step. */
export type NumericVerdict = {
  readonly ok: boolean;
  /** Largest |L − R| / (1 + |R|) over the points of an equality; null where a step states none. */
  readonly discrepancy: number | null;
  readonly points: number;
  /** The first point at which the step is false, and both sides there. */
  readonly counterExample?: CounterExample;
};

export type CounterExample = {
  readonly at: Readonly<Record<string, unknown>>;
  readonly above: string;
  readonly here: string;
};

/** Points of a derivation's domain at every size: shortest coordinates first, so that counter-examples read well. */
export function samplePoints(context: Context, arithmetic: Arithmetic, options: CheckOptions = {}): Point[] {
  const { seed = 1, points = 8 } = options;
  const generator = new Random(seed);
  const random = (): number => 1 - generator.uniform();
  const all: Point[] = [];
  for (const sizes of sizeCombinations({ K: [2, 3, 4], ...context.derivation.sizes }))
    for (let i = 0; i < points; i++) {
      const digits = i < points / 4 ? 1 : i < points / 2 ? 2 : 6;
      all.push(samplePoint(context.derivation, sizes, random, arithmetic, digits));
    }
  return all;
}

/** Every size takes each of its values, all advancing together: K = 2, 3, 4 beside M = 3, 2, 3. */
function sizeCombinations(sizes: Readonly<Record<string, readonly number[]>>): Record<string, number>[] {
  const rounds = Math.max(...Object.values(sizes).map((values) => values.length));
  return Array.from({ length: rounds }, (_, round) =>
    Object.fromEntries(Object.entries(sizes).map(([name, values]) => [name, values[round % values.length]!])),
  );
}

/** Checks one line against the line above at the given points. */
export function checkStep(
  above: Step,
  step: Step,
  chain: Pick<Chain, "at">,
  points: readonly Point[],
  context: Context,
  evaluate: Evaluate,
  arithmetic: Arithmetic,
): NumericVerdict {
  const before = context.parse(above.expression);
  const after = context.parse(step.expression);
  const relation = step.relation ?? "=";
  let worst: number | null = null;
  let count = 0;
  const settle = (point: Point): Point =>
    chain.at ? evaluate.assign(point, context.equations(chain.at)) : point;
  for (const raw of points) {
    const point = settle(raw);
    const verdict =
      relation === "->"
        ? checkLimit(before, after, step, point, evaluate, arithmetic)
        : checkAt(before, after, relation, point, evaluate);
    count += 1;
    if (verdict.discrepancy !== null && !(worst !== null && verdict.discrepancy <= worst))
      worst = verdict.discrepancy;
    if (!verdict.ok)
      return {
        ok: false,
        discrepancy: worst,
        points: count,
        counterExample: {
          at: readable(point, [before, after], context),
          above: shortNumber(verdict.above),
          here: shortNumber(verdict.here),
        },
      };
    if (step.equalWhen) {
      const touching = evaluate.assign(point, context.equations(step.equalWhen));
      const equal = checkAt(before, after, "=", touching, evaluate);
      if (!equal.ok)
        return {
          ok: false,
          discrepancy: worst,
          points: count,
          counterExample: {
            at: readable(touching, [before, after], context),
            above: shortNumber(equal.above),
            here: shortNumber(equal.here),
          },
        };
    }
  }
  return { ok: true, discrepancy: worst, points: count };
}

type Outcome = { ok: boolean; discrepancy: number | null; above: Decimal; here: Decimal };

function checkAt(above: Tree, here: Tree, relation: Relation, point: Point, evaluate: Evaluate): Outcome {
  // A line that is an equation is checked where it must hold: at the chain's solution.
  if (here.kind === "binary" && here.op === "==") return sameValue(here.left, here.right, point, evaluate);
  const left = evaluate(above, point);
  const right = evaluate(here, point);
  if (relation === "=") return compare(left, right);
  const order = left.cmp(right);
  const equal = compare(left, right).ok;
  const holds =
    relation === "<="
      ? order <= 0 || equal
      : relation === ">="
        ? order >= 0 || equal
        : relation === "<"
          ? order < 0 && !equal
          : relation === ">"
            ? order > 0 && !equal
            : false;
  return { ok: holds && !left.isNaN() && !right.isNaN(), discrepancy: null, above: left, here: right };
}

function sameValue(left: Tree, right: Tree, point: Point, evaluate: Evaluate): Outcome {
  return compare(evaluate(left, point), evaluate(right, point));
}

function compare(left: Decimal, right: Decimal): Outcome {
  if (!left.isFinite() || !right.isFinite())
    return {
      ok: left.toString() === right.toString() && !left.isNaN(),
      discrepancy: null,
      above: left,
      here: right,
    };
  const scale = 1 + Math.abs(right.toNumber());
  const discrepancy = Math.abs(left.minus(right).toNumber()) / scale;
  return { ok: discrepancy <= tolerance, discrepancy, above: left, here: right };
}

/** A limit by a sequence: the gap must shrink at every stage and end at a millionth of where it began. */
function checkLimit(
  above: Tree,
  here: Tree,
  step: Step,
  point: Point,
  evaluate: Evaluate,
  { of }: Arithmetic,
): Outcome {
  const { of: name, to } = step.limit ?? { of: "", to: "infinity" };
  let first: number | undefined;
  let last = Number.POSITIVE_INFINITY;
  let left = evaluate(above, point);
  let right = left;
  for (const power of [2, 4, 6, 8, 10]) {
    const value = of(`1e${to === "infinity" ? power : -power}`);
    const moved: Point = { ...point, values: { ...point.values, [name]: value } };
    left = evaluate(above, moved);
    right = evaluate(here, moved);
    const gap = Math.abs(left.minus(right).toNumber()) / (1 + Math.abs(right.toNumber()));
    if (!(gap < last || gap <= tolerance)) return { ok: false, discrepancy: null, above: left, here: right };
    first ??= gap;
    last = gap;
  }
  return { ok: last <= 1e-6 * (1 + (first ?? 0)), discrepancy: null, above: left, here: right };
}

/** Six significant digits, as everywhere in the course; what only rounding left is 0. */
export function shortNumber(x: Decimal): string {
  if (Math.abs(x.toNumber()) < tolerance) return "0";
  return x.toSignificantDigits(6).toString();
}

/** The symbols that the two lines mention, as plain numbers. */
function readable(point: Point, lines: readonly Tree[], context: Context): Record<string, unknown> {
  const plain = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(plain) : Number(shortNumber(value as Decimal));
  const opened = lines.map((line) => open(open(line, context.definitions), context.instances));
  const mentioned = new Set(opened.flatMap((line) => [...freeNames(line)]));
  const names = Object.keys(point.values).filter((name) => mentioned.has(name));
  return Object.fromEntries(names.map((name) => [name, plain(point.values[name])]));
}

/** The checked steps of a derivation. */
export type StepReport = NumericVerdict & {
  readonly chain: string;
  readonly line: number;
  readonly step: Step;
  /** What explains the step under the reason that it gives. */
  readonly explanation: Explanation;
  /** Whether mathjs itself reduced the difference of the two lines to 0, for K = 2. */
  readonly mathjs: boolean;
};

/**
 * Checks every step of a derivation: at random points with 64 digits for several K, by the rule that it names, and by
 * mathjs where that decides.
 */
export function checkSteps(
  derivation: Derivation,
  arithmetic: Arithmetic,
  options: CheckOptions = {},
): StepReport[] {
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const points = samplePoints(context, arithmetic, options);
  const scope = ruleScope(context, evaluate, points);
  return derivation.chains.flatMap((chain, index) =>
    chain.steps.slice(1).map((step, at) => ({
      chain: chain.name,
      line: at + 2,
      step,
      ...checkStep(chain.steps[at]!, step, chain, points, context, evaluate, arithmetic),
      explanation: explain(chain.steps[at]!, step, inChain(scope, derivation.chains, index)),
      mathjs: options.symbolic !== false && decidedByMathjs(chain.steps[at]!, step, context, arithmetic.math),
    })),
  );
}
