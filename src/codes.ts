import { minusLog } from "./entropy";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkNumber,
  checkSameLength,
  rangeError,
  typeError,
  type Vector,
} from "./validate";

// Lengths are in binary digits. A symbol that gets no code word has length Infinity.

function checkLengths(where: string, lengths: Vector): void {
  checkArray(where, "lengths", lengths);
  for (let i = 0; i < lengths.length; i++)
    if (lengths[i] !== Infinity) checkInteger(where, `lengths[${i}]`, lengths[i], 0);
}

function checkCode(where: string, code: readonly string[]): void {
  checkArray(where, "code", code);
  for (let i = 0; i < code.length; i++) {
    if (typeof code[i] !== "string") throw typeError(where, `code[${i}]`, "be a string", code[i]);
    if (!/^[01]*$/.test(code[i]!))
      throw rangeError(where, `code[${i}]`, "consist of 0 and 1", JSON.stringify(code[i]));
  }
}

/**
 * Kraft sum `Σᵢ 2^(−lᵢ)`: the share of all binary strings that begin with one of the code words.
 *
 * @param lengths - code word lengths, integers >= 0 or `Infinity` (no code word), shape `[V]`
 * @returns without unit; a prefix code with these lengths exists iff it is at most 1
 * @throws RangeError if a length is not an integer >= 0 or `Infinity`
 * @see D2 — and `prefixCode`, which builds the code
 * @example kraftSum([1, 2, 3, 3]) // 1
 */
export function kraftSum(lengths: Vector): number {
  checkLengths("kraftSum", lengths);
  const total = new CompensatedSum();
  for (let i = 0; i < lengths.length; i++) total.add(2 ** -lengths[i]!);
  return total.value;
}

/**
 * Shannon's lengths `lᵢ = ⌈−log₂ qᵢ⌉`: the ideal lengths for `q`, rounded up to whole digits.
 *
 * Their Kraft sum is at most that of q itself. Exact at powers of two, where a rounded logarithm may land on the wrong side.
 *
 * @param q - distribution the code is made for, shape `[V]`, sums to 1
 * @returns lengths in binary digits, shape `[V]`; `Infinity` for `q[i] = 0`, 0 for `q[i] = 1`
 * @throws RangeError if a sign or the sum is wrong
 * @see D3, D4 — and `huffmanLengths`, the best whole lengths
 * @example shannonLengths([0.5, 0.25, 0.15, 0.1]) // [1, 2, 3, 4]
 */
export function shannonLengths(q: Vector): number[] {
  checkDistribution("shannonLengths", "q", q);
  return Array.from(q, (qi) => {
    if (qi === 0) return Infinity;
    // The least l with 2^(−l) ≤ q. Powers of two are exact, so the comparison mends the rounding of the logarithm.
    let length = Math.max(0, Math.ceil(-Math.log2(qi)));
    while (2 ** -length > qi) length++;
    while (length > 0 && 2 ** -(length - 1) <= qi) length--;
    return length;
  });
}

/**
 * The canonical prefix code with given lengths: code words in the order of length, then of index, each the next free
 * string.
 *
 * @param lengths - code word lengths, integers >= 0 or `Infinity`, with a Kraft sum of at most 1, shape `[V]`
 * @returns code words, strings of 0 and 1, shape `[V]`; `""` for a length of 0 or `Infinity`
 * @throws RangeError if a length is no integer >= 0, or the Kraft sum exceeds 1
 * @see D2
 * @example prefixCode([2, 1, 3, 3]) // ["10", "0", "110", "111"]
 */
export function prefixCode(lengths: Vector): string[] {
  const kraft = kraftSum(lengths);
  if (kraft > 1) throw rangeError("prefixCode", "lengths", "have a Kraft sum <= 1", kraft);
  const order = Array.from(lengths, (_, i) => i).filter((i) => lengths[i] !== Infinity);
  order.sort((i, j) => lengths[i]! - lengths[j]! || i - j);
  const code: string[] = Array.from(lengths, () => "");
  let next = 0n; // the next free string, read as a binary number
  let length = 0;
  for (const i of order) {
    next <<= BigInt(lengths[i]! - length);
    length = lengths[i]!;
    if (length > 0) code[i] = next.toString(2).padStart(length, "0");
    next += 1n;
  }
  return code;
}

/**
 * Huffman's lengths: no code that gives each symbol a word of its own has a smaller `expectedLength(p, ·)`.
 *
 * The two least likely nodes are joined until one is left; symbols with probability 0 take part. A lone symbol needs
 * no digits.
 *
 * @param p - distribution, shape `[V]`, sums to 1
 * @returns lengths in binary digits, shape `[V]`, with Kraft sum 1
 * @throws RangeError if a sign or the sum is wrong
 * @see huffmanCode — and `shannonLengths`, up to one digit worse, but found symbol by symbol
 * @example huffmanLengths([0.4, 0.3, 0.2, 0.1]) // [1, 2, 3, 3]
 */
export function huffmanLengths(p: Vector): number[] {
  checkDistribution("huffmanLengths", "p", p);
  // Two queues: the symbols in ascending order, and the joined nodes, which come into being in ascending order.
  const V = p.length;
  const leaves = Array.from(p, (_, i) => i).sort((i, j) => p[i]! - p[j]! || j - i);
  const weight: number[] = Array.from(p);
  const parent: number[] = [];
  let leaf = 0;
  let node = V;
  const takeSmallest = (): number => {
    const useLeaf = leaf < V && (node >= weight.length || weight[leaves[leaf]!]! <= weight[node]!);
    return useLeaf ? leaves[leaf++]! : node++;
  };
  while (weight.length < 2 * V - 1) {
    const a = takeSmallest();
    const b = takeSmallest();
    parent[a] = parent[b] = weight.length;
    weight.push(weight[a]! + weight[b]!);
  }
  const depth: number[] = new Array(2 * V - 1).fill(0);
  for (let k = 2 * V - 3; k >= 0; k--) depth[k] = depth[parent[k]!]! + 1; // parents come after their children
  return depth.slice(0, V);
}

/**
 * Huffman's code in canonical form.
 *
 * @param p - distribution, shape `[V]`, sums to 1
 * @returns code words, strings of 0 and 1, shape `[V]`, none a prefix of another
 * @throws RangeError if a sign or the sum is wrong
 * @see huffmanLengths, prefixCode
 * @example huffmanCode([0.4, 0.3, 0.2, 0.1]) // ["0", "10", "110", "111"]
 */
export function huffmanCode(p: Vector): string[] {
  checkDistribution("huffmanCode", "p", p);
  return prefixCode(huffmanLengths(p));
}

/**
 * Expected code length `Σᵢ pᵢ lᵢ`, in binary digits per symbol.
 *
 * A symbol with `p[i] = 0` costs nothing, even when it has no code word; `p[i] > 0` with `l[i] = Infinity` costs
 * `Infinity`.
 *
 * @param p - how often the symbols really come, shape `[V]`, sums to 1
 * @param lengths - numbers >= 0, not necessarily whole, shape `[V]`
 * @returns bits, at least `toBits(entropy(p))` for every prefix code
 * @throws RangeError if a shape, sign or sum is wrong
 * @see D3, D4
 * @example expectedLength([0.5, 0.25, 0.25], [1, 2, 2]) // 1.5
 */
export function expectedLength(p: Vector, lengths: Vector): number {
  checkDistribution("expectedLength", "p", p);
  checkArray("expectedLength", "lengths", lengths);
  checkSameLength("expectedLength", "p", p, "lengths", lengths);
  const total = new CompensatedSum();
  for (let i = 0; i < p.length; i++) {
    const length = lengths[i];
    checkNumber("expectedLength", `lengths[${i}]`, length);
    if (!(length >= 0)) throw rangeError("expectedLength", `lengths[${i}]`, "be >= 0", length);
    if (p[i]! > 0) total.add(p[i]! * length);
  }
  return total.value;
}

/**
 * Whether no code word is the beginning of another: then a message can be read from left to right without doubt.
 *
 * @param code - code words, strings of 0 and 1, shape `[V]`
 * @returns false also if two code words are equal
 * @throws RangeError if a code word contains anything but 0 and 1
 * @example isPrefixFree(["0", "01", "11"]) // false
 */
export function isPrefixFree(code: readonly string[]): boolean {
  checkCode("isPrefixFree", code);
  const sorted = [...code].sort(); // a prefix sorts directly before its extensions
  return sorted.every((word, i) => i === 0 || !word.startsWith(sorted[i - 1]!));
}

/**
 * Writes a message in a symbol code.
 *
 * @param symbols - indices into the code, shape `[N]`, N >= 0
 * @param code - code words, strings of 0 and 1, shape `[V]`
 * @returns the code words one after another, a string of 0 and 1
 * @throws RangeError if a symbol is no index of the code
 * @see decode, the inverse for a prefix code
 * @example encode([1, 0, 2], ["0", "10", "11"]) // "10011"
 */
export function encode(symbols: Vector, code: readonly string[]): string {
  checkCode("encode", code);
  return Array.from(symbols, (symbol, n) => {
    checkInteger("encode", `symbols[${n}]`, symbol, 0, code.length - 1);
    return code[symbol]!;
  }).join("");
}

/**
 * Reads a message in a prefix code.
 *
 * @param digits - a string of 0 and 1
 * @param code - code words, none empty or a prefix of another, shape `[V]`
 * @returns indices into the code
 * @throws RangeError if the code is not prefix-free, or the digits do not end with a code word
 * @see encode
 * @example decode("10011", ["0", "10", "11"]) // [1, 0, 2]
 */
export function decode(digits: string, code: readonly string[]): number[] {
  if (typeof digits !== "string") throw typeError("decode", "digits", "be a string", digits);
  if (!isPrefixFree(code) || code.includes(""))
    throw rangeError("decode", "code", "be prefix-free without empty words", code);
  const symbolOf = new Map(code.map((word, i) => [word, i]));
  const longest = Math.max(...code.map((word) => word.length));
  const symbols: number[] = [];
  let start = 0;
  for (let end = 1; end <= digits.length; end++) {
    const symbol = symbolOf.get(digits.slice(start, end));
    if (symbol !== undefined) {
      symbols.push(symbol);
      start = end;
    } else if (end - start >= longest) break;
  }
  if (start < digits.length)
    throw rangeError(
      "decode",
      "digits",
      `continue with a code word at position ${start}`,
      digits.slice(start),
    );
  return symbols;
}

/**
 * Ideal code length of a message, `Σₙ −log q(symbolₙ)`: what an arithmetic coder reaches within 2 bits.
 *
 * @param symbols - indices, shape `[N]`, N >= 0
 * @param q - distribution the code is made for, shape `[V]`, sums to 1
 * @returns nats; `Infinity` if a symbol is impossible under `q`
 * @throws RangeError if `q` is no distribution or a symbol is no index of it
 * @see arithmeticEncode, for the file itself
 * @example toBits(idealLength([0, 0, 1], [0.5, 0.25, 0.25])) // 4
 */
export function idealLength(symbols: Vector, q: Vector): number {
  checkDistribution("idealLength", "q", q);
  const total = new CompensatedSum();
  for (let n = 0; n < symbols.length; n++) {
    checkInteger("idealLength", `symbols[${n}]`, symbols[n], 0, q.length - 1);
    total.add(minusLog(q[symbols[n]!]!));
  }
  return total.value;
}
