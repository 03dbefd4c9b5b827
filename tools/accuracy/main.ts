import { Random, setEngine } from "cross-entropy";
import { bulkCases } from "./bulk";
import { binaryCases, type Case, logitCases, probabilityCases } from "./cases";
import { longSums, vocabularyCases } from "./long";
import { ulpError } from "./reference";
import { wrongSpecials } from "./specials";

/** The largest error, in units in the last place, that each quantity may have in float64. In float32 it is 0.51. */
const limits: Readonly<Record<string, number>> = {
  logSumExp: 1.5,
  "logSumExp near 0": 2,
  logSoftmax: 1.5,
  softmax: 2,
  "cross-entropy": 1.5,
  "gradient, y": 2,
  "gradient, other": 2,
  "cross-entropy, soft": 1.5,
  "label smoothing": 1.6,
  perplexity: 1,
  "Hessian–vector": 2,
  distillation: 4,
  BCE: 1.1,
  "BCE, soft": 1.1,
  "BCE gradient": 1.5,
  "BCE gradient, soft": 2,
  sigmoid: 1,
  log1pExp: 1,
  entropy: 1,
  "crossEntropy(p, q)": 1,
  klDivergence: 2.5,
  "logSumExp, V = 50,257": 1.5,
  "cross-entropy, V = 50,257": 1.5,
  "gradient, V = 50,257": 2,
  "entropy, V = 50,257": 1,
  "logSumExp, 10⁷ terms": 1,
  "entropy, 10⁷ terms": 1,
};

/** The kernels' limits, [float64, float32]. */
const bulkLimits: Readonly<Record<string, readonly [number, number]>> = {
  "bulk cross-entropy": [1.5, 1.5],
  "bulk gradient, y": [3, 1.5],
  "bulk gradient, other": [3, 1.5],
  "bulk softmax": [3, 1.5],
  "bulk logSoftmax": [1.5, 1.5],
};

interface Worst {
  count: number;
  error: number;
  kind: string;
}

/**
 * `npm run accuracy`: largest errors in units in the last place against 80-digit values, in float64 and float32, with
 * the limit that each must keep; `--seed N` chooses other inputs, `--quick` fewer. Exit code 1 if a limit is broken.
 */
export async function main(args: string[]): Promise<number> {
  const seed = Number(args[args.indexOf("--seed") + 1] ?? "") || 1;
  const rounds = args.includes("--quick") ? 4 : 40;
  let broken = 0;
  setEngine("portable");
  for (const float32 of [false, true]) {
    const worst = new Map<string, Worst>();
    let cases = 0;
    const random = new Random(seed);
    const judge = ({ quantity, kind, actual, expected }: Case): void => {
      cases++;
      const entry = worst.get(quantity) ?? { count: 0, error: -1, kind: "" };
      const error = ulpError(actual, expected, float32);
      entry.count++;
      if (error > entry.error) Object.assign(entry, { error, kind });
      worst.set(quantity, entry);
    };
    for (const one of logitCases(random, rounds, float32)) judge(one);
    for (const one of binaryCases(random, rounds, float32)) judge(one);
    for (const one of probabilityCases(random, rounds, float32)) judge(one);
    for (const one of bulkCases(random, rounds, float32)) judge(one);
    if (rounds > 10) for (const one of vocabularyCases(random, float32)) judge(one);
    if (rounds > 10) for (const one of longSums(float32)) judge(one);
    console.log(
      `\n${float32 ? "float32 (computed in float64, rounded once)" : "float64"}: ${cases} values\n`,
    );
    console.log("| quantity | values | largest error, ulp | worst kind of input | must be at most | |");
    console.log("|---|---|---|---|---|---|");
    for (const [quantity, { count, error, kind }] of worst) {
      const limit = bulkLimits[quantity]?.[float32 ? 1 : 0] ?? (float32 ? 0.51 : limits[quantity]!);
      const good = error <= limit;
      if (!good) broken++;
      console.log(
        `| ${quantity} | ${count} | ${error.toFixed(3)} | ${kind} | ${limit} | ${good ? "✓" : "✗"} |`,
      );
    }
  }
  const { wrong, values } = wrongSpecials();
  console.log(
    `\nSpecial values (0, NaN, ∞ and limits): ${wrong.length} of ${values} wrong${wrong.length > 0 ? `: ${wrong.join("; ")}` : ""}`,
  );
  return broken + wrong.length === 0 ? 0 : 1;
}
