/**
 * E23 · Sequences, perplexity, tokenizers, strides
 *
 * The probability of a sequence is a product of conditional ones. Its cross-entropy is a sum; the rest is a question
 * of units and denominators: per token, per character, per byte, in nats, in bits, as a perplexity.
 */

/** From the log-probabilities of the tokens (nats): the loss of the whole sequence, and per token. */
export function sequenceNll(logQ: readonly number[]): { total: number; mean: number } {
  throw new Error("Not implemented: sequenceNll. Delete this line and write your answer");
}

/** The perplexity for a mean loss in nats. */
export function perplexity(meanNats: number): number {
  throw new Error("Not implemented: perplexity. Delete this line and write your answer");
}

/** The loss in bits per byte of `text` in UTF-8, given the loss of the whole text in nats. */
export function bitsPerByte(nats: number, text: string): number {
  throw new Error("Not implemented: bitsPerByte. Delete this line and write your answer");
}

/**
 * The perplexity of the same text with the same total loss, per token of another tokenizer: it had `fromTokens` tokens,
 * the other one makes `toTokens` of it.
 */
export function convertPerplexity(perplexity: number, fromTokens: number, toTokens: number): number {
  throw new Error("Not implemented: convertPerplexity. Delete this line and write your answer");
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
  throw new Error("Not implemented: stridedNll. Delete this line and write your answer");
}
