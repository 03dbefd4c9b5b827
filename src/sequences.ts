import type { CrossEntropyOptions, Target } from "./loss-targets";
import { expPair, low, sumPair } from "./pair";
import { checkLogits, type Logits } from "./rows";
import { rowSum } from "./softmax";
import { softmaxCrossEntropy } from "./softmax-cross-entropy";
import { CompensatedSum, productError } from "./sum";
import { toBits } from "./units";
import { checkArray, checkInteger, checkNumber, rangeError, typeError, type Vector } from "./validate";

/**
 * Perplexity from logits, `e^L` with L the mean cross-entropy.
 *
 * For one row and a class it is computed as `1 + Σ_{j≠y} e^(z_j − z_y)`: the exponential of a rounded loss would
 * multiply its error by the loss.
 *
 * @param target - as for `softmaxCrossEntropy`
 * @param logits - as for `softmaxCrossEntropy`
 * @param options - as for `softmaxCrossEntropy`, without `reduction`
 * @returns a number of choices, >= 1
 * @throws RangeError as `softmaxCrossEntropy`
 * @see D21 — and `perplexity`, of a mean loss
 * @example perplexityFromLogits(0, [0, 0, 0, 0]) // 4
 */
export function perplexityFromLogits(
  target: Target,
  logits: Logits,
  options: Omit<CrossEntropyOptions, "reduction"> = {},
): number {
  const loss = softmaxCrossEntropy(target, logits, options); // checks everything
  if (typeof target !== "number" || Object.values(options).some((value) => value !== undefined))
    return Math.exp(loss);
  const batch = checkLogits("perplexityFromLogits", "logits", logits);
  const z = batch.row(0);
  if (!Number.isFinite(loss)) return Math.exp(loss);
  const { max, argmax, rest, restLow } = rowSum(z, 0, batch.V);
  if (target === argmax) return 1 + (rest + restLow);
  // e^(max − z_y) (1 + rest), the exponent as an exact pair
  const gap = sumPair(max, -z[target]!);
  const e = expPair(gap, low[0]!);
  const eLow = low[0]!;
  const s = 1 + rest;
  const sLow = (rest < 1 ? 1 - s + rest : rest - s + 1) + restLow;
  const product = e * s;
  return product === Infinity ? product : product + (productError(e, s, product) + (eLow * s + e * sLow));
}

/**
 * Perplexity of a corpus from the losses of its tokens: `exp(Σ losses / N)`, a geometric mean, with the mean kept to
 * twice the digits because the exponential multiplies its error.
 *
 * @param losses - surprisal of each token, nats >= 0, shape `[N]`; all windows or documents together
 * @returns a number of choices, >= 1
 * @throws RangeError if there is no loss or one is negative
 * @see D21 — the mean of the perplexities of parts is another, larger number
 * @example corpusPerplexity([Math.log(2), Math.log(8)]) // 4
 */
export function corpusPerplexity(losses: Vector): number {
  checkArray("corpusPerplexity", "losses", losses);
  const total = new CompensatedSum();
  for (let n = 0; n < losses.length; n++) {
    checkNumber("corpusPerplexity", `losses[${n}]`, losses[n]);
    if (losses[n]! < 0) throw rangeError("corpusPerplexity", `losses[${n}]`, "be >= 0", losses[n]);
    total.add(losses[n]!);
  }
  const mean = total.value / losses.length;
  if (!Number.isFinite(mean)) return Math.exp(mean);
  total.addProduct(-mean, losses.length); // what the division left
  return Math.exp(mean) * (1 + total.value / losses.length);
}

/**
 * Bits per byte of a text: its whole loss in bits over its length in UTF-8. It does not depend on the tokenizer.
 *
 * @param nats - loss of the whole text, nats >= 0
 * @param text - the text, or its number of bytes
 * @returns bits per byte
 * @throws RangeError if the loss is negative or there is no byte
 * @see D21
 * @example bitsPerByte(Math.log(16), "é") // 2
 */
export function bitsPerByte(nats: number, text: string | number): number {
  checkNumber("bitsPerByte", "nats", nats);
  if (nats < 0) throw rangeError("bitsPerByte", "nats", "be >= 0", nats);
  if (typeof text !== "string" && typeof text !== "number")
    throw typeError("bitsPerByte", "text", "be a string or a number of bytes", text);
  const bytes = typeof text === "number" ? text : utf8Length(text);
  if (!(bytes > 0)) throw rangeError("bitsPerByte", "text", "have at least 1 byte", String(bytes));
  return toBits(nats) / bytes;
}

/** Number of bytes in UTF-8: 1 to 4 per code point. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * The same model's perplexity per another kind of token: `PPL^(from/to)`, since the loss of the whole text is the same.
 *
 * @param value - perplexity per token of the first kind, >= 1
 * @param fromTokens - number of tokens of the first kind in the text
 * @param toTokens - number of tokens of the second kind in the text
 * @returns perplexity per token of the second kind
 * @throws RangeError if a number is out of range
 * @see D21
 * @example convertPerplexity(4, 100, 50) // 16
 */
export function convertPerplexity(value: number, fromTokens: number, toTokens: number): number {
  checkNumber("convertPerplexity", "value", value);
  if (!(value >= 1)) throw rangeError("convertPerplexity", "value", "be >= 1", value);
  checkInteger("convertPerplexity", "fromTokens", fromTokens, 1);
  checkInteger("convertPerplexity", "toTokens", toTokens, 1);
  return value ** (fromTokens / toTokens);
}

/** The loss of a text that a model read in windows. */
export interface StridedLoss {
  /** Surprisal of each token, nats. */
  readonly losses: Float64Array;
  readonly total: number;
  /** Number of tokens scored: each one once. */
  readonly count: number;
  readonly mean: number;
}

/**
 * Loss of a long text under a model that sees at most `window` tokens: windows that move on by `stride`, of which only
 * the tokens not yet scored count. A small stride gives each token more context, at more evaluations.
 *
 * The mean is over tokens. Averaging the windows' own means weights them wrongly when their numbers of new tokens differ.
 *
 * @param model - distribution of the next token given earlier ones, at most `window − 1` of them
 * @param ids - the text as token indices, shape `[N]`
 * @param window - tokens in a window, the scored one included, >= 1
 * @param stride - tokens that a window moves on by, in `[1, window]`
 * @returns losses, their total, number and mean
 * @throws RangeError if a size is out of range or an index is none of the model's
 * @see D21 — stride 1 gives every token the longest context
 * @example stridedLoss(() => [0.5, 0.5], [0, 1, 1, 0], 3, 2).count // 4
 */
export function stridedLoss(
  model: (context: readonly number[]) => Vector,
  ids: Vector,
  window: number,
  stride: number,
): StridedLoss {
  if (typeof model !== "function") throw typeError("stridedLoss", "model", "be a function", model);
  checkArray("stridedLoss", "ids", ids);
  checkInteger("stridedLoss", "window", window, 1);
  checkInteger("stridedLoss", "stride", stride, 1, window);
  const losses = new Float64Array(ids.length);
  const total = new CompensatedSum();
  let scored = 0;
  for (let start = 0; scored < ids.length; start += stride) {
    const end = Math.min(start + window, ids.length);
    for (; scored < end; scored++) {
      const q = model(Array.prototype.slice.call(ids, start, scored) as number[]);
      checkInteger("stridedLoss", `ids[${scored}]`, ids[scored], 0, q.length - 1);
      losses[scored] = 0 - Math.log(q[ids[scored]!]!);
      total.add(losses[scored]!);
    }
  }
  return { losses, total: total.value, count: scored, mean: total.value / scored };
}
