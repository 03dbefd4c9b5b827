import type { Derivation, Step } from "cross-entropy";
import { all, create, type FactoryFunctionMap, type MathNode } from "mathjs";

// A second evaluator, to judge the first: mathjs's own parser and float64 arithmetic, derivatives by differences. It
// shares no code with src/derivations beyond the text of the lines and the numbers of the points.

type Values = Record<string, unknown>;
type Scope = Map<string, unknown>;

/** How far apart two float64 values must be for a line to be called false: far above rounding and differences. */
const gap = 1e-5;

export class Independent {
  private readonly math = create(all as FactoryFunctionMap);
  private readonly heads: { name: string; params: string[]; body: string; isFunction: boolean }[];

  constructor(private readonly derivation: Derivation) {
    const entries = { ...derivation.definitions };
    for (const [head, { instance }] of Object.entries(derivation.unknown ?? {})) entries[head] = instance;
    this.heads = Object.entries(entries).map(([head, body]) => {
      const [, name = "", open = "", inside = ""] = /^(\w+)([[(]?)([^\])]*)/.exec(head) ?? [];
      const params = inside
        .split(",")
        .map((param) => param.trim())
        .filter(Boolean);
      return { name, params, body, isFunction: open === "(" };
    });
    this.importBinders();
  }

  /** Whether a step is false at a point: the two lines in the wrong order, or apart. */
  isFalse(above: Step, step: Step, point: Values): boolean {
    const relation = step.relation ?? "=";
    if (relation === "->") return this.limitIsFalse(above, step, point);
    if (step.expression.includes("==")) {
      const [left = "", right = ""] = step.expression.split("==");
      return this.apart(this.value(left, point), this.value(right, point));
    }
    const left = this.value(above.expression, point);
    const right = this.value(step.expression, point);
    const margin = gap * (1 + Math.abs(right));
    if (relation === "<=" || relation === "<") return left > right + margin;
    if (relation === ">=" || relation === ">") return left < right - margin;
    return this.apart(left, right);
  }

  private apart(left: number, right: number): boolean {
    // What overflows or underflows in float64 is not judged.
    if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
    return Math.abs(left - right) > gap * (1 + Math.abs(right));
  }

  /** At 10^3 the two sides of a limit are still apart by about 1/1000, at the wrong limit by more. */
  private limitIsFalse(above: Step, step: Step, point: Values): boolean {
    const { of, to } = step.limit ?? { of: "", to: "infinity" };
    const at = (value: number) => ({ ...point, [of]: value });
    const near = to === "infinity" ? [1e2, 1e3] : [1e-2, 1e-3];
    const gaps = near.map((value) =>
      Math.abs(this.value(above.expression, at(value)) - this.value(step.expression, at(value))),
    ) as [number, number];
    return gaps[1] > 0.5 * gaps[0] && gaps[1] > 1e-6;
  }

  value(expression: string, point: Values): number {
    const scope: Scope = new Map(Object.entries(point));
    for (const { name, params, body, isFunction } of this.heads) {
      // Vectors become functions, so that they follow what they are defined from.
      const head = isFunction ? name : `${name}_at`;
      const args = params.length > 0 ? params : ["unused_"];
      scope.set(head, (...given: unknown[]) => {
        const inner: Scope = new Map(scope);
        args.forEach((arg, i) => {
          inner.set(arg, given[i]);
        });
        return this.run(this.compile(body), inner);
      });
    }
    return Number(this.run(this.compile(expression), scope));
  }

  private run(node: MathNode, scope: Scope): unknown {
    return node.evaluate(scope as never);
  }

  private readonly compiled = new Map<string, MathNode>();

  private compile(text: string): MathNode {
    let node = this.compiled.get(text);
    if (!node) {
      node = this.rewrite(this.math.parse(text));
      this.compiled.set(text, node);
    }
    return node;
  }

  /** `phat[k]` calls the function that defines it, `P[i]` is a row, `phat` alone is the whole vector. */
  private rewrite(node: MathNode): MathNode {
    const { math } = this;
    const defined = new Map(this.heads.filter((head) => !head.isFunction).map((head) => [head.name, head]));
    return node.transform((part, path, parent) => {
      const any = part as unknown as {
        isAccessorNode?: boolean;
        isSymbolNode?: boolean;
        name?: string;
        object?: { name: string };
        index?: { dimensions: MathNode[] };
      };
      if (any.isAccessorNode && any.object && any.index) {
        const dimensions = any.index.dimensions.map((dimension) => this.rewrite(dimension));
        const name = defined.has(any.object.name) ? `${any.object.name}_at` : "entry";
        const args = name === "entry" ? [new math.SymbolNode(any.object.name), ...dimensions] : dimensions;
        return new math.FunctionNode(name, args) as unknown as MathNode;
      }
      const head = any.isSymbolNode && any.name ? defined.get(any.name) : undefined;
      const called =
        path === "fn" || (parent as { isFunctionNode?: boolean } | null)?.isFunctionNode === undefined;
      if (head && !(path === "fn" && called)) {
        if (head.params.length === 0)
          return new math.FunctionNode(`${head.name}_at`, []) as unknown as MathNode;
        if (path !== "object") return new math.FunctionNode("whole", [part]) as unknown as MathNode;
      }
      return part;
    });
  }

  private importBinders(): void {
    const { math, derivation } = this;
    const sizeOf = (index: string, scope: Scope): number => {
      const range = derivation.indices?.[index] ?? "K";
      return Number(scope.get(range));
    };
    const each = (args: MathNode[], scope: Scope, body: (inner: Scope) => void): void => {
      const index = (args[0] as unknown as { name: string }).name;
      const before = scope.get(index);
      for (let i = 1; i <= sizeOf(index, scope); i++) {
        scope.set(index, i);
        body(scope);
      }
      if (before === undefined) scope.delete(index);
      else scope.set(index, before);
    };
    const at = (node: MathNode, scope: Scope): number => Number(node.evaluate(scope as never));
    const binder = (fold: (values: number[]) => number, body = 1) =>
      raw((args, scope) => {
        const values: number[] = [];
        each(args, scope, (inner) => {
          if (body === 2 && args[1]!.evaluate(inner as never) !== true) return;
          values.push(at(args[body]!, inner));
        });
        return fold(values);
      });
    const total = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    const derivative = raw((args, scope) => {
      const [body, variable] = args as [MathNode, MathNode];
      // An entry of a vector has become entry(z, k).
      const target = variable as unknown as { name?: string; args?: MathNode[] };
      const name = target.args ? (target.args[0] as unknown as { name: string }).name : (target.name ?? "");
      const index = target.args ? Number(target.args[1]!.evaluate(scope as never)) : 0;
      const old = scope.get(name);
      const shifted = (h: number): number => {
        const next = Array.isArray(old) ? old.map((x, i) => (i + 1 === index ? x + h : x)) : Number(old) + h;
        scope.set(name, next);
        // Definitions close over the outermost scope: move that one too.
        const value = at(body, scope);
        scope.set(name, old);
        return value;
      };
      const h = 1e-4;
      return (8 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12 * h);
    });
    math.import(
      {
        sum: binder(total),
        prod: binder((values) => values.reduce((a, b) => a * b, 1)),
        maxOver: binder((values) => Math.max(...values)),
        sumWhere: binder(total, 2),
        diff: derivative,
        delta: (a: number, b: number) => (a === b ? 1 : 0),
        entry: (list: unknown, ...indices: number[]) =>
          indices.reduce<unknown>((inner, i) => (inner as unknown[])[i - 1], list),
        whole: raw((args, scope) => {
          const name = (args[0] as unknown as { name: string }).name;
          const { params } = this.heads.find((head) => head.name === name)!;
          const one = scope.get(`${name}_at`) as (i: number) => number;
          return Array.from({ length: sizeOf(params[0]!, scope) }, (_, i) => one(i + 1));
        }),
        expectNormal: raw((args, scope) => {
          const name = (args[0] as unknown as { name: string }).name;
          const [mu, sigma] = [at(args[1]!, scope), at(args[2]!, scope)];
          let sum = 0;
          for (let t = -9; t <= 9; t += 0.25) {
            scope.set(name, mu + sigma * t);
            sum += Math.exp((-t * t) / 2) * at(args[3]!, scope);
          }
          scope.delete(name);
          return (sum * 0.25) / Math.sqrt(2 * Math.PI);
        }),
      },
      { override: true },
    );
  }
}

function raw(compute: (args: MathNode[], scope: Scope) => unknown) {
  const wrapped = (args: MathNode[], _math: unknown, scope: Scope): unknown => compute(args, scope);
  return Object.assign(wrapped, { rawArgs: true });
}
