class Target {
  readonly t: number[];
  constructor(c: number, n: number, e: number, who: (k: number) => boolean) {
    let sharers = 0;
    for (let k = 0; k < n; k++) if (who(k)) sharers++;
    this.t = [];
    for (let k = 0; k < n; k++) this.t.push((k === c ? 1 - e : 0) + (who(k) ? e / sharers : 0));
  }
  crossEntropy(logQ: readonly number[]): number {
    return 0 - this.t.reduce((s, x, k) => s + (x === 0 ? 0 : x * logQ[k]!), 0);
  }
}
const rules = {
  all: () => () => true,
  others: (c: number) => (k: number) => k !== c,
  padded: (c: number) => (k: number) => k !== c && k > 0,
};
export function smooth(c: number, n: number, e: number, convention: keyof typeof rules) {
  return new Target(c, n, e, rules[convention](c)).t;
}
export function smoothedLoss(c: number, z: readonly number[], e: number) {
  const target = new Target(c, z.length, e, rules.all());
  const ordered = [...z].sort((a, b) => b - a);
  const top = ordered[0]!;
  const rest = Math.log1p(ordered.slice(1).reduce((s, x) => s + Math.exp(x - top), 0));
  const logQ = z.map((x) => x - top - rest);
  return { loss: target.crossEntropy(logQ), grad: target.t.map((x, k) => Math.exp(logQ[k]!) - x) };
}
export function smoothedFloor(n: number, e: number) {
  const { t } = new Target(0, n, e, rules.all());
  return new Target(0, n, e, rules.all()).crossEntropy(t.map(Math.log));
}
export function optimalGap(n: number, e: number) {
  const { t } = new Target(0, n, e, rules.all());
  return Math.log(t[0]!) - Math.log(t[1]!);
}
