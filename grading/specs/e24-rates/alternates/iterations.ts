// π by repeated squaring of the lazy chain (P + I)/2, which always settles; the forward pass rescaled now and then
type M = readonly (readonly number[])[];
const product = (a: M, b: M) =>
  a.map((r) => b[0]!.map((_, j) => r.reduce((s, x, k) => s + x * b[k]![j]!, 0)));
export function stationary(P: M): number[] {
  let m: M = P.map((r, i) => r.map((x, j) => (x + (i === j ? 1 : 0)) / 2));
  for (let k = 0; k < 40; k++) {
    m = product(m, m);
    m = m.map((r) => r.map((x) => x / r.reduce((a, b) => a + b)));
  }
  return [...m[0]!];
}
const expected = (P: M, f: (i: number, j: number) => number) => {
  const pi = stationary(P);
  let s = 0;
  for (let i = 0; i < P.length; i++)
    for (let j = 0; j < P.length; j++) if (P[i]![j]! !== 0) s += pi[i]! * P[i]![j]! * f(i, j);
  return s;
};
export const entropyRate = (P: M) => expected(P, (i, j) => 0 - Math.log(P[i]![j]!));
export const crossEntropyRate = (P: M, Q: M) => expected(P, (i, j) => 0 - Math.log(Q[i]![j]!));
export function contextLadder(joint: readonly number[], symbols: number): number[] {
  const length = Math.round(Math.log(joint.length) / Math.log(symbols));
  const H = (k: number) => {
    const p = new Float64Array(symbols ** k);
    joint.forEach((x, i) => {
      const at = Math.floor(i / symbols ** (length - k));
      p[at] = p[at]! + x;
    });
    return p.reduce((s, x) => (x > 0 ? s + x * Math.log(1 / x) : s), 0);
  };
  return Array.from({ length }, (_, k) => H(k + 1) - H(k));
}
export function hmmNll(x: readonly number[], A: M, B: M, initial: readonly number[]): number {
  let v = Float64Array.from(initial, (p, i) => p * B[i]![x[0]!]!);
  let logs = 0;
  for (let t = 1; t < x.length; t++) {
    const w = new Float64Array(v.length);
    for (let j = 0; j < w.length; j++)
      for (let i = 0; i < v.length; i++) w[j] = w[j]! + v[i]! * A[i]![j]! * B[j]![x[t]!]!;
    v = w;
    if (t % 16 === 0) {
      const s = v.reduce((a, b) => a + b);
      logs += Math.log(s);
      v = v.map((p) => p / s);
    }
  }
  return -(logs + Math.log(v.reduce((a, b) => a + b)));
}
