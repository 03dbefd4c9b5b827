// What is measured: an operation on a batch of logits, and what a program that is compared must offer.

export type Operation = "log-softmax" | "loss" | "loss + gradient" | "entropy" | "KL divergence";
export type Kind = "float32" | "float64";

/** One operation on one batch. */
export interface Work {
  operation: Operation;
  kind: Kind;
  B: number;
  V: number;
  /** Each row is a call of its own, as a learner's program makes many small ones. */
  single: boolean;
}

/** Logits `[B, V]` and the class of each row; with `single` also two distributions per row. */
export interface Inputs {
  z: Float32Array | Float64Array;
  y: Int32Array;
  p: Float64Array;
  q: Float64Array;
}

/** The work, ready to be called. */
export interface Job {
  call(): unknown;
  /** What the last call gave: the mean loss (or sum of the numbers of all rows), and the array. */
  values(): { loss?: number | undefined; out?: ArrayLike<number> | undefined };
  close?(): void;
}

/** A program under comparison, inside its own process; `prepare` gives nothing for what it cannot do. */
export interface Program {
  version: string;
  prepare(work: Work, inputs: Inputs): Job | undefined | Promise<Job | undefined>;
}

export const bytesOf = (kind: Kind) => (kind === "float32" ? 4 : 8);

/** Seeded logits like a language model's, roughly normal with deviation 3; the same for every program. */
export function makeInputs({ kind, B, V, single }: Work): Inputs {
  let state = 0x2545f491;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const z = new (kind === "float32" ? Float32Array : Float64Array)(B * V);
  for (let i = 0; i < z.length; i++) z[i] = Math.fround(6 * (uniform() + uniform() + uniform() - 1.5));
  const y = Int32Array.from({ length: B }, () => Math.floor(uniform() * V));
  const distributions = () => {
    const p = new Float64Array(single ? B * V : 0);
    for (let b = 0; b * V < p.length; b++) {
      let total = 0;
      for (let k = 0; k < V; k++) total += p[b * V + k] = 0.05 + uniform();
      for (let k = 0; k < V; k++) p[b * V + k]! /= total;
    }
    return p;
  };
  return { z, y, p: distributions(), q: distributions() };
}

/** Which entries of a result are compared with ours: some of the first, a middle and the last row, and their classes. */
export function sampled({ B, V }: Pick<Work, "B" | "V">, y: Int32Array): number[] {
  const entries: number[] = [];
  for (const b of new Set([0, B >> 1, B - 1])) {
    for (let k = 0; k < V; k += Math.max(1, Math.floor(V / 61))) entries.push(b * V + k);
    entries.push(b * V + y[b]!);
  }
  return entries;
}
