import { checkDistribution, checkInteger, rangeError, typeError, type Vector } from "./validate";

/**
 * What a model predicts next: a distribution over the symbols, given all symbols so far. It must answer the same past
 * with the same numbers, because the decoder asks again.
 */
export type SequenceModel = (past: readonly number[]) => Vector;

// The message is a point of [0, 1); each symbol narrows the interval [low, low + range) to its share. Kept with whole
// numbers of 62 digits, so that encoder and decoder agree to the last digit (Witten, Neal & Cleary 1987, CACM 30(6)).
const PRECISION = 62n;
const WHOLE = 1n << PRECISION;
const HALF = WHOLE >> 1n;
const QUARTER = WHOLE >> 2n;

// Probabilities become whole numbers out of about 2⁴⁰, which costs far less than a thousandth of a bit per message.
const RESOLUTION = 2 ** 40;

interface Share {
  start: number;
  end: number;
  total: number;
}

/** Cumulative whole-number frequencies; a possible symbol keeps a share however small it is. */
function cumulative(where: string, model: SequenceModel, past: readonly number[]): Float64Array {
  const q = model(past);
  checkDistribution(where, `model(past of ${past.length})`, q);
  const edges = new Float64Array(q.length + 1);
  for (let i = 0; i < q.length; i++)
    edges[i + 1] = edges[i]! + (q[i]! > 0 ? Math.max(1, Math.floor(q[i]! * RESOLUTION)) : 0);
  return edges;
}

/** The part of the interval that belongs to a share: start and width. */
function narrow(low: bigint, range: bigint, share: Share): [bigint, bigint] {
  const total = BigInt(share.total);
  const start = low + (range * BigInt(share.start)) / total;
  return [start, low + (range * BigInt(share.end)) / total - start];
}

/**
 * Writes a message into bytes with an arithmetic coder, as short as the model allows.
 *
 * The file has at most `Σₙ −log₂ q(symbolₙ | past) + 2` bits, rounded up to whole bytes: no loss per symbol, unlike
 * codes with whole digits. The number of symbols is not written; the reader must know it or find an end symbol.
 *
 * @param symbols - the message, indices in `[0, V − 1]`, shape `[N]`, N >= 0
 * @param model - gives the distribution of the next symbol, from the symbols so far; may adapt
 * @returns the file
 * @throws RangeError if a symbol is out of range or impossible under the model, or the model gives no distribution
 * @see arithmeticDecode — and `encode`, for codes with one word per symbol
 * @example arithmeticEncode([0, 0, 0, 0, 0, 0, 0, 1], () => [0.99, 0.01]).length // 1
 */
export function arithmeticEncode(symbols: Vector, model: SequenceModel): Uint8Array {
  const where = "arithmeticEncode";
  if (typeof model !== "function") throw typeError(where, "model", "be a function", model);
  const output = new BitWriter();
  const past: number[] = [];
  let low = 0n;
  let range = WHOLE;
  let pending = 0; // digits that are the opposite of the next one: the interval still straddles the middle
  const put = (digit: number): void => {
    output.write(digit);
    for (; pending > 0; pending--) output.write(1 - digit);
  };
  for (let n = 0; n < symbols.length; n++) {
    const edges = cumulative(where, model, past);
    const symbol = symbols[n];
    checkInteger(where, `symbols[${n}]`, symbol, 0, edges.length - 2);
    const share = { start: edges[symbol]!, end: edges[symbol + 1]!, total: edges[edges.length - 1]! };
    if (share.start === share.end)
      throw rangeError(where, `symbols[${n}]`, "be possible under the model", symbol);
    [low, range] = narrow(low, range, share);
    for (;;) {
      if (low + range <= HALF) put(0);
      else if (low >= HALF) {
        put(1);
        low -= HALF;
      } else if (low >= QUARTER && low + range <= HALF + QUARTER) {
        pending++;
        low -= QUARTER;
      } else break;
      low <<= 1n;
      range <<= 1n;
    }
    past.push(symbol);
  }
  // The interval now holds a whole quarter; two digits choose it. (An empty message needs no digit.)
  if (symbols.length > 0) {
    pending++;
    put(low < QUARTER ? 0 : 1);
  }
  return output.bytes();
}

/**
 * Reads a message that `arithmeticEncode` wrote.
 *
 * @param bytes - the file
 * @param count - number of symbols to read, an integer >= 0
 * @param model - the model it was written with
 * @returns the message, shape `[count]`; with another model or file, some other message
 * @throws RangeError if `count` is out of range or the model gives no distribution
 * @see arithmeticEncode
 * @example arithmeticDecode(arithmeticEncode([2, 0, 1], () => [0.5, 0.3, 0.2]), 3, () => [0.5, 0.3, 0.2]) // [2, 0, 1]
 */
export function arithmeticDecode(bytes: Uint8Array, count: number, model: SequenceModel): number[] {
  const where = "arithmeticDecode";
  if (!(bytes instanceof Uint8Array)) throw typeError(where, "bytes", "be a Uint8Array", bytes);
  checkInteger(where, "count", count, 0);
  if (typeof model !== "function") throw typeError(where, "model", "be a function", model);
  let position = 0;
  // Past the end of the file come zeros: the digits that the writer could leave out.
  const nextDigit = (): bigint => {
    const byte = bytes[position >> 3] ?? 0;
    return BigInt((byte >> (7 - (position++ & 7))) & 1);
  };
  const past: number[] = [];
  let low = 0n;
  let range = WHOLE;
  let point = 0n; // the first 62 digits of the message's point, in step with `low`
  for (let k = 0n; k < PRECISION; k++) point = (point << 1n) | nextDigit();
  while (past.length < count) {
    const edges = cumulative(where, model, past);
    const total = edges[edges.length - 1]!;
    // The largest frequency f with low + ⌊range·f/total⌋ <= point, hence the symbol whose share holds it
    const f = Number(((point - low + 1n) * BigInt(total) - 1n) / range);
    let symbol = 0;
    while (symbol < edges.length - 2 && edges[symbol + 1]! <= f) symbol++;
    [low, range] = narrow(low, range, { start: edges[symbol]!, end: edges[symbol + 1]!, total });
    for (;;) {
      let offset: bigint;
      if (low + range <= HALF) offset = 0n;
      else if (low >= HALF) offset = HALF;
      else if (low >= QUARTER && low + range <= HALF + QUARTER) offset = QUARTER;
      else break;
      low = (low - offset) << 1n;
      point = ((point - offset) << 1n) | nextDigit();
      range <<= 1n;
    }
    past.push(symbol);
  }
  return past;
}

/** Collects single binary digits into bytes, the first digit highest. */
class BitWriter {
  private readonly full: number[] = [];
  private current = 0;
  private used = 0;

  write(digit: number): void {
    this.current = (this.current << 1) | digit;
    if (++this.used === 8) {
      this.full.push(this.current);
      this.current = this.used = 0;
    }
  }

  bytes(): Uint8Array {
    const rest = this.used > 0 ? [this.current << (8 - this.used)] : [];
    return Uint8Array.from([...this.full, ...rest]);
  }
}
