import {
  adam,
  conjugationGrammar,
  exactCrossEntropy,
  LanguageModel,
  Random,
  sampleSentences,
  sentenceLadder,
} from "cross-entropy";

/** Steps and rates of notebook 17. */
const schedule = [
  [1000, 0.01],
  [300, 0.003],
  [200, 0.001],
] as const;

/** One training as in notebook 17, with the exact loss before and after. */
function capstone(verbs: number, seed: number) {
  const grammar = conjugationGrammar(verbs);
  const started = performance.now();
  const model = new LanguageModel(
    { vocabulary: grammar.vocabulary.length, start: grammar.start },
    new Random(seed),
  );
  const random = new Random(100 + seed);
  const exact = () => exactCrossEntropy(model.next, grammar).mean;
  const first = exact();
  let lowest = first;
  for (const [steps, rate] of schedule) {
    const optimiser = adam(rate, { second: 0.99 });
    for (let n = 1; n <= steps; n++) {
      model.train(sampleSentences(grammar, 64, random), optimiser);
      if (n % 50 === 0) lowest = Math.min(lowest, exact());
    }
  }
  return { first, last: exact(), lowest, seconds: (performance.now() - started) / 1000 };
}

/**
 * `npm run bench:capstone [verbs]`: trains notebook 17's model with three seeds (60 verbs make 193 symbols) and prints loss
 * at the start, at the end, the gap to the floor, and seconds; exit code 1 if a loss is below the floor, or ends 0.01
 * nats or more above it.
 */
export async function main(args: string[]): Promise<number> {
  const verbs = Number(args[0] ?? 60);
  const grammar = conjugationGrammar(verbs);
  const V = grammar.vocabulary.length;
  const ladder = [Math.log(V), ...sentenceLadder(grammar, 3)].map((h) => h.toFixed(4)).join(" → ");
  console.log(`V = ${V}; ladder: ${ladder} (floor ${grammar.floor.toFixed(4)} nats per word)`);
  console.log("seed  start    end      gap      seconds");
  let isGood = true;
  for (const seed of [1, 2, 3]) {
    const { first, last, lowest, seconds } = capstone(verbs, seed);
    const gap = last - grammar.floor;
    isGood &&= lowest >= grammar.floor - 1e-12 && gap < 0.01;
    const row = [first.toFixed(4), last.toFixed(4), gap.toFixed(5), seconds.toFixed(1)];
    console.log(`${seed}     ${row.join("   ")}`);
  }
  return isGood ? 0 : 1;
}
