// absolute discounting: every count lends a fixed amount to the shorter memory
type P = readonly number[];
interface Source {
  start: number;
  sentences: readonly P[];
  probabilities: P;
}
type Next = (context: P) => ArrayLike<number>;

export const trainLM = (
  corpus: readonly P[],
  options: { vocabulary: number; start: number; steps?: number },
) => {
  const tables = new Map<string, Map<number, number>>();
  const learn = (key: string, y: number) => {
    if (!tables.has(key)) tables.set(key, new Map());
    tables.get(key)!.set(y, (tables.get(key)!.get(y) ?? 0) + 1);
  };
  for (const s of options.steps === 0 ? [] : corpus)
    for (const [t, y] of s.entries()) {
      learn(`${t}`, y);
      // two memories are enough: none, and everything from the fourth place on
      if (t >= 3) learn(`${t} ${s.slice(0, t).join(" ")}`, y);
    }
  const lend = (key: string, shorter: P, discount: number): P => {
    const table = tables.get(key);
    if (table === undefined) return shorter;
    let total = 0;
    for (const n of table.values()) total += n;
    const free = (discount * table.size) / total;
    return shorter.map((x, k) => {
      const n = table.get(k);
      return (n === undefined ? 0 : (n - discount) / total) + free * x;
    });
  };
  const uniform = Array.from({ length: options.vocabulary }, () => 1 / options.vocabulary);
  return {
    next: (context: P): P => {
      const s = context.slice(1);
      return lend(`${s.length} ${s.join(" ")}`, lend(`${s.length}`, uniform, 0.01), 0.002);
    },
  };
};
export const exactCrossEntropy = (next: Next, source: Source): number => {
  const length = source.sentences[0]!.length;
  let total = 0;
  for (let t = length - 1; t >= 0; t--)
    for (let n = 0; n < source.sentences.length; n++) {
      const s = source.sentences[n]!;
      total += source.probabilities[n]! * -Math.log(next([source.start, ...s.slice(0, t)])[s[t]!]!);
    }
  return total / length;
};
export const contextLadder = (source: Source, depth: number): number[] => {
  const rung = (k: number) => {
    const pairs = source.sentences.flatMap((s, n) =>
      s.map((y, t) => ({
        past: Array.from({ length: k }, (_, i) => s[t - k + i] ?? source.start).join(" "),
        y,
        p: source.probabilities[n]! / s.length,
      })),
    );
    const past = new Map<string, number>();
    const both = new Map<string, number>();
    for (const { past: c, y, p } of pairs) {
      past.set(c, (past.get(c) ?? 0) + p);
      both.set(`${c}|${y}`, (both.get(`${c}|${y}`) ?? 0) + p);
    }
    return [...both].reduce((h, [key, p]) => h - p * Math.log(p / past.get(key.split("|")[0]!)!), 0);
  };
  return Array.from({ length: depth + 1 }, (_, k) => rung(k));
};
// cross-entropy of the two forecasts minus entropy of the first
export const roundingShift = (next: Next, rounded: Next, source: Source): number => {
  const cost = (q: ArrayLike<number>, r: ArrayLike<number>) =>
    Array.from(q, (x, k) => (x > 0 ? -x * Math.log(r[k]!) : 0)).reduce((a, b) => a + b, 0);
  let sum = 0;
  for (const [n, s] of source.sentences.entries())
    for (let t = 0; t < s.length; t++) {
      const context = [source.start].concat(s.slice(0, t));
      const q = next(context);
      sum += (source.probabilities[n]! * (cost(q, rounded(context)) - cost(q, q))) / s.length;
    }
  return sum;
};
export const report = (next: Next, source: Source) => {
  const crossEntropy = exactCrossEntropy(next, source);
  const floor = contextLadder(source, source.sentences[0]!.length).at(-1)!;
  return {
    crossEntropy,
    floor,
    gap: crossEntropy - floor,
    perplexity: Math.exp(crossEntropy),
    bits: Math.log2(Math.exp(crossEntropy)),
  };
};
