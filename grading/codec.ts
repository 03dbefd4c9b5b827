/**
 * Values as plain JSON, for a pipe between the grader and an answer. Data only: no classes are revived, functions
 * become numbers, and what JSON cannot say (NaN, ±Infinity, −0, undefined, bigint, typed arrays) has a tag.
 */
import type { Value } from "./specification";

const MAX_DEPTH = 32;
const MAX_NODES = 300_000;
const numbers = new Map<string, number | undefined>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
  ["undefined", undefined],
]);
const typedArrays = new Map<string, new (values: number[]) => ArrayBufferView>([
  ["Float64Array", Float64Array],
  ["Float32Array", Float32Array],
  ["Int32Array", Int32Array],
  ["Uint32Array", Uint32Array],
  ["Int16Array", Int16Array],
  ["Uint16Array", Uint16Array],
  ["Int8Array", Int8Array],
  ["Uint8Array", Uint8Array],
  ["Uint8ClampedArray", Uint8ClampedArray],
]);

/**
 * `keep(f)` gives the number under which a function is remembered on this side, or says how the other side can make it
 * (see inside.ts).
 */
export function encode(value: Value, keep: (f: object) => number | object): unknown {
  let nodes = 0;
  const walk = (v: Value, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new RangeError(`the value is nested more than ${MAX_DEPTH} deep`);
    if (++nodes > MAX_NODES) throw new RangeError(`the value has more than ${MAX_NODES} parts`);
    if (v === undefined) return { "#": "undefined" };
    if (typeof v === "number")
      return Number.isFinite(v) && !Object.is(v, -0) ? v : { "#": Object.is(v, -0) ? "-0" : String(v) };
    if (v === null || typeof v === "boolean" || typeof v === "string") return v;
    if (typeof v === "bigint") return { big: String(v) };
    if (typeof v === "symbol") return { o: [["symbol", String(v.description)]] };
    if (typeof v === "function") {
      const kept = keep(v);
      return typeof kept === "number" ? { fn: kept } : kept;
    }
    if (ArrayBuffer.isView(v) && !(v instanceof DataView)) {
      const name = Object.prototype.toString.call(v).slice(8, -1);
      return { ta: name, v: Array.from(v as Float64Array, (x) => walk(x, depth + 1)) };
    }
    // a loop by index: a hole in a sparse array must arrive as undefined, not vanish
    if (Array.isArray(v)) {
      const out: unknown[] = [];
      for (let i = 0; i < v.length; i++) out.push(walk(v[i], depth + 1));
      return out;
    }
    return { o: Object.keys(v).map((key) => [key, walk((v as Record<string, Value>)[key], depth + 1)]) };
  };
  return walk(value, 0);
}

/**
 * `find(id)` turns the number of a function on the other side into something callable or nameable here, and `remake` a
 * function that came as text, where the other side is trusted.
 */
export function decode(
  json: unknown,
  find: (id: number) => Value,
  remake?: (tag: Readonly<Record<string, unknown>>) => Value,
): Value {
  const walk = (v: unknown, depth: number): Value => {
    if (depth > MAX_DEPTH) throw new RangeError("reply nested too deep");
    if (v === null || typeof v !== "object") return v;
    if (Array.isArray(v)) return v.map((x) => walk(x, depth + 1));
    const tagged = v as Record<string, unknown>;
    if (typeof tagged["#"] === "string" && numbers.has(tagged["#"])) return numbers.get(tagged["#"]);
    if (typeof tagged.big === "string" && /^-?\d{1,10000}$/.test(tagged.big)) return BigInt(tagged.big);
    if (typeof tagged.fn === "number" && Number.isInteger(tagged.fn)) return find(tagged.fn);
    if (remake !== undefined && (typeof tagged.src === "string" || Array.isArray(tagged.stream)))
      return remake(tagged);
    if (typeof tagged.ta === "string" && Array.isArray(tagged.v)) {
      const values = tagged.v.map((x) => walk(x, depth + 1));
      const View = typedArrays.get(tagged.ta);
      if (View === undefined || !values.every((x) => typeof x === "number")) return values;
      return new View(values as number[]);
    }
    const out: Record<string, Value> = Object.create(null);
    if (Array.isArray(tagged.o))
      for (const pair of tagged.o)
        if (Array.isArray(pair) && typeof pair[0] === "string" && pair[0] !== "__proto__")
          out[pair[0]] = walk(pair[1], depth + 1);
    return out;
  };
  return walk(json, 0);
}
