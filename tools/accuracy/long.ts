// Long rows: a vocabulary of 50,257 classes, and sums of ten million terms.
import * as ours from "cross-entropy";
import type { BigNumber } from "mathjs";
import type { Case } from "./cases";
import * as exact from "./reference";
import { big, zero } from "./reference";

const V = 50_257;

/** Logits on a grid of 1/64, so that only a few hundred different exponentials have to be known to 80 digits. */
export function* vocabularyCases(random: ours.Random, float32: boolean): Generator<Case> {
  const round32 = (x: number): number => (float32 ? Math.fround(x) : x);
  for (const [kind, top] of [
    ["random", 0],
    ["confident", 40],
  ] as const) {
    const steps = Int32Array.from({ length: V }, () => Math.round(64 * 2 * random.normal()));
    if (top > 0) steps[7] = 64 * top;
    const z = float32 ? Float32Array.from(steps, (s) => s / 64) : Float64Array.from(steps, (s) => s / 64);
    const largest = Math.max(...steps);
    const counts = new Map<number, number>();
    for (const s of steps) counts.set(s, (counts.get(s) ?? 0) + 1);
    let rest = zero;
    for (const [s, n] of counts)
      rest = rest.plus((big((s - largest) / 64).exp() as BigNumber).times(s === largest ? n - 1 : n));
    const log = exact.log1p(rest);
    const argmax = z.indexOf(largest / 64);
    const y = top > 0 ? argmax : 123;
    const { loss, gradZ } = ours.softmaxCrossEntropyWithGradient(y, z);
    const emit = (quantity: string, actual: number, expected: BigNumber): Case => ({
      quantity: `${quantity}, V = 50,257`,
      kind,
      actual: round32(actual),
      expected,
    });
    yield emit("logSumExp", ours.logSumExp(z), big(largest / 64).plus(log));
    yield emit("cross-entropy", loss, big((largest - steps[y]!) / 64).plus(log));
    const e = big((steps[9]! - largest) / 64).exp() as BigNumber;
    yield emit("gradient", gradZ[9]!, e.div(rest.plus(1)));
    if (top > 0) yield emit("gradient", gradZ[y]!, rest.div(rest.plus(1)).neg());
    // A Zipf law rounded to the precision: each probability occurs as it stands in the array.
    const p = ours.normalise(Array.from({ length: V }, (_, k) => 1 / (1 + (k % 500))));
    const typed = float32 ? Float32Array.from(p) : Float64Array.from(p);
    const kinds = new Map<number, number>();
    for (const x of typed) kinds.set(x, (kinds.get(x) ?? 0) + 1);
    let entropy = zero;
    for (const [x, n] of kinds) entropy = entropy.minus(big(x).times(big(x).ln()).times(n));
    yield emit("entropy", ours.entropy(typed), entropy);
  }
}

/** Ten million terms of 1,000 different values. */
export function* longSums(float32: boolean): Generator<Case> {
  const N = 10_000_000;
  const z = float32 ? new Float32Array(N) : new Float64Array(N);
  for (let i = 0; i < N; i++) z[i] = ((i * 7919) % 1000) / 64 - 8;
  let rest = zero;
  for (let k = 0; k < 1000; k++) rest = rest.plus(big(k / 64 - 999 / 64).exp());
  const log = exact.log1p(rest.times(N / 1000).minus(1));
  const round32 = (x: number): number => (float32 ? Math.fround(x) : x);
  const kind = "1,000 different values";
  yield {
    quantity: "logSumExp, 10⁷ terms",
    kind,
    actual: round32(ours.logSumExp(z)),
    expected: big(999 / 64 - 8).plus(log),
  };
  const weight = 1 + (999 * 1000) / 2 / 1000; // mean of 1 … 1000 is 500.5
  for (let i = 0; i < N; i++) z[i] = (1 + ((i * 7919) % 1000)) / ((weight - 0.5) * N + N / 2);
  let entropy = zero;
  for (let k = 0; k < 1000; k++) {
    const x = big(z[k]!);
    entropy = entropy.minus(x.times(x.ln()).times(N / 1000));
  }
  yield { quantity: "entropy, 10⁷ terms", kind, actual: round32(ours.entropy(z)), expected: entropy };
}
