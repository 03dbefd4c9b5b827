import { checkInteger, rangeError, show, typeError } from "../validate";

/**
 * An array in the module's own memory, where a batch can be computed without copying it: give logits and `out` from
 * here. Filled with 0. It stays until `release`.
 *
 * @param kind - `"float32"` or `"float64"`
 * @param length - number of entries, at least 1
 * @returns an array like any other, with shared memory behind it
 * @throws RangeError if `kind` is neither, or there is no room for `length` entries
 * @see release, setThreads
 * @example allocate("float32", 3) // [0, 0, 0]
 */
export function allocate(kind: "float32", length: number): Float32Array;
export function allocate(kind: "float64", length: number): Float64Array;
export function allocate(kind: "float32" | "float64", length: number): Float32Array | Float64Array {
  if (kind !== "float32" && kind !== "float64")
    throw rangeError("allocate", "kind", 'be "float32" or "float64"', show(kind));
  checkInteger("allocate", "length", length, 1, 2 ** 29);
  return kind === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/**
 * Gives the memory of an allocated array back. The array must not be used any more.
 *
 * @param array - what `allocate` returned
 * @throws TypeError if it is anything else, or was released before
 * @see allocate
 * @example release(allocate("float64", 2)) // undefined
 */
export function release(array: Float32Array | Float64Array): void {
  if (!(array instanceof Float32Array || array instanceof Float64Array))
    throw typeError("release", "array", "come from allocate", array);
}
