// typed arrays: one table for each length of context, the shorter one only where the longer was never seen
type P = readonly number[];
interface Source {
  start: number;
  sentences: readonly P[];
  probabilities: P;
}
export function trainLM(
  corpus: readonly P[],
  { vocabulary: V, steps }: { vocabulary: number; steps?: number },
) {
  const whole = new Map<string, Float64Array>();
  const place: Float64Array[] = [];
  const bump = (table: Float64Array | undefined, y: number) => {
    const row = table ?? new Float64Array(V);
    row[y]!++;
    return row;
  };
  if (steps !== 0)
    for (const s of corpus)
      for (let t = 0; t < s.length; t++) {
        const key = s.slice(0, t).join(" ");
        if (t >= 3) whole.set(key, bump(whole.get(key), s[t]!));
        place[t] = bump(place[t], s[t]!);
      }
  const normal = (row: Float64Array, extra: number) => {
    const total = row.reduce((a, b) => a + b, 0) + extra * V;
    return row.map((n) => (n + extra) / total);
  };
  return {
    next(context: P): Float64Array {
      const s = context.slice(1);
      const row = whole.get(s.join(" "));
      if (row !== undefined) return normal(row, 1e-5);
      const own = place[s.length];
      return own === undefined ? new Float64Array(V).fill(1 / V) : normal(own, 1e-4);
    },
  };
}
export function exactCrossEntropy(
  next: (context: P) => ArrayLike<number>,
  { start, sentences, probabilities }: Source,
) {
  const terms = sentences.flatMap((s, n) =>
    s.map((y, t) => (-probabilities[n]! / s.length) * Math.log(next([start].concat(s.slice(0, t)))[y]!)),
  );
  return Float64Array.from(terms)
    .sort()
    .reduce((a, b) => a + b, 0);
}
export function contextLadder({ start, sentences, probabilities }: Source, depth: number) {
  // entropy of blocks of each size that end anywhere in a sentence
  const block = (size: number, skipLast: boolean) => {
    const shares: Record<string, number> = {};
    sentences.forEach((s, n) => {
      for (let t = 0; t < s.length; t++) {
        const padded = [...Array<number>(depth).fill(start), ...s.slice(0, skipLast ? t : t + 1)];
        const key = `_${size === 0 ? "" : padded.slice(-size).join(" ")}`;
        shares[key] = (shares[key] ?? 0) + probabilities[n]! / s.length;
      }
    });
    return Object.values(shares).reduce((h, p) => h - p * Math.log(p), 0);
  };
  return Float64Array.from({ length: depth + 1 }, (_, k) => block(k + 1, false) - block(k, true));
}
export function roundingShift(
  next: (context: P) => ArrayLike<number>,
  rounded: (context: P) => ArrayLike<number>,
  { start, sentences, probabilities }: Source,
) {
  const terms = new Float64Array(sentences.length);
  sentences.forEach((s, n) => {
    s.forEach((_, t) => {
      const context = [start, ...s.slice(0, t)];
      const [q, r] = [Float64Array.from(next(context)), Float64Array.from(rounded(context))];
      for (let k = 0; k < q.length; k++) terms[n]! += q[k]! * (Math.log2(q[k]!) - Math.log2(r[k]!));
    });
  });
  return (terms.reduce((a, b, n) => a + b * probabilities[n]!, 0) * Math.LN2) / sentences[0]!.length;
}
export function report(next: (context: P) => ArrayLike<number>, source: Source) {
  const crossEntropy = exactCrossEntropy(next, source);
  const whole = source.probabilities.reduce((h, p) => h + p * Math.log(1 / p), 0);
  const floor = whole / source.sentences[0]!.length;
  return {
    crossEntropy,
    floor,
    gap: crossEntropy - floor,
    perplexity: 2 ** Math.log2(Math.exp(crossEntropy)),
    bits: crossEntropy / Math.log(2),
  };
}
