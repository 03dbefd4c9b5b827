// windows first, then a set of what has been scored
export function sequenceNll(logQ: readonly number[]) {
  let total = 0;
  for (let t = logQ.length - 1; t >= 0; t--) total -= logQ[t]!;
  return { mean: total / logQ.length, total };
}
export function perplexity(meanNats: number): number {
  return 2 ** (meanNats / Math.LN2);
}
export function bitsPerByte(nats: number, text: string): number {
  let bytes = 0;
  for (const ch of text) bytes += new TextEncoder().encode(ch).byteLength;
  return Math.log2(Math.E) * (nats / bytes);
}
export function convertPerplexity(ppl: number, fromTokens: number, toTokens: number): number {
  const total = fromTokens * Math.log(ppl);
  return Math.exp(total / toTokens);
}
export function stridedNll(
  model: (c: number[], next: number) => number,
  ids: readonly number[],
  context: number,
  stride: number,
) {
  const done = new Set<number>();
  let nats = 0;
  let start = 0;
  while (done.size < ids.length) {
    const window = ids.slice(start, start + context);
    for (const [i, id] of window.entries()) {
      if (done.has(start + i)) continue;
      done.add(start + i);
      nats -= model(window.slice(0, i), id);
    }
    start += stride;
  }
  return { total: nats, count: done.size };
}
