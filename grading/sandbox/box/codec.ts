/**
 * Values as JSON text and back, inside a box. Like everything inside it is evaluated as text in the answer's realm, takes
 * what it needs before the answer runs, and calls nothing by a name that the answer could have changed.
 */
export interface InsideCodec {
  /** a value as text; throws where it is too large, too deep or cannot cross */
  encode(value: unknown): string;
  /** a value that the host sent, already parsed */
  decode(json: unknown): unknown;
  /** how many numbers a stream of ours has given; `undefined` for any other function */
  drawn(f: unknown): number | undefined;
  /** a function that crossed earlier */
  kept(handle: number): unknown;
  put(target: object, key: PropertyKey, value: unknown): void;
  viewName(value: unknown): string | undefined;
}

/** `callHost` runs the host's function with this number on encoded arguments, and gives its decoded result */
export function insideCodec(callHost: (handle: number, args: string) => unknown): InsideCodec {
  type Wire = Record<string, unknown>;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call) as (
    f: unknown,
  ) => (self: unknown, ...args: unknown[]) => unknown;
  const { stringify } = JSON;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
  const { isArray } = Array;
  const RangeErrorC = RangeError;
  const toBigInt = BigInt;
  const FunctionC = Function;
  const { apply } = Reflect;
  const TypedArray = getPrototypeOf(Int8Array.prototype);
  const viewName = uncurry(getOwnPropertyDescriptor(TypedArray, Symbol.toStringTag)!.get) as (
    v: unknown,
  ) => string | undefined;
  const viewLength = uncurry(getOwnPropertyDescriptor(TypedArray, "length")!.get) as (v: unknown) => number;
  // biome-ignore format: one table
  const views = {
    __proto__: null, Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array,
    Uint8Array, Uint8ClampedArray, BigInt64Array, BigUint64Array,
  } as unknown as Record<string, new (n: number) => Record<number, unknown>>;

  const [MAX_NODES, MAX_DEPTH, MAX_TEXT, MAX_KEPT] = [300_000, 32, 1 << 20, 10_000];
  let nodes = 0;
  let text = 0;
  const kept: unknown[] = [];
  let keptCount = 0;

  const put = (target: object, key: PropertyKey, value: unknown) =>
    defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  const grow = (length: number) => {
    text += length;
    if (text > MAX_TEXT) throw new RangeErrorC(`the value has more than ${MAX_TEXT} characters of text`);
  };
  const count = () => {
    if (++nodes > MAX_NODES) throw new RangeErrorC(`the value has more than ${MAX_NODES} parts`);
  };

  function number(v: number): string {
    // biome-ignore lint/suspicious/noSelfCompare: needs no function that an answer could have changed
    if (v !== v) return '{"#":"NaN"}';
    if (v === 1 / 0) return '{"#":"Infinity"}';
    if (v === -1 / 0) return '{"#":"-Infinity"}';
    return v === 0 && 1 / v < 0 ? '{"#":"-0"}' : `${v}`;
  }
  function encode(v: unknown, depth: number): string {
    count();
    switch (typeof v) {
      case "number":
        return number(v);
      case "string":
        grow(v.length);
        return stringify(v);
      case "boolean":
        return v ? "true" : "false";
      case "undefined":
        return '{"#":"undefined"}';
      case "bigint": {
        const digits = `${v}`;
        if (digits.length > 10_000) throw new RangeErrorC("a bigint has more than 10000 digits");
        grow(digits.length);
        return `{"big":"${digits}"}`;
      }
      case "symbol":
        return '{"o":[["symbol",""]]}';
      case "function":
        if (keptCount >= MAX_KEPT) throw new RangeErrorC(`more than ${MAX_KEPT} functions were returned`);
        put(kept, keptCount, v);
        return `{"fn":${keptCount++}}`;
    }
    if (v === null) return "null";
    if (depth > MAX_DEPTH) throw new RangeErrorC(`the value is nested more than ${MAX_DEPTH} deep`);
    const name = viewName(v);
    if (name !== undefined) {
      if (views[name] === undefined) throw new RangeErrorC(`a ${name} cannot be returned`);
      const n = viewLength(v);
      let items = "";
      for (let i = 0; i < n; i++) {
        count();
        const x = (v as Record<number, number | bigint>)[i];
        items += (i === 0 ? "" : ",") + (typeof x === "bigint" ? `{"big":"${x}"}` : number(x as number));
      }
      return `{"ta":"${name}","v":[${items}]}`;
    }
    if (isArray(v)) {
      const n = v.length;
      let items = "";
      // by index: a hole in a sparse array must arrive as undefined
      for (let i = 0; i < n; i++) items += (i === 0 ? "" : ",") + encode(v[i], depth + 1);
      return `[${items}]`;
    }
    const names = keys(v as object);
    let pairs = "";
    for (let i = 0; i < names.length; i++) {
      const key = names[i]!;
      grow(key.length);
      pairs += `${i === 0 ? "" : ","}[${stringify(key)},${encode((v as Wire)[key], depth + 1)}]`;
    }
    return `{"o":[${pairs}]}`;
  }
  function encodeAll(v: unknown): string {
    nodes = 0;
    text = 0;
    return encode(v, 0);
  }

  const numbers = {
    __proto__: null,
    NaN: 0 / 0,
    Infinity: 1 / 0,
    "-Infinity": -1 / 0,
    "-0": -0,
  } as unknown as Record<string, number>;
  /** The host's side is trusted: parsed arrays are filled in place, only tags are replaced. */
  function decode(v: unknown): unknown {
    if (v === null || typeof v !== "object") return v;
    if (isArray(v)) {
      for (let i = 0; i < v.length; i++)
        if (typeof v[i] === "object" && v[i] !== null) put(v, i, decode(v[i]));
      return v;
    }
    const tag = v as {
      "#"?: string;
      big?: string;
      fn?: number;
      src?: string;
      stream?: number[];
      ta?: string;
      v?: unknown[];
      o?: unknown[][];
    };
    const own = keys(tag)[0];
    if (own === "#") return numbers[tag["#"]!];
    if (own === "big") return toBigInt(tag.big!);
    if (own === "fn") return hostFunction(tag.fn!);
    if (own === "src") return ownFunction(tag.src!);
    if (own === "stream") return stream(tag.stream!);
    if (own === "ta") {
      const items = tag.v!;
      const out = new views[tag.ta!]!(items.length);
      for (let i = 0; i < items.length; i++) out[i] = decode(items[i]);
      return out;
    }
    const out = {};
    const pairs = tag.o!;
    for (let i = 0; i < pairs.length; i++) put(out, pairs[i]![0] as string, decode(pairs[i]![1]));
    return out;
  }
  const hostFunction =
    (handle: number) =>
    (...args: unknown[]): unknown => {
      let list = "";
      for (let i = 0; i < args.length; i++) list += (i === 0 ? "" : ",") + encodeAll(args[i]);
      return callHost(handle, list);
    };

  /** a function of the host's that needs nothing of the host: its text, which shows itself to nobody */
  function ownFunction(source: string): unknown {
    const f = FunctionC(`"use strict"; return ${source};`)() as () => unknown;
    return (...args: unknown[]): unknown => apply(f, undefined, args);
  }
  /** the host's generator of random numbers goes on here: sfc32, as in grading/random.ts */
  const streams: { f: unknown; draws: number }[] = [];
  let streamCount = 0;
  function stream(state: number[]): unknown {
    let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const draw = () => {
      own.draws++;
      const sum = (a + b + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (c << 21) | (c >>> 11);
      c = (c + sum) | 0;
      return (sum >>> 0) / 4_294_967_296;
    };
    const own = { __proto__: null, f: draw, draws: 0 };
    put(streams, streamCount++, own);
    return draw;
  }
  function drawn(f: unknown): number | undefined {
    for (let i = 0; i < streamCount; i++) if (streams[i]!.f === f) return streams[i]!.draws;
    return undefined;
  }

  return { encode: encodeAll, decode, drawn, kept: (handle) => kept[handle], put, viewName };
}
