class Text {
  private total = 0;
  private count = 0;
  score(logQ: number): void {
    this.total -= logQ;
    this.count += 1;
  }
  get result() {
    return { total: this.total, count: this.count };
  }
}
export const sequenceNll = (logQ: readonly number[]) => {
  const t = new Text();
  for (const l of logQ) t.score(l);
  return { total: t.result.total, mean: t.result.total / t.result.count };
};
export const perplexity = (meanNats: number): number => 1 / Math.exp(-meanNats);
export const bitsPerByte = (nats: number, text: string): number => {
  const units = Array.from(text, (ch) => ch.codePointAt(0)!);
  const bytes = units
    .map((u) => (u > 0xffff ? 4 : u > 0x7ff ? 3 : u > 0x7f ? 2 : 1) as number)
    .reduce((a, b) => a + b);
  return nats / (bytes * Math.LN2);
};
export const convertPerplexity = (ppl: number, fromTokens: number, toTokens: number): number =>
  perplexity((fromTokens / toTokens) * Math.log(ppl));
export function stridedNll(
  model: (c: readonly number[], next: number) => number,
  ids: readonly number[],
  context: number,
  stride: number,
) {
  const text = new Text();
  let scored = 0;
  for (let w = 0; scored < ids.length; w++) {
    const start = w * stride;
    const end = Math.min(ids.length, start + context);
    while (scored < end) {
      text.score(model(ids.slice(start, scored), ids[scored]!));
      scored++;
    }
  }
  return text.result;
}
