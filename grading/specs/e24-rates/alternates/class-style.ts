type M = readonly (readonly number[])[];
class Chain {
  readonly pi: number[];
  constructor(readonly P: M) {
    // π is proportional to the principal cofactors of I − P
    const minor = (skip: number) =>
      P.flatMap((r, i) =>
        i === skip ? [] : [r.flatMap((x, j) => (j === skip ? [] : [(i === j ? 1 : 0) - x]))],
      );
    const raw = P.map((_, i) => Chain.det(minor(i)));
    this.pi = raw.map((x) => x / raw.reduce((a, b) => a + b));
  }
  private static det(m: number[][]): number {
    if (m.length === 0) return 1;
    return m[0]!.reduce(
      (s, x, j) => s + (j % 2 ? -x : x) * Chain.det(m.slice(1).map((r) => r.filter((_, k) => k !== j))),
      0,
    );
  }
  cost(Q: M): number {
    let total = 0;
    this.P.forEach((row, i) => {
      row.forEach((p, j) => {
        if (p > 0) total += this.pi[i]! * p * -Math.log(Q[i]![j]!);
      });
    });
    return total;
  }
}
export const stationary = (P: M) => new Chain(P).pi;
export const entropyRate = (P: M) => new Chain(P).cost(P);
export const crossEntropyRate = (P: M, Q: M) => new Chain(P).cost(Q);
export function contextLadder(joint: readonly number[], symbols: number): number[] {
  const entropy = (p: readonly number[]) =>
    0 - p.filter((x) => x > 0).reduce((s, x) => s + x * Math.log(x), 0);
  if (joint.length === symbols) return [entropy(joint)];
  const shorter = Array.from({ length: joint.length / symbols }, (_, i) =>
    joint.slice(i * symbols, i * symbols + symbols).reduce((a, b) => a + b),
  );
  return [...contextLadder(shorter, symbols), entropy(joint) - entropy(shorter)];
}
export function hmmNll(sequence: readonly number[], A: M, B: M, initial: readonly number[]): number {
  // filtering: predict the next symbol, pay for it, update the belief
  let belief: number[] = [...initial];
  let nats = 0;
  for (const x of sequence) {
    const p = belief.reduce((s, b, i) => s + b * B[i]![x]!, 0);
    nats += Math.log(1 / p);
    const posterior = belief.map((b, i) => (b * B[i]![x]!) / p);
    belief = posterior.map((_, j) => posterior.reduce((s, b, i) => s + b * A[i]![j]!, 0));
  }
  return nats;
}
