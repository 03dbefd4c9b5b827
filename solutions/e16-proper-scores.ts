/**
 * E16 · Which scores make honesty pay
 *
 * A score is a loss S(c, q) for having forecast the distribution q when class c happened. It is strictly proper if for
 * every truth p the forecast p, and only that, has the least expected loss.
 */
import type { Step } from "cross-entropy";

export type Score = (c: number, q: readonly number[]) => number;

/**
 * A score S of nothing but the probability of what happened, best at q = p. From
 * `diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0` to `p[k] * diff(S(q[k]), q[k]) == lambda`,
 * at least three lines, with the relation "<=>".
 */
export const steps: Step[] = [
  // answer:begin list
  { expression: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", by: "start" },
  // of both sums only the term i = k contains q_k
  { expression: "p[k] * diff(S(q[k]), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
  { expression: "p[k] * diff(S(q[k]), q[k]) == lambda", relation: "<=>", by: "both sides" },
  // answer:end
];

// answer:begin remove
function expected(score: Score, p: readonly number[], q: readonly number[]): number {
  // what cannot happen costs nothing, even where the score is infinite
  return p.reduce((total, pc, c) => (pc > 0 ? total + pc * score(c, q) : total), 0);
}
// answer:end

/**
 * The forecast with the least expected score when classes are drawn from `p`, right to 1e-5. The scores given here have
 * one minimum and no other valley; it may lie in a corner, such as [1, 0, 0].
 */
export function bestResponse(score: Score, p: readonly number[]): number[] {
  // answer:begin
  let best = p.map(() => 1 / p.length);
  let least = expected(score, p, best);
  // move mass between two classes as long as that helps, then try smaller portions
  for (let portion = 0.25; portion > 1e-7; portion /= 2) {
    for (let moved = true; moved; ) {
      moved = false;
      for (let from = 0; from < p.length; from++)
        for (let to = 0; to < p.length; to++) {
          const mass = Math.min(portion, best[from]!);
          if (from === to || mass === 0) continue;
          const q = best.slice();
          q[from]! -= mass;
          q[to]! += mass;
          const value = expected(score, p, q);
          if (value < least) {
            [best, least] = [q, value];
            moved = true;
          }
        }
    }
  }
  return best;
  // answer:end
}

/**
 * Whether the score is strictly proper for that many classes, as far as a search can tell: false if for some truth p
 * another forecast costs no more than p itself. `random()` gives numbers in [0, 1).
 */
export function isProper(score: Score, classes: number, random: () => number): boolean {
  // answer:begin
  const distribution = () => {
    const weights = Array.from({ length: classes }, () => 0.1 + random());
    const total = weights.reduce((a, b) => a + b);
    return weights.map((w) => w / total);
  };
  for (let trial = 0; trial < 300; trial++) {
    const [p, other] = [distribution(), distribution()];
    // near and far: the best forecast may lie close to p
    const share = 0.1 + 0.9 * random();
    const q = p.map((x, k) => x + share * (other[k]! - x));
    // equal is enough to refute: then honesty is not the only best answer
    if (expected(score, p, q) <= expected(score, p, p)) return false;
  }
  return true;
  // answer:end
}

/**
 * A loss s of one probability such that S(c, q) = s(q[c]) is strictly proper for three classes and more. Any such
 * function is right.
 */
export function localProper(): (p: number) => number {
  // answer:begin
  // p·s′(p) is the same for every p (the steps above), so s = −a·log p + b; here a = 1 and b = 0
  return (p) => -Math.log(p);
  // answer:end
}
