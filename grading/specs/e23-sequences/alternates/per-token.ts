// the start of the window computed for each token
export const sequenceNll = (logQ: readonly number[]) => {
  const total = -logQ.reduce((a, b) => a + b);
  return { total, mean: total / logQ.length };
};
export const perplexity = (meanNats: number) => Math.E ** meanNats;
export const bitsPerByte = (nats: number, text: string) =>
  (nats * Math.LOG2E) / encodeURIComponent(text).replace(/%../g, "x").length;
export const convertPerplexity = (ppl: number, fromTokens: number, toTokens: number) =>
  Math.exp((Math.log(ppl) * fromTokens) / toTokens);
export function stridedNll(
  model: (c: readonly number[], next: number) => number,
  ids: readonly number[],
  context: number,
  stride: number,
) {
  let total = 0;
  ids.forEach((id, t) => {
    const window = t < context ? 0 : Math.ceil((t + 1 - context) / stride);
    total += -model(ids.slice(window * stride, t), id);
  });
  return { total, count: ids.length };
}
