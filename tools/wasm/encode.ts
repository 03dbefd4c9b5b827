// The WebAssembly binary format, as far as the kernels need it: expressions are the bytes of their operands followed by
// an operation code (a stack machine reads them from left to right), statements are appended to a function's body.
// Codes: https://webassembly.github.io/spec/core/appendix/index-instructions.html

export type Kind = "i32" | "f32" | "f64" | "v128";
const kinds: Record<Kind, number> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

type Bytes = readonly number[];
export type Expression = Bytes | Local;

/** An unsigned number in base 128, low digits first (LEB128). */
export function leb(x: number): number[] {
  const out: number[] = [];
  let rest = x;
  do {
    out.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return out;
}

function signedLeb(x: number): number[] {
  const out: number[] = [];
  for (let rest = x | 0; ; ) {
    const digit = rest & 127;
    rest >>= 7;
    const last = (rest === 0 && digit < 64) || (rest === -1 && digit >= 64);
    out.push(last ? digit : digit + 128);
    if (last) return out;
  }
}

const bytesOf = (x: ArrayBufferView): number[] =>
  Array.from(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
const simd = (code: number): number[] => [0xfd, ...leb(code)];

export class Local {
  constructor(
    readonly index: number,
    readonly kind: Kind,
  ) {}
}

const read = (e: Expression): Bytes => (e instanceof Local ? [0x20, ...leb(e.index)] : e);
const op =
  (code: Bytes) =>
  (...operands: Expression[]): Bytes => [...operands.flatMap(read), ...code];
/** An operation on memory: the address is an operand, a fixed offset is part of the code. */
const memory =
  (code: Bytes) =>
  (address: Expression, offset = 0): Bytes => [...read(address), ...code, 0, ...leb(offset)];
const store =
  (code: Bytes) =>
  (address: Expression, value: Expression, offset = 0): Bytes => [
    ...read(address),
    ...read(value),
    ...code,
    0,
    ...leb(offset),
  ];

export const i32 = {
  const: (x: number): Bytes => [0x41, ...signedLeb(x)],
  eqz: op([0x45]),
  eq: op([0x46]),
  ltS: op([0x48]),
  ltU: op([0x49]),
  gtU: op([0x4b]),
  geS: op([0x4e]),
  leU: op([0x4d]),
  ctz: op([0x68]),
  add: op([0x6a]),
  sub: op([0x6b]),
  mul: op([0x6c]),
  and: op([0x71]),
  or: op([0x72]),
  shl: op([0x74]),
  shrU: op([0x76]),
  load: memory([0x28]),
  store: store([0x36]),
  /** The first if the third is not 0, else the second. */
  select: op([0x1b]),
  /** As an int64. */
  extend: op([0xac]),
};

export const f32 = {
  const: (x: number): Bytes => [0x43, ...bytesOf(Float32Array.of(x))],
  lt: op([0x5d]),
  abs: op([0x8b]),
  max: op([0x97]),
  demote: op([0xb6]),
  load: memory([0x2a]),
  store: store([0x38]),
};

export const f64 = {
  const: (x: number): Bytes => [0x44, ...bytesOf(Float64Array.of(x))],
  lt: op([0x63]),
  abs: op([0x99]),
  nearest: op([0x9e]),
  add: op([0xa0]),
  sub: op([0xa1]),
  mul: op([0xa2]),
  div: op([0xa3]),
  neg: op([0x9a]),
  max: op([0xa5]),
  promote: op([0xbb]),
  load: memory([0x2b]),
  store: store([0x39]),
};

const lane =
  (code: number) =>
  (v: Expression, k: number): Bytes => [...read(v), ...simd(code), k];

export const v128 = {
  load: memory(simd(0x00)),
  store: store(simd(0x0b)),
  load32Splat: memory(simd(0x09)),
  load64Splat: memory(simd(0x0a)),
  load64Zero: memory(simd(0x5d)),
  /** Reads one number into lane k of `v`. */
  load32Lane: (address: Expression, v: Expression, k: number): Bytes => [
    ...read(address),
    ...read(v),
    ...simd(0x56),
    0,
    0,
    k,
  ],
  load64Lane: (address: Expression, v: Expression, k: number, offset = 0): Bytes => [
    ...read(address),
    ...read(v),
    ...simd(0x57),
    0,
    ...leb(offset),
    k,
  ],
  store32Lane: (address: Expression, v: Expression, k: number): Bytes => [
    ...read(address),
    ...read(v),
    ...simd(0x5a),
    0,
    0,
    k,
  ],
  store64Lane: (address: Expression, v: Expression, k: number): Bytes => [
    ...read(address),
    ...read(v),
    ...simd(0x5b),
    0,
    0,
    k,
  ],
  shuffle: (a: Expression, b: Expression, order: Bytes): Bytes => [
    ...read(a),
    ...read(b),
    ...simd(0x0d),
    ...order,
  ],
  and: op(simd(0x4e)),
  /** Bits of the first that the second does not have. */
  andNot: op(simd(0x4f)),
  or: op(simd(0x50)),
  /** Bits of the first where the third is 1, else of the second. */
  select: op(simd(0x52)),
  anyTrue: op(simd(0x53)),
  zero: [0x41, 0, ...simd(0x11)] as Bytes,
};

export const i32x4 = {
  const: (x: number): Bytes => [...i32.const(x), ...simd(0x11)],
  lane: lane(0x1b),
  splat: op(simd(0x11)),
  eq: op(simd(0x37)),
  bitmask: op(simd(0xa4)),
  geS: op(simd(0x3f)),
  add: op(simd(0xae)),
  shl: op(simd(0xab)),
};

export const i64x2 = {
  const: (x: bigint): Bytes => [...simd(0x0c), ...bytesOf(BigInt64Array.of(x, x))],
  bitmask: op(simd(0xc4)),
  eq: op(simd(0xd6)),
  geS: op(simd(0xdb)),
  /** `v` with x in lane k. */
  replace: (v: Expression, x: Expression, k: number): Bytes => [...read(v), ...read(x), ...simd(0x1e), k],
  add: op(simd(0xce)),
  sub: op(simd(0xd1)),
  shl: op(simd(0xcb)),
  shrS: op(simd(0xcc)),
  /** The high half of the first and the high half of the second. */
  highs: (a: Expression, b: Expression): Bytes =>
    v128.shuffle(a, b, [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]),
  /** The low half of the first and the low half of the second. */
  lows: (a: Expression, b: Expression): Bytes =>
    v128.shuffle(a, b, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]),
};

/** Operations that exist for both widths, from the code of `add` on. */
function vector(width: 32 | 64) {
  const [first, compare, madd] = width === 32 ? [0xe4, 0x41, 0x105] : [0xf0, 0x47, 0x107];
  return {
    /** x in every lane; hold it with `Func.constant`. */
    const: (x: number): Bytes =>
      width === 32 ? [...f32.const(x), ...simd(0x13)] : [...f64.const(x), ...simd(0x14)],
    splat: op(simd(width === 32 ? 0x13 : 0x14)),
    lane: lane(width === 32 ? 0x1f : 0x21),
    abs: op(simd(first - 4)),
    add: op(simd(first)),
    sub: op(simd(first + 1)),
    mul: op(simd(first + 2)),
    div: op(simd(first + 3)),
    /** The second where the first is less, else the first: a NaN in the second is passed over. */
    pmax: op(simd(first + 7)),
    nearest: op(simd(width === 32 ? 0x6a : 0x94)),
    eq: op(simd(compare)),
    lt: op(simd(compare + 2)),
    /** `a b + c`, in one rounding where the processor can (relaxed SIMD). */
    madd: op(simd(madd)),
    /** `c − a b`. */
    nmadd: op(simd(madd + 1)),
  };
}
export const f32x4 = { ...vector(32), demote: op(simd(0x5e)) };
export const f64x2 = { ...vector(64), promoteLow: op(simd(0x5f)), convertLowI32: op(simd(0xfe)) };
/** Both halves of four float32, as two pairs of float64. */
export const promoted = (v: Expression): [Bytes, Bytes] => [
  f64x2.promoteLow(v),
  f64x2.promoteLow(v128.shuffle(v, v, [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7])),
];

/** A function under construction. */
export class Func {
  readonly body: number[] = [];
  private readonly locals: Kind[] = [];
  private readonly constants = new Map<string, Local>();
  private readonly start: number[] = [];

  constructor(
    readonly name: string,
    readonly params: readonly Kind[],
    readonly result?: Kind,
  ) {}

  param(index: number): Local {
    return new Local(index, this.params[index]!);
  }

  local(kind: Kind): Local {
    this.locals.push(kind);
    return new Local(this.params.length + this.locals.length - 1, kind);
  }

  emit(code: Bytes): void {
    for (const byte of code) this.body.push(byte);
  }

  set(local: Local, value: Expression): void {
    this.emit([...read(value), 0x21, ...leb(local.index)]);
  }

  swap(a: Local, b: Local): void {
    this.emit([...read(a), ...read(b), 0x21, ...leb(a.index), 0x21, ...leb(b.index)]);
  }

  /** A new local with this value. */
  let(kind: Kind, value: Expression): Local {
    const local = this.local(kind);
    this.set(local, value);
    return local;
  }

  if(condition: Expression, yes: () => void, no?: () => void): void {
    this.emit([...read(condition), 0x04, 0x40]);
    yes();
    if (no !== undefined) {
      this.emit([0x05]);
      no();
    }
    this.emit([0x0b]);
  }

  /** Runs the body, and again while the condition holds. */
  repeat(body: () => void, condition: () => Expression): void {
    this.emit([0x03, 0x40]);
    body();
    this.emit([...read(condition()), 0x0d, 0, 0x0b]);
  }

  /** Runs the body while the condition holds. */
  while(condition: () => Expression, body: () => void): void {
    this.if(condition(), () => this.repeat(body, condition));
  }

  /** A vector constant, made once at the function's beginning: 2 bytes for each use instead of 18. */
  constant(value: Bytes): Local {
    const key = value.join();
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const local = this.local("v128");
    this.constants.set(key, local);
    this.start.push(...value, 0x21, ...leb(local.index));
    return local;
  }

  return(value: Expression): void {
    this.emit([...read(value), 0x0f]);
  }

  /** The code section's entry. */
  encode(): number[] {
    const runs: { kind: Kind; count: number }[] = [];
    for (const kind of this.locals) {
      const run = runs.at(-1);
      if (run?.kind === kind) run.count++;
      else runs.push({ kind, count: 1 });
    }
    const locals = runs.flatMap(({ kind, count }) => [...leb(count), kinds[kind]]);
    const code = [...leb(runs.length), ...locals, ...this.start, ...this.body, 0x0b];
    return [...leb(code.length), ...code];
  }

  type(): number[] {
    const results = this.result === undefined ? [0] : [1, kinds[this.result]];
    return [0x60, ...leb(this.params.length), ...this.params.map((kind) => kinds[kind]), ...results];
  }
}

export const fill = (address: Expression, value: Expression, length: Expression): Bytes => [
  ...read(address),
  ...read(value),
  ...read(length),
  0xfc,
  11,
  0,
];

/** Functions with a memory from outside, which they share under the name `env.memory`. */
export class Module {
  private readonly functions: Func[] = [];
  private readonly exported = new Map<string, number>();

  add(f: Func, visible = false): Func {
    if (visible) this.exported.set(f.name, this.functions.length);
    this.functions.push(f);
    return f;
  }

  call(f: Func, ...operands: Expression[]): Bytes {
    return [...operands.flatMap(read), 0x10, ...leb(this.functions.indexOf(f))];
  }

  /** The bytes, and where among them the flag of the memory stands: 1 for private memory, 3 for shared. */
  encode(): { bytes: Uint8Array; flag: number } {
    const text = (s: string): number[] => [...leb(s.length), ...Buffer.from(s)];
    const section = (id: number, entries: readonly number[][]): number[] => {
      const content = [...leb(entries.length), ...entries.flat()];
      return [id, ...leb(content.length), ...content];
    };
    const head = [
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      ...section(
        1,
        this.functions.map((f) => f.type()),
      ),
    ];
    const import_ = section(2, [[...text("env"), ...text("memory"), 2, 1, ...leb(1), ...leb(65536)]]);
    const rest = [
      ...section(
        3,
        this.functions.map((_, i) => leb(i)),
      ),
      ...section(
        7,
        [...this.exported].map(([name, i]) => [...text(name), 0, ...leb(i)]),
      ),
      ...section(
        10,
        this.functions.map((f) => f.encode()),
      ),
    ];
    const flag = head.length + import_.length - leb(65536).length - 2;
    return { bytes: Uint8Array.from([...head, ...import_, ...rest]), flag };
  }
}
