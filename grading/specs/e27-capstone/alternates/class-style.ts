// class style: mixing with fixed strengths, by place
type P = readonly number[];
interface Source {
  start: number;
  sentences: readonly P[];
  probabilities: P;
}
type Next = (context: P) => ArrayLike<number>;

class Counts {
  private readonly rows = new Map<string, Map<number, number>>();
  private readonly totals = new Map<string, number>();
  add(key: string, symbol: number, weight = 1): void {
    const row = this.rows.get(key) ?? new Map<number, number>();
    row.set(symbol, (row.get(symbol) ?? 0) + weight);
    this.rows.set(key, row);
    this.totals.set(key, (this.totals.get(key) ?? 0) + weight);
  }
  mix(key: string, prior: P, strength: number): number[] {
    const row = this.rows.get(key);
    const total = this.totals.get(key) ?? 0;
    return prior.map((x, k) => ((row?.get(k) ?? 0) + strength * x) / (total + strength));
  }
  /** Σ p log(row total / p) */
  conditionalEntropy(): number {
    let sum = 0;
    for (const [key, row] of this.rows)
      for (const p of row.values()) sum += p * Math.log(this.totals.get(key)! / p);
    return sum;
  }
}

class Mixture {
  private readonly counts = new Counts();
  constructor(
    corpus: readonly P[],
    private readonly vocabulary: number,
  ) {
    for (const s of corpus)
      s.forEach((y, t) => {
        for (let from = 0; from <= t; from++) this.counts.add(`${t}:${s.slice(from, t)}`, y);
      });
  }
  next = (context: P): number[] => {
    const s = context.slice(1);
    const t = s.length;
    let q: number[] = Array(this.vocabulary).fill(1 / this.vocabulary);
    for (let from = t; from >= 0; from--) {
      // times, subjects and verbs are drawn without looking back; forms and stops follow exactly
      // a shorter memory may be right only by half: it must not be sure of itself
      const strength = t < 3 ? (from === t ? 0.1 : 1e5) : from === 0 ? 0.01 : 5;
      q = this.counts.mix(`${t}:${s.slice(from)}`, q, strength);
    }
    return q;
  };
}

export function trainLM(
  corpus: readonly P[],
  options: { vocabulary: number; start: number; steps?: number },
) {
  const { vocabulary, steps = 1 } = options;
  return new Mixture(steps === 0 ? [] : corpus, vocabulary);
}
export function exactCrossEntropy(next: Next, { start, sentences, probabilities }: Source): number {
  const known = new Map<string, ArrayLike<number>>();
  const ask = (context: P) => {
    const key = context.join();
    if (!known.has(key)) known.set(key, next(context));
    return known.get(key)!;
  };
  const each = sentences.map((s) => s.map((y, t) => Math.log(1 / ask([start, ...s.slice(0, t)])[y]!)));
  return each.reduce((sum, x, n) => sum + (probabilities[n]! * x.reduce((a, b) => a + b)) / x.length, 0);
}
export function contextLadder({ start, sentences, probabilities }: Source, depth: number): number[] {
  const rungs: number[] = [];
  for (let k = 0; k <= depth; k++) {
    const counts = new Counts();
    sentences.forEach((s, n) => {
      const padded = Array<number>(k).fill(start).concat(s);
      s.forEach((y, t) => {
        counts.add(padded.slice(t, t + k).join(), y, probabilities[n]! / s.length);
      });
    });
    rungs.push(counts.conditionalEntropy());
  }
  return rungs;
}
export function roundingShift(
  next: Next,
  rounded: Next,
  { start, sentences, probabilities }: Source,
): number {
  // each context once, with its probability
  const weights = new Map<string, { context: P; weight: number }>();
  sentences.forEach((s, n) => {
    for (let t = 0; t < s.length; t++) {
      const context = [start, ...s.slice(0, t)];
      const entry = weights.get(context.join()) ?? { context, weight: 0 };
      entry.weight += probabilities[n]! / s.length;
      weights.set(context.join(), entry);
    }
  });
  let total = 0;
  for (const { context, weight } of weights.values()) {
    const r = rounded(context);
    total += weight * Array.from(next(context)).reduce((sum, q, k) => sum + q * Math.log(q / r[k]!), 0);
  }
  return total;
}
export function report(next: Next, source: Source) {
  const ladder = contextLadder(source, source.sentences[0]!.length);
  const crossEntropy = exactCrossEntropy(next, source);
  const floor = ladder[ladder.length - 1]!;
  return {
    gap: crossEntropy - floor,
    floor,
    crossEntropy,
    bits: crossEntropy * Math.LOG2E,
    perplexity: Math.exp(crossEntropy),
  };
}
