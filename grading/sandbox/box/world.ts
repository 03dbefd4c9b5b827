/**
 * The globals beside those of the language itself, the same few in both engines. Evaluated as text before the answer, as
 * codec.ts is.
 */
import type { InsideCodec } from "./codec";

export interface World {
  /** what was printed since the last time */
  takeLog(): string;
}

export function furnish({ encode, decode, viewName }: InsideCodec): World {
  type Wire = Record<string, unknown>;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call) as (
    f: unknown,
  ) => (self: unknown, ...args: unknown[]) => unknown;
  const { parse, stringify } = JSON;
  const { defineProperty, keys } = Object;
  const { isArray } = Array;
  const { floor, imul } = Math;
  const { now } = Date;
  const slice = uncurry(String.prototype.slice) as (s: string, from: number, to: number) => string;
  const codePointAt = uncurry(String.prototype.codePointAt) as (s: string, at: number) => number;
  const { fromCodePoint } = String;
  const then = uncurry(Promise.prototype.then);
  const promise = Promise.resolve();
  const [TypeErrorC, Bytes] = [TypeError, Uint8Array];
  const MAX_LOG = 65_536;
  let log = "";
  let logged = 0;

  function shown(v: unknown, depth: number): string {
    if (typeof v === "string") return depth === 0 ? v : stringify(v);
    if (typeof v === "function") return "function";
    if (typeof v === "symbol") return "symbol";
    if (typeof v !== "object" || v === null) return v === 0 && 1 / (v as number) < 0 ? "-0" : `${v}`;
    if (depth > 3) return "…";
    let out = "";
    const list = isArray(v) || viewName(v) !== undefined;
    const names = keys(v);
    for (let i = 0; i < names.length && i < 100; i++)
      out += `${i === 0 ? "" : ", "}${list ? "" : `${names[i]}: `}${shown((v as Wire)[names[i]!], depth + 1)}`;
    return list ? `[${out}]` : `{ ${out} }`;
  }
  const print = (...args: unknown[]): void => {
    if (logged >= MAX_LOG) return;
    let line = "";
    for (let i = 0; i < args.length; i++) line += (i === 0 ? "" : " ") + shown(args[i], 0);
    line = slice(`${line}\n`, 0, MAX_LOG - logged);
    logged += line.length;
    log += line;
  };

  /** the same few globals in both engines, beside those of the language itself */
  const world = globalThis as unknown as Wire;
  const hiddenIn = (target: object, name: string, value: unknown) =>
    defineProperty(target, name, {
      __proto__: null,
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    } as PropertyDescriptor);
  const hidden = (name: string, value: unknown) => hiddenIn(world, name, value);
  hidden("console", { log: print, info: print, debug: print, warn: print, error: print, table: print });
  hidden("performance", { now: () => now() });
  hidden("queueMicrotask", (f: () => void) => void then(promise, f));
  hidden("structuredClone", (v: unknown) => {
    if (typeof v === "function") throw new TypeErrorC("a function cannot be cloned");
    return decode(parse(encode(v)));
  });
  // nothing here may wait, and the same answer must do the same every time
  for (const name of ["Atomics", "SharedArrayBuffer", "WebAssembly"]) delete world[name];
  let state = 0x9e3779b9;
  /** 32 bits: mulberry32 */
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), 1 | state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  // 26 bits and 27 bits make the 53 of a number in [0, 1)
  hiddenIn(Math, "random", () => (floor(draw() / 64) * 2 ** 27 + floor(draw() / 32)) / 2 ** 53);

  /** UTF-8, which answers count bytes with */
  class Encoder {
    encode(input?: unknown): Uint8Array {
      const text = input === undefined ? "" : `${input}`;
      // three bytes for each half of a pair is more than enough
      const bytes = new Bytes(3 * text.length);
      let n = 0;
      for (let i = 0; i < text.length; i++) {
        let c = codePointAt(text, i);
        if (c > 0xffff) i++;
        if (c >= 0xd800 && c < 0xe000) c = 0xfffd;
        if (c < 0x80) bytes[n++] = c;
        else {
          if (c < 0x800) bytes[n++] = 0xc0 | (c >> 6);
          else {
            if (c < 0x10000) bytes[n++] = 0xe0 | (c >> 12);
            else {
              bytes[n++] = 0xf0 | (c >> 18);
              bytes[n++] = 0x80 | ((c >> 12) & 63);
            }
            bytes[n++] = 0x80 | ((c >> 6) & 63);
          }
          bytes[n++] = 0x80 | (c & 63);
        }
      }
      const out = new Bytes(n);
      for (let i = 0; i < n; i++) out[i] = bytes[i]!;
      return out;
    }
  }
  class Decoder {
    decode(bytes: ArrayLike<number> = []): string {
      let text = "";
      for (let i = 0; i < bytes.length; ) {
        const first = bytes[i++]!;
        const more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        let c = more === 0 ? first : first & (0x3f >> more);
        for (let k = 0; k < more; k++) c = (c << 6) | (bytes[i++]! & 63);
        text += fromCodePoint(c > 0x10ffff || (more === 0 && first > 0x7f) ? 0xfffd : c);
      }
      return text;
    }
  }
  hidden("TextEncoder", Encoder);
  hidden("TextDecoder", Decoder);

  return {
    takeLog() {
      const printed = log;
      log = "";
      return printed;
    },
  };
}
