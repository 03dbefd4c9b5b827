// π by Gaussian elimination with pivoting; the forward pass in logarithms
type M = readonly (readonly number[])[];
export function stationary(P: M): number[] {
  const n = P.length;
  const a = P.map((_, j) => [...P.map((r, i) => r[j]! - (i === j ? 1 : 0)), 0]);
  a[n - 1] = [...P.map(() => 1), 1];
  for (let c = 0; c < n; c++) {
    let b = c;
    for (let r = c; r < n; r++) if (Math.abs(a[r]![c]!) > Math.abs(a[b]![c]!)) b = r;
    [a[c], a[b]] = [a[b]!, a[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const f = a[r]![c]! / a[c]![c]!;
      for (let k = c; k <= n; k++) a[r]![k]! -= f * a[c]![k]!;
    }
  }
  return a.map((r, i) => r[n]! / r[i]!);
}
export const entropyRate = (P: M): number => {
  const pi = stationary(P);
  return P.reduce(
    (s, r, i) => s + pi[i]! * r.reduce((h, p) => h + (p === 0 ? 0 : p * Math.log(1 / p)), 0),
    0,
  );
};
export function crossEntropyRate(P: M, Q: M): number {
  return stationary(P)
    .map((w, i) => w * P[i]!.reduce((s, p, j) => (p === 0 ? s : s + p * -Math.log(Q[i]![j]!)), 0))
    .reduce((a, b) => a + b, 0);
}
export function contextLadder(joint: readonly number[], symbols: number): number[] {
  const rungs: number[] = [];
  for (let run = joint.length; run > 1; run /= symbols) {
    // contexts are runs of length `run`, next letters runs of length run/symbols
    let h = 0;
    for (let c = 0; c < joint.length; c += run) {
      const mass = joint.slice(c, c + run).reduce((a, b) => a + b, 0);
      for (let k = 0; k < symbols; k++) {
        const part = joint
          .slice(c + (k * run) / symbols, c + ((k + 1) * run) / symbols)
          .reduce((a, b) => a + b, 0);
        if (part > 0) h -= part * Math.log(part / mass);
      }
    }
    rungs.push(h);
  }
  return rungs;
}
const lse = (xs: number[]) => {
  const m = Math.max(...xs);
  return m === -Infinity ? m : m + Math.log(xs.reduce((s, x) => s + Math.exp(x - m), 0));
};
export function hmmNll(sequence: readonly number[], A: M, B: M, initial: readonly number[]): number {
  let l = initial.map((x, i) => Math.log(x) + Math.log(B[i]![sequence[0]!]!));
  for (let t = 1; t < sequence.length; t++) {
    const now = l;
    l = now.map((_, j) => lse(now.map((x, i) => x + Math.log(A[i]![j]!))) + Math.log(B[j]![sequence[t]!]!));
  }
  return -lse(l);
}
