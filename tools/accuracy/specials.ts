// Values that must be exactly right: 0, NaN and infinities, as the table of semantics has them.
import * as ours from "cross-entropy";

const inf = Infinity;
const ce = ours.softmaxCrossEntropy;
const bce = ours.binaryCrossEntropyWithLogits;
const grad = (y: number | number[], z: number[]): number[] =>
  ours.softmaxCrossEntropyWithGradient(y, z).gradZ;
const bceGrad = (y: number, z: number): number => ours.binaryCrossEntropyWithLogitsWithGradient(y, z).gradZ;

/** What is computed, and what it must be, number by number. */
export const specials: readonly (readonly [
  string,
  number | readonly number[],
  number | readonly number[],
])[] = [
  ["logSumExp(−∞, −∞)", ours.logSumExp([-inf, -inf]), -inf],
  ["logSumExp(−∞, 0)", ours.logSumExp([-inf, 0]), 0],
  ["logSumExp(∞, 0)", ours.logSumExp([inf, 0]), inf],
  ["logSumExp(∞, −∞)", ours.logSumExp([inf, -inf]), inf],
  ["logSumExp(NaN, ∞)", ours.logSumExp([NaN, inf]), NaN],
  ["logSumExp(1e308, 1e308)", ours.logSumExp([1e308, 1e308]), 1e308],
  ["logSumExp(-1e308)", ours.logSumExp([-1e308]), -1e308],
  ["softmax(−∞, 0)", ours.softmax([-inf, 0]), [0, 1]],
  ["softmax(−∞, −∞)", ours.softmax([-inf, -inf]), [NaN, NaN]],
  ["softmax(∞, 0)", ours.softmax([inf, 0]), [NaN, NaN]],
  ["softmax(∞, 0), limits", ours.softmax([inf, 0], { limits: true }), [1, 0]],
  ["softmax(NaN, 0)", ours.softmax([NaN, 0]), [NaN, NaN]],
  ["softmax(1e308, −1e308)", ours.softmax([1e308, -1e308]), [1, 0]],
  ["softmax(0, −746)", ours.softmax([0, -746]), [1, 0]],
  ["logSoftmax(−∞, 0)", ours.logSoftmax([-inf, 0]), [-inf, 0]],
  ["logSoftmax(−∞, −∞)", ours.logSoftmax([-inf, -inf]), [NaN, NaN]],
  ["logSoftmax(∞, 0)", ours.logSoftmax([inf, 0]), [NaN, NaN]],
  ["logSoftmax(∞, 0), limits", ours.logSoftmax([inf, 0], { limits: true }), [0, -inf]],
  ["logSoftmax(NaN, 0)", ours.logSoftmax([NaN, 0]), [NaN, NaN]],
  ["logSoftmax(0, −1e5)", ours.logSoftmax([0, -1e5]), [0, -1e5]],
  ["CE(0, (0, −∞))", ce(0, [0, -inf]), 0],
  ["CE(1, (0, −∞))", ce(1, [0, -inf]), inf],
  ["CE((1, 0), (0, −∞))", ce([1, 0], [0, -inf]), 0],
  ["CE((½, ½), (0, −∞))", ce([0.5, 0.5], [0, -inf]), inf],
  ["CE(0, (−∞, −∞))", ce(0, [-inf, -inf]), NaN],
  ["CE(0, (∞, 0))", ce(0, [inf, 0]), NaN],
  ["CE(0, (∞, 0)), limits", ce(0, [inf, 0], { limits: true }), 0],
  ["CE(1, (∞, 0)), limits", ce(1, [inf, 0], { limits: true }), inf],
  ["CE(0, (NaN, 0))", ce(0, [NaN, 0]), NaN],
  ["CE of one class", ce(0, [3]), 0],
  ["CE, ignored NaN row", ce([-1], [[NaN, inf]], { ignoreIndex: -1, reduction: "sum" }), 0],
  ["CE, all ignored", ce([-1], [[1, 2]], { ignoreIndex: -1 }), NaN],
  ["CE, all ignored, 0 asked for", ce([-1], [[1, 2]], { ignoreIndex: -1, emptyMean: 0 }), 0],
  ["CE, smoothed, masked class", ce(0, [0, -inf], { labelSmoothing: 0.1 }), inf],
  ["CE, smoothed, mask given", ce(0, [0, -inf], { labelSmoothing: 0.1, mask: [true, false] }), 0],
  ["gradient(0, (0, 0, −∞))", grad(0, [0, 0, -inf]), [-0.5, 0.5, 0]],
  ["gradient(0, (−∞, −∞))", grad(0, [-inf, -inf]), [NaN, NaN]],
  ["gradient(0, (NaN, 0))", grad(0, [NaN, 0]), [NaN, NaN]],
  ["gradient(0, (0, −800))", grad(0, [0, -800]), [0, 0]],
  ["gradient(1, (0, −∞))", grad(1, [0, -inf]), [1, -1]],
  ["gradient((1, 0), (0, −∞))", grad([1, 0], [0, -inf]), [0, 0]],
  ["BCE(1, ∞)", bce(1, inf), 0],
  ["BCE(0, ∞)", bce(0, inf), inf],
  ["BCE(1, −∞)", bce(1, -inf), inf],
  ["BCE(0, −∞)", bce(0, -inf), 0],
  ["BCE(½, ∞)", bce(0.5, inf), inf],
  ["BCE(½, −∞)", bce(0.5, -inf), inf],
  ["BCE(1, NaN)", bce(1, NaN), NaN],
  ["BCE(0, −800)", bce(0, -800), 0],
  ["BCE(1, −800)", bce(1, -800), 800],
  ["BCE gradient(1, ∞)", bceGrad(1, inf), 0],
  ["BCE gradient(0, ∞)", bceGrad(0, inf), 1],
  ["BCE gradient(1, −∞)", bceGrad(1, -inf), -1],
  ["BCE gradient(½, ∞)", bceGrad(0.5, inf), 0.5],
  ["BCE gradient(1, NaN)", bceGrad(1, NaN), NaN],
  ["entropy(1, 0)", ours.entropy([1, 0]), 0],
  ["crossEntropy((1, 0), (1, 0))", ours.crossEntropy([1, 0], [1, 0]), 0],
  ["crossEntropy((0, 1), (1, 0))", ours.crossEntropy([0, 1], [1, 0]), inf],
  ["klDivergence((0, 1), (0, 1))", ours.klDivergence([0, 1], [0, 1]), 0],
  ["klDivergence((½, ½), (1, 0))", ours.klDivergence([0.5, 0.5], [1, 0]), inf],
  ["xlogy(0, 0)", ours.xlogy(0, 0), 0],
  ["xlogy(0, ∞)", ours.xlogy(0, inf), 0],
  ["xlogy(0, NaN)", ours.xlogy(0, NaN), NaN],
  ["xlog1py(0, −1)", ours.xlog1py(0, -1), 0],
  ["surprisal(1)", ours.surprisal(1), 0],
  ["surprisal(0)", ours.surprisal(0), inf],
  ["sigmoid(∞), sigmoid(−∞)", [ours.sigmoid(inf), ours.sigmoid(-inf)], [1, 0]],
  ["log1pExp(∞), log1pExp(−∞)", [ours.log1pExp(inf), ours.log1pExp(-inf)], [inf, 0]],
  ["perplexity(∞)", ours.perplexity(inf), inf],
];

/** The names of those that are wrong; 0 and −0 count as equal. */
export function wrongSpecials(): { wrong: string[]; values: number } {
  const list = (x: number | readonly number[]): readonly number[] => (typeof x === "number" ? [x] : x);
  const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
  const wrong = specials.filter(([, actual, expected]) => {
    const [a, b] = [list(actual), list(expected)];
    return a.length !== b.length || a.some((x, i) => !same(x, b[i]!));
  });
  return {
    wrong: wrong.map(([name]) => name),
    values: specials.reduce((n, [, , expected]) => n + list(expected).length, 0),
  };
}
