/** A conjugation grammar for each seed: its words have other numbers, and its times, subjects and verbs other shares. */
import { conjugationGrammar } from "cross-entropy";
import type { Random } from "../../random";

type P = readonly number[];
export interface Source {
  readonly vocabulary: number;
  readonly start: number;
  readonly sentences: readonly P[];
  readonly probabilities: P;
  /** entropy of each place given all before it */
  readonly floors: P;
}

const SUBJECTS = 7;
const H = (p: P) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);

export function makeSource(random: Random, verbs: number): Source {
  const grammar = conjugationGrammar(verbs);
  const vocabulary = grammar.vocabulary.length;
  const number = random.shuffle(random.list(vocabulary, (k) => k));
  const times = random.distribution(3);
  const subjects = random.distribution(SUBJECTS);
  const ranks = random.list(verbs, (v) => 1 / (v + 2));
  const total = ranks.reduce((a, b) => a + b, 0);
  const shares = random.shuffle(ranks.map((x) => x / total));
  // conjugationGrammar lists its sentences by time, then subject, then verb
  const probabilities = grammar.sentences.map(
    (_, n) =>
      times[Math.floor(n / (SUBJECTS * verbs))]! *
      subjects[Math.floor(n / verbs) % SUBJECTS]! *
      shares[n % verbs]!,
  );
  return {
    vocabulary,
    start: number[grammar.start]!,
    sentences: grammar.sentences.map((s) => s.map((k) => number[k]!)),
    probabilities,
    floors: [H(times), H(subjects), H(shares), 0, 0],
  };
}

export function sample(random: Random, { sentences, probabilities }: Source, count: number): P[] {
  const sums: number[] = [];
  probabilities.reduce((s, p) => {
    sums.push(s + p);
    return s + p;
  }, 0);
  return random.list(count, () => {
    const u = random.uniform();
    // binary search for the first sum above u
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return sentences[low]!;
  });
}

/** the contexts of a source with the probability of each symbol after it, times that of the context */
export function contexts({ start, sentences, probabilities }: Source) {
  const all = new Map<string, { context: number[]; joint: Map<number, number> }>();
  sentences.forEach((sentence, n) => {
    for (let t = 0; t < sentence.length; t++) {
      const context = [start, ...sentence.slice(0, t)];
      const entry = all.get(context.join(" ")) ?? { context, joint: new Map<number, number>() };
      entry.joint.set(sentence[t]!, (entry.joint.get(sentence[t]!) ?? 0) + probabilities[n]!);
      all.set(context.join(" "), entry);
    }
  });
  return [...all.values()];
}
