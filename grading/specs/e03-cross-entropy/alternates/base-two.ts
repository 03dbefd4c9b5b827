// through base 2, typed arrays, summed from the end; a plain Error instead of a RangeError is a refusal too
function check(d: Float64Array): void {
  let s = 0;
  d.forEach((x) => {
    if (!Number.isFinite(x) || x < 0) throw new Error("bad entry");
    s += x;
  });
  if (d.length === 0 || Math.abs(1 - s) > 1e-9) throw new Error("does not sum to 1");
}
function over(p: readonly number[], q: readonly number[], f: (a: number, b: number) => number): number {
  const [a, b] = [Float64Array.from(p), Float64Array.from(q)];
  if (a.length !== b.length) throw new Error("lengths differ");
  check(a);
  check(b);
  let t = 0;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== 0) t += a[i]! * f(a[i]!, b[i]!);
  return t * Math.LN2;
}
export function crossEntropy(p: readonly number[], q: readonly number[]): number {
  return over(p, q, (_, b) => Math.log2(1 / b));
}
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return over(p, q, (a, b) => Math.log2(a) - Math.log2(b));
}
