// The guards at the edge of every public function. All errors have one form,
//   <function>: <argument> must <condition>, got <value>
// with TypeError for a wrong kind, RangeError for a wrong value, and the first offending index. Nothing is clipped or
// renormalised. This file is internal.

/** One probability vector, or any row of numbers: an ordinary or typed array. */
export type Vector = ArrayLike<number>;
/** Rows of equal length. */
export type Matrix = ArrayLike<ArrayLike<number>>;

// Published vectors are rounded: (.333, .333, .334) must pass, (.5, .6) and (.333, .333, .333) must not.
const SUM_TOLERANCE = 1e-6;

/** A value as it appears in an error message: short, and unmistakable about its kind. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 20 ? `${value.slice(0, 20)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `an array of ${value.length}`;
  return `an object (${value.constructor?.name ?? "without prototype"})`;
}

export function rangeError(where: string, argument: string, condition: string, got: unknown): RangeError {
  return new RangeError(
    `${where}: ${argument} must ${condition}, got ${typeof got === "string" ? got : show(got)}`,
  );
}

export function typeError(where: string, argument: string, condition: string, got: unknown): TypeError {
  return new TypeError(`${where}: ${argument} must ${condition}, got ${show(got)}`);
}

function typeErrorOf(where: string, argument: string, condition: string, got: string): TypeError {
  return new TypeError(`${where}: ${argument} must ${condition}, got ${got}`);
}

export function checkNumber(where: string, argument: string, x: unknown): asserts x is number {
  if (typeof x !== "number") throw typeError(where, argument, "be a number", x);
}

export function checkFunction(where: string, argument: string, f: unknown): void {
  if (typeof f !== "function") throw typeError(where, argument, "be a function", f);
}

export function checkObject(where: string, argument: string, x: unknown): void {
  if (typeof x !== "object" || x === null) throw typeError(where, argument, "be an object", x);
}

/** An integer in `[low, high]`. */
export function checkInteger(
  where: string,
  argument: string,
  x: unknown,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): asserts x is number {
  checkNumber(where, argument, x);
  if (!Number.isInteger(x) || x < low || x > high) {
    const upper = high === Number.MAX_SAFE_INTEGER ? ` >= ${low}` : ` in [${low}, ${high}]`;
    throw rangeError(where, argument, `be an integer${upper}`, x);
  }
}

/** A probability: a number in `[0, 1]`. */
export function checkProbability(where: string, argument: string, x: unknown): asserts x is number {
  checkNumber(where, argument, x);
  if (!(x >= 0)) throw rangeError(where, argument, "be >= 0", x);
  if (x > 1) throw rangeError(where, argument, "be <= 1", x);
}

/** An ordinary or a typed array. */
export const isArray = (x: unknown): x is ArrayLike<unknown> =>
  Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));

/** A non-empty array (ordinary or typed); its entries are not looked at. Short, so that engines copy it into callers. */
export function checkArray(where: string, argument: string, x: unknown): asserts x is ArrayLike<unknown> {
  if (!(isArray(x) && x.length > 0)) refuseArray(where, argument, x);
}

function refuseArray(where: string, argument: string, x: unknown): never {
  if (!isArray(x)) throw typeError(where, argument, "be an array", x);
  if (isDetached(x))
    throw typeErrorOf(where, argument, "not be detached", `a ${x.constructor.name} without its memory`);
  throw rangeError(where, argument, "have at least 1 entry", "0");
}

/** Whether a typed array's memory has been given away, to a worker for instance: its length is 0 from then on. */
function isDetached(x: unknown): x is Float64Array {
  if (!ArrayBuffer.isView(x)) return false;
  try {
    new Uint8Array(x.buffer);
    return false;
  } catch {
    return true;
  }
}

/** A non-empty array of finite numbers. */
export function checkFinite(where: string, argument: string, x: unknown): asserts x is Vector {
  checkArray(where, argument, x);
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    checkNumber(where, `${argument}[${i}]`, value);
    if (!Number.isFinite(value)) throw rangeError(where, `${argument}[${i}]`, "be finite", value);
  }
}

/** A non-empty array of finite numbers >= 0. */
export function checkWeights(where: string, argument: string, x: unknown): asserts x is Vector {
  checkFinite(where, argument, x);
  for (let i = 0; i < x.length; i++)
    if (x[i]! < 0) throw rangeError(where, `${argument}[${i}]`, "be >= 0", x[i]);
}

export function checkSameLength(
  where: string,
  a: string,
  x: ArrayLike<unknown>,
  b: string,
  y: ArrayLike<unknown>,
) {
  if (x.length !== y.length)
    throw rangeError(where, `${a} and ${b}`, "have the same length", `${x.length} and ${y.length}`);
}

/** Entry `i` of a probability vector. Its name is only put together for one that needs a closer look. */
export function probabilityEntry(where: string, argument: string, p: ArrayLike<unknown>, i: number): number {
  const x = p[i];
  return typeof x === "number" && x >= 0 && x <= 1 ? x : entry(where, `${argument}[${i}]`, x);
}

/** Checks one entry of a probability vector and returns it. */
function entry(where: string, argument: string, value: unknown): number {
  checkNumber(where, argument, value);
  if (!(value >= 0)) throw rangeError(where, argument, "be >= 0", value);
  if (value > 1 + SUM_TOLERANCE) throw rangeError(where, argument, "be <= 1", value);
  return value;
}

// Each float32 entry is rounded by up to 2⁻²⁴ of itself or so: V of them may miss 1 by V·2⁻²⁴.
function checkSum(where: string, argument: string, total: number, size: number, float32: boolean): void {
  const tolerance = float32 ? Math.max(SUM_TOLERANCE, size * 2 ** -24) : SUM_TOLERANCE;
  if (!(Math.abs(total - 1) <= tolerance))
    throw rangeError(where, argument, "sum to 1", String(Number(total.toPrecision(12))));
}

/** Whether a sum of probabilities is 1 as closely as float64 vectors must be; float32 ones need a closer look. */
export const isOne = (total: number): boolean => Math.abs(total - 1) <= SUM_TOLERANCE;

/** A probability vector: non-empty, entries in `[0, 1]`, sum 1 within 1e-6. */
export function checkDistribution(where: string, argument: string, p: unknown): asserts p is Vector {
  checkArray(where, argument, p);
  let total = 0;
  for (let i = 0; i < p.length; i++) total += probabilityEntry(where, argument, p, i);
  checkSum(where, argument, total, p.length, p instanceof Float32Array);
}

/** A joint distribution: rows of equal length, entries in `[0, 1]`, total 1 within 1e-6. */
export function checkJoint(where: string, argument: string, p: unknown): asserts p is Matrix {
  checkArray(where, argument, p);
  let total = 0;
  let columns = 0;
  let float32 = false;
  for (let x = 0; x < p.length; x++) {
    const row = p[x];
    checkArray(where, `${argument}[${x}]`, row);
    if (x === 0) columns = row.length;
    else if (row.length !== columns)
      throw rangeError(
        where,
        `${argument}[${x}]`,
        `have length ${columns} like ${argument}[0]`,
        String(row.length),
      );
    if (row instanceof Float32Array) float32 = true;
    for (let y = 0; y < columns; y++) total += entry(where, `${argument}[${x}][${y}]`, row[y]);
  }
  checkSum(where, argument, total, p.length * columns, float32);
}

export function checkSameShape(where: string, a: string, x: Matrix, b: string, y: Matrix): void {
  if (x.length !== y.length || x[0]!.length !== y[0]!.length) {
    const shape = (m: Matrix) => `[${m.length}, ${m[0]!.length}]`;
    throw rangeError(where, `${a} and ${b}`, "have the same shape", `${shape(x)} and ${shape(y)}`);
  }
}
