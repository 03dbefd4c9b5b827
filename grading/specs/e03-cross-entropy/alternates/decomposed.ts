// H(p, q) as a reduce over indices; KL as the difference H(p, q) − H(p)
const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
function validate(...ds: (readonly number[])[]) {
  for (const d of ds) {
    if (d.length !== ds[0]!.length || d.length < 1) throw new RangeError("lengths");
    if (d.some((x) => Number.isNaN(x) || x < 0)) throw new RangeError("entries");
    if (Math.abs(sum([...d]) - 1) > 1e-8) throw new RangeError("sum");
  }
}
export const crossEntropy = (p: readonly number[], q: readonly number[]): number => {
  validate(p, q);
  return sum(p.map((x, i) => (x === 0 ? 0 : x * -Math.log(q[i]!))));
};
export const klDivergence = (p: readonly number[], q: readonly number[]): number => {
  const cross = crossEntropy(p, q);
  return cross === Number.POSITIVE_INFINITY ? cross : cross - crossEntropy(p, p);
};
