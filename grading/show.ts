/** Values as short text for a sentence: 6 digits, long arrays cut, code that could be pasted into a cell. */
import { RemoteFunction, type Value } from "./specification";

export function showNumber(x: number): string {
  if (Object.is(x, -0)) return "-0";
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x);
  if (!Number.isFinite(x)) return String(x);
  return String(Number(x.toPrecision(6)));
}

/** Two different numbers with as many digits as it takes to see that they differ. */
export function showPair(a: number, b: number): [string, string] {
  for (let digits = 6; digits <= 17; digits++) {
    const pair: [string, string] = [
      String(Number(a.toPrecision(digits))),
      String(Number(b.toPrecision(digits))),
    ];
    if (pair[0] !== pair[1]) return [showNumber(a) === pair[0] ? showNumber(a) : pair[0], pair[1]];
  }
  return [Object.is(a, -0) ? "-0" : String(a), Object.is(b, -0) ? "-0" : String(b)];
}

const MAX_ITEMS = 8;

export function show(value: Value, items = MAX_ITEMS): string {
  if (typeof value === "number") return showNumber(value);
  if (typeof value === "string") {
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
  }
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name ? `the function ${value.name}` : "a function";
  if (value instanceof RemoteFunction) return "a function";
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = Array.from(value as ArrayLike<Value>);
    const inner = list.slice(0, items).map((v) => show(v, 6));
    if (list.length > items) inner.push(`… ${list.length} in all`);
    return `[${inner.join(", ")}]`;
  }
  const fields = Object.entries(value).map(([key, v]) => `${key}: ${show(v, 6)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.slice(0, 6).join(", ")} }`;
}

export const showCall = (fn: string, args: readonly Value[]): string =>
  `${fn}(${args.map((a) => show(a)).join(", ")})`;
