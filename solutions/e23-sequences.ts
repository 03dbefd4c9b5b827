/**
 * E23 · Sequences, perplexity, tokenizers, strides
 *
 * The probability of a sequence is a product of conditional ones. Its cross-entropy is a sum; the rest is a question
 * of units and denominators: per token, per character, per byte, in nats, in bits, as a perplexity.
 */

/** From the log-probabilities of the tokens (nats): the loss of the whole sequence, and per token. */
export function sequenceNll(logQ: readonly number[]): { total: number; mean: number } {
  // answer:begin
  const total = logQ.reduce((sum, l) => sum - l, 0);
  return { total, mean: total / logQ.length };
  // answer:end
}

/** The perplexity for a mean loss in nats. */
export function perplexity(meanNats: number): number {
  // answer:begin
  return Math.exp(meanNats);
  // answer:end
}

/** The loss in bits per byte of `text` in UTF-8, given the loss of the whole text in nats. */
export function bitsPerByte(nats: number, text: string): number {
  // answer:begin
  // bytes, not characters: é has two, 語 three, an emoji four
  return nats / Math.LN2 / new TextEncoder().encode(text).length;
  // answer:end
}

/**
 * The perplexity of the same text with the same total loss, per token of another tokenizer: it had `fromTokens` tokens,
 * the other one makes `toTokens` of it.
 */
export function convertPerplexity(perplexity: number, fromTokens: number, toTokens: number): number {
  // answer:begin
  // total = fromTokens · log perplexity stays; per new token it is divided by toTokens
  return perplexity ** (fromTokens / toTokens);
  // answer:end
}

/**
 * The loss of a long text under a model that sees a limited context, by sliding a window over it.
 *
 * Windows of `context` tokens start at 0, stride, 2·stride, … (stride ≤ context), until one reaches the end. Each
 * window scores its tokens that no earlier window has scored; the others serve as context only. Within a window a
 * token sees everything from the window's start up to itself.
 *
 * @param model - the log-probability (nats) of token `next` after the tokens `context`, which may be none
 * @returns the total loss in nats and the number of scored tokens
 */
export function stridedNll(
  model: (context: readonly number[], next: number) => number,
  ids: readonly number[],
  context: number,
  stride: number,
): { total: number; count: number } {
  // answer:begin
  let [total, count] = [0, 0];
  for (let start = 0; count < ids.length; start += stride) {
    const end = Math.min(start + context, ids.length);
    // count is also the first token that is not scored yet
    for (let t = count; t < end; t++) {
      total -= model(ids.slice(start, t), ids[t]!);
      count++;
    }
  }
  return { total, count };
  // answer:end
}
