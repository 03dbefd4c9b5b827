class Tally {
  count = 0;
  private sum = 0;
  private hits = 0;
  add(c: number, h: boolean): void {
    this.count++;
    this.sum += c;
    if (h) this.hits++;
  }
  get confidence() {
    return this.sum / this.count;
  }
  get accuracy() {
    return this.hits / this.count;
  }
  get standardError() {
    return Math.sqrt(this.hits * (this.count - this.hits)) / this.count ** 1.5;
  }
  plain() {
    const { count, confidence, accuracy, standardError } = this;
    return { count, confidence, accuracy, standardError };
  }
}
function tallies(
  c: readonly number[],
  h: readonly boolean[],
  size: number,
  at: (i: number) => number,
): Tally[] {
  const list = Array.from({ length: size }, () => new Tally());
  c.forEach((x, i) => {
    list[at(i)]!.add(x, h[i]!);
  });
  return list.filter((t) => t.count > 0);
}
export function reliability(c: readonly number[], h: readonly boolean[], bins: number, equalMass = false) {
  const byWidth = (i: number) => (c[i] === 1 ? bins - 1 : Math.floor(c[i]! * bins));
  const order = [...c].map((x, i) => [x, i] as const).sort((a, b) => a[0] - b[0]);
  const ranks = new Map(order.map(([, i], r) => [i, r]));
  const byMass = (i: number) => Math.ceil(((ranks.get(i)! + 1) * bins) / c.length) - 1;
  return tallies(c, h, bins, equalMass ? byMass : byWidth).map((t) => t.plain());
}
export const expectedCalibrationError = (c: readonly number[], h: readonly boolean[], bins: number) =>
  reliability(c, h, bins).reduce((s, b) => s + b.count * Math.abs(b.confidence - b.accuracy), 0) / c.length;
export function brierDecomposition(c: readonly number[], h: readonly boolean[]) {
  const values = [...new Set(c)];
  const list = tallies(c, h, values.length, (i) => values.indexOf(c[i]!));
  const base = h.filter((x) => x).length / h.length;
  const brier = c.reduce((s, x, i) => s + (x - +h[i]!) ** 2, 0) / c.length;
  const uncertainty = base * (1 - base);
  const resolution = list.reduce((s, t) => s + (t.count * (t.accuracy - base) ** 2) / c.length, 0);
  return { reliability: brier - uncertainty + resolution, resolution, uncertainty };
}
export function topLabel(Q: readonly (readonly number[])[], y: readonly number[]) {
  const confidence: number[] = [];
  const hit: boolean[] = [];
  for (const [n, q] of Q.entries()) {
    let k = 0;
    for (let j = 1; j < q.length; j++) if (q[j]! > q[k]!) k = j;
    confidence.push(q[k]!);
    hit.push(k === y[n]);
  }
  return { confidence, hit };
}
