class Mean {
  total = 0;
  count = 0;
  add(x: number, n = 1): this {
    this.total += x;
    this.count += n;
    return this;
  }
  get value(): number {
    return this.count === 0 ? 0 : this.total / this.count;
  }
}
const over = (losses: readonly number[], mask: readonly boolean[]) => {
  const m = new Mean();
  losses.forEach((x, t) => {
    if (mask[t]) m.add(x);
  });
  return m;
};
export const maskedMean = (losses: readonly number[], mask: readonly boolean[]) => over(losses, mask).value;
export function perSequenceMean(
  losses: readonly (readonly number[])[],
  mask: readonly (readonly boolean[])[],
) {
  const outer = new Mean();
  losses.forEach((row, n) => {
    const inner = over(row, mask[n]!);
    if (inner.count) outer.add(inner.value);
  });
  return outer.value;
}
export const accumulate = (parts: readonly { sum: number; count: number }[]) =>
  parts.reduce((m, p) => m.add(p.sum, p.count), new Mean()).value;
export function ignoreIndexLoss(y: readonly number[], logQ: readonly (readonly number[])[], ignore: number) {
  const m = new Mean();
  y.forEach((c, n) => {
    if (c !== ignore) m.add(-logQ[n]![c]!);
  });
  return {
    loss: m.value,
    grad: logQ.map((row, n) => row.map((_, k) => (y[n] !== ignore && y[n] === k ? -1 / m.count : 0))),
  };
}
