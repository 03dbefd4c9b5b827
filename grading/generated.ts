/** Mistakes that need no imagination, made from any right answer: a lost sign, a factor 2, NaN, rows for columns, … */
import { shapeOf } from "./judge";
import type { Answer, Value } from "./specification";

/** The transformations of a right answer that every numeric check must notice, whatever the exercise. */
const transformations: Record<string, (f: (...a: Value[]) => Value, args: Value[]) => Value> = {
  sign: (f, a) => mapNumbers(f(...a), (x) => -x),
  scale: (f, a) => mapNumbers(f(...a), (x) => 2 * x),
  NaN: (f, a) => mapNumbers(f(...a), () => Number.NaN),
  empty: (f, a) => mapLists(f(...a), () => []),
  "wrong shape": (f, a) => mapLists(f(...a), (list) => [...list, list[list.length - 1]]),
  "off by one": (f, a) => mapLists(f(...a), (list) => [...list.slice(1), list[0]]),
  transpose: (f, a) => {
    const m = f(...a);
    return shapeOf(m).length === 2
      ? (m as Value[][])[0]!.map((_, j) => (m as Value[][]).map((row) => row[j]))
      : m;
  },
  swapped: (f, a) => (a.length >= 2 ? f(a[1], a[0], ...a.slice(2)) : f(...a)),
};

function mapNumbers(value: Value, change: (x: number) => number): Value {
  if (typeof value === "number") return change(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((v) => mapNumbers(v, change));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapNumbers(v, change)]));
}
/** changes the outermost list, or the lists inside a record */
function mapLists(value: Value, change: (list: Value[]) => Value): Value {
  if (Array.isArray(value)) return change(value);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapLists(v, change)]));
}

export interface Generated {
  readonly name: string;
  readonly fn: string;
  readonly answer: Answer;
}

export function generatedMutants(answer: Answer): Generated[] {
  const functions = Object.entries(answer).filter(([, f]) => typeof f === "function") as [
    string,
    (...a: Value[]) => Value,
  ][];
  return functions.flatMap(([fn, f]) =>
    Object.entries(transformations).map(([name, change]) => ({
      name,
      fn,
      answer: { ...answer, [fn]: (...args: Value[]) => change(f, args) },
    })),
  );
}

/** The kinds of failure that are the sentence of a generated mistake. */
export const names: Record<string, readonly string[]> = {
  sign: ["sign", "property", "also"],
  scale: ["scale", "sum", "property"],
  NaN: ["finite", "property"],
  empty: ["empty", "shape", "property", "type"],
  "wrong shape": ["shape", "property"],
  "off by one": ["shift", "value", "property", "shape", "type"],
  transpose: ["transpose", "value", "property", "shape"],
  swapped: ["swapped", "value", "error", "shape", "type", "property", "finite", "accepted", "empty"],
};
