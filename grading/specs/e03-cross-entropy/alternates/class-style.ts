// a class that validates once; KL with log1p of the relative difference where q is close to p
class Law {
  constructor(readonly p: readonly number[]) {
    const t = p.reduce((a, b) => a + b, 0);
    if (p.length === 0 || !p.every((x) => x >= 0) || !(Math.abs(t - 1) < 1e-9))
      throw new RangeError("not a law");
  }
  against(q: Law, loss: (p: number, q: number) => number): number {
    if (q.p.length !== this.p.length) throw new RangeError("not the same outcomes");
    let total = 0;
    this.p.forEach((x, i) => {
      if (x) total += x * loss(x, q.p[i] as number);
    });
    return total;
  }
}
export function crossEntropy(p: readonly number[], q: readonly number[]): number {
  return new Law(p).against(new Law(q), (_, b) => 0 - Math.log(b));
}
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return new Law(p).against(new Law(q), (a, b) =>
    b === 0 ? Number.POSITIVE_INFINITY : -Math.log1p((b - a) / a),
  );
}
