// Logits come as one row of an ordinary or typed array, as a matrix of rows, or as rows one after another in one array
// with their length given. The functions that take them see a `Batch`. This file is internal.
import {
  checkArray,
  checkInteger,
  checkNumber,
  checkObject,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

/** An array that results can be written into. */
export type Output = number[] | Float32Array | Float64Array;

/** One row of logits, or rows of equal length, or rows one after another in a flat array. */
export type Logits = Vector | Matrix;

export interface RowOptions {
  /** Length of a row, when a flat array holds several rows one after another. */
  readonly classes?: number | undefined;
  /** Where to write the result, an array with as many entries as there are logits; returned. */
  readonly out?: Output | undefined;
  /** With a logit of +Infinity: the limit (all probability there, shared by ties) instead of NaN. */
  readonly limits?: boolean | undefined;
}

export interface Batch {
  /** Number of rows. */
  readonly B: number;
  /** Length of a row. */
  readonly V: number;
  /** Whether the caller gave rows, not a row. */
  readonly many: boolean;
  /** The caller's array, if it is flat. */
  readonly flat: Vector | undefined;
  /** The array that contains row `b`, from `offset(b)` on. */
  row(b: number): Vector;
  offset(b: number): number;
}

/** Typed floating-point arrays hold numbers only; in any other array each entry is looked at. */
function checkNumbers(where: string, argument: string, x: ArrayLike<unknown>): void {
  if (x instanceof Float64Array || x instanceof Float32Array) return;
  for (let i = 0; i < x.length; i++)
    if (typeof x[i] !== "number") checkNumber(where, `${argument}[${i}]`, x[i]);
}

export function checkOptions(where: string, options: unknown): void {
  checkObject(where, "options", options);
}

/** Any row of numbers: NaN and infinities pass. */
export function checkVector(where: string, argument: string, x: unknown): asserts x is Vector {
  checkArray(where, argument, x);
  checkNumbers(where, argument, x);
}

/** Logits as rows. NaN and infinities pass: they have meanings (a NaN spoils its row, −Infinity masks a class). */
export function checkLogits(where: string, argument: string, z: unknown, classes?: number): Batch {
  checkArray(where, argument, z);
  const first = z[0];
  const nested = typeof first === "object" && first !== null;
  if (!nested) {
    checkNumbers(where, argument, z);
    const flat = z as Vector;
    if (classes === undefined) return single(flat);
    checkInteger(where, "classes", classes, 1);
    if (flat.length % classes !== 0)
      throw rangeError(
        where,
        argument,
        `have a length that is a multiple of ${classes}`,
        String(flat.length),
      );
    return {
      B: flat.length / classes,
      V: classes,
      many: true,
      flat,
      row: () => flat,
      offset: (b) => b * classes,
    };
  }
  for (let b = 0; b < z.length; b++) {
    const row = z[b];
    checkArray(where, `${argument}[${b}]`, row);
    checkNumbers(where, `${argument}[${b}]`, row);
    if (row.length !== (first as Vector).length)
      throw rangeError(
        where,
        `${argument}[${b}]`,
        `have length ${(first as Vector).length} like ${argument}[0]`,
        String(row.length),
      );
  }
  const rows = z as Matrix;
  const V = rows[0]!.length;
  if (classes !== undefined && classes !== V)
    throw rangeError(where, "classes", `be the length ${V} of the rows`, classes);
  return { B: rows.length, V, many: true, flat: undefined, row: (b) => rows[b]!, offset: () => 0 };
}

/** One row as a batch. */
export function single(flat: Vector): Batch {
  return { B: 1, V: flat.length, many: false, flat, row: () => flat, offset: () => 0 };
}

/** An array like the given one: Float32Array for Float32Array, Float64Array for Float64Array, else an ordinary one. */
export function emptyLike(x: Vector, length: number): Output {
  if (x instanceof Float32Array) return new Float32Array(length);
  if (x instanceof Float64Array) return new Float64Array(length);
  return new Array<number>(length).fill(0);
}

/** Where a function's result goes: to one flat array, or to a row for each row of the logits. */
export interface Destination {
  readonly result: Output | Output[];
  readonly flat: Output | undefined;
  readonly rows: readonly Output[] | undefined;
}

/** `out` if given, else a new array in the form and of the kind of the logits. */
export function destination(where: string, batch: Batch, out: Output | undefined): Destination {
  if (out !== undefined) {
    checkArray(where, "out", out);
    if (out.length !== batch.B * batch.V)
      throw rangeError(where, "out", `have length ${batch.B * batch.V}`, String(out.length));
  }
  if (out === undefined && batch.flat === undefined) {
    const rows = Array.from({ length: batch.B }, (_, b) => emptyLike(batch.row(b), batch.V));
    return { result: rows, flat: undefined, rows };
  }
  const flat = out ?? emptyLike(batch.flat!, batch.B * batch.V);
  return { result: flat, flat, rows: undefined };
}

/** Runs `write(b, into, at)` for each row. */
export function writeRows(
  batch: Batch,
  { flat, rows }: Destination,
  write: (b: number, into: Output, at: number) => void,
): void {
  for (let b = 0; b < batch.B; b++)
    if (flat !== undefined) write(b, flat, b * batch.V);
    else write(b, rows![b]!, 0);
}

/** Both in one. */
export function mapRows(
  where: string,
  batch: Batch,
  out: Output | undefined,
  write: (b: number, into: Output, at: number) => void,
): Output | Output[] {
  const to = destination(where, batch, out);
  writeRows(batch, to, write);
  return to.result;
}
