// Many small calls: each row of a batch is one call, and the results are added up.
import type { Inputs, Job, Operation, Work } from "./work";

/** How one row is computed: from logits and class, or from two distributions. */
export type RowCalls = Partial<Record<Operation, (x: Float64Array, y: number, q: Float64Array) => number>>;

const split = (x: Float64Array, V: number) =>
  Array.from({ length: x.length / V }, (_, b) => x.slice(b * V, (b + 1) * V));

/** A job that calls a function for each row; its "loss" is the mean of the numbers that it returned. */
export function rowJob(work: Work, inputs: Inputs, calls: RowCalls): Job;
export function rowJob(work: Work, inputs: Inputs, calls: RowCalls): Job | undefined;
export function rowJob(work: Work, { z, y, p, q }: Inputs, calls: RowCalls): Job | undefined {
  const { operation, V, B } = work;
  const call = calls[operation];
  if (call === undefined) return undefined;
  const fromLogits = operation !== "entropy" && operation !== "KL divergence";
  const x = split(fromLogits ? Float64Array.from(z) : p, V);
  const other = split(q, V);
  let total = 0;
  return {
    call() {
      total = 0;
      for (let b = 0; b < B; b++) total += call(x[b]!, y[b]!, other[b]!);
    },
    values: () => ({ loss: operation === "log-softmax" ? -total / B : total / B }),
  };
}
