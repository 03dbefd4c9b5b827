import type { Mutant } from "../../specification";

type P = readonly number[];
const total = (p: P, term: (pi: number, i: number) => number) => p.reduce((s, pi, i) => s + term(pi, i), 0);
const ce = (p: P, q: P) => total(p, (pi, i) => (pi > 0 ? -pi * Math.log(q[i]!) : 0));
const kl = (p: P, q: P) => total(p, (pi, i) => (pi > 0 ? pi * Math.log(pi / q[i]!) : 0));
/** a mutant that is wrong in one respect must not fail for another: it refuses bad input like the reference */
function refuse(p: P, q: P): void {
  const bad = (d: P) =>
    d.length === 0 || d.some((x) => !(x >= 0)) || !(Math.abs(total(d, (x) => x) - 1) <= 1e-9);
  if (p.length !== q.length || bad(p) || bad(q)) throw new RangeError("not a distribution");
}
const refusing =
  (f: (p: P, q: P) => number) =>
  (p: P, q: P): number => {
    refuse(p, q);
    return f(p, q);
  };

export const mutants: readonly Mutant[] = [
  {
    name: "averaged under q",
    check: "cross-entropy",
    message:
      "You averaged under q: that is H(q, p). Outcomes arrive with p; q only sets what each one costs.",
    code: { crossEntropy: refusing((p, q) => ce(q, p)) },
  },
  {
    name: "KL the other way",
    check: "kl",
    message: "That is D(q‖p). The first argument is the law of the outcomes, and it weights the terms.",
    code: { klDivergence: refusing((p, q) => kl(q, p)) },
  },
  {
    name: "log of the sum",
    check: "cross-entropy",
    message:
      "log Σ p·q is the logarithm of an expectation. Here the expectation stands outside: average the logs.",
    code: { crossEntropy: refusing((p, q) => -Math.log(total(p, (pi, i) => pi * q[i]!))) },
  },
  {
    name: "bits",
    check: "cross-entropy",
    message: "Factor 1.4427 off: that is in bits. Use the natural logarithm.",
    code: { crossEntropy: refusing((p, q) => ce(p, q) / Math.LN2) },
  },
  {
    name: "entropy of p",
    check: "cross-entropy",
    message: "You took the logarithm of p: that is the entropy of p. The code was built from q.",
    code: { crossEntropy: refusing((p, _q) => ce(p, p)) },
  },
  {
    name: "mean over outcomes",
    check: "cross-entropy",
    message:
      "You divided by the number of outcomes. p already weights: a weighted sum with weights that sum to 1.",
    code: { crossEntropy: refusing((p, q) => ce(p, q) / p.length) },
  },
  {
    name: "absolute terms",
    check: "kl",
    message: "Terms of KL may be negative; only the sum is >= 0. Leave the absolute value out.",
    code: {
      klDivergence: refusing((p, q) =>
        total(p, (pi, i) => (pi > 0 ? Math.abs(pi * Math.log(pi / q[i]!)) : 0)),
      ),
    },
  },
  {
    name: "KL without the entropy",
    check: "kl",
    message:
      "That is the whole cross-entropy. KL is what q costs beyond H(p): the quotient p/q stands in the logarithm.",
    code: { klDivergence: refusing(ce) },
  },
  {
    name: "KL with the sign lost",
    check: "kl",
    message: "log(q/p) has the other sign: KL is never negative.",
    code: { klDivergence: refusing((p, q) => -kl(p, q)) },
  },
  {
    name: "0·log 0 in the cross-entropy",
    check: "never-happens",
    message: "0·log 0 came out as NaN. What never happens (p = 0) does not count: leave the term out.",
    code: { crossEntropy: refusing((p, q) => total(p, (pi, i) => -pi * Math.log(q[i]!))) },
  },
  {
    name: "0/0 in KL",
    check: "never-happens",
    message: "0/0 came out as NaN: outcomes that p never produces do not count.",
    code: { klDivergence: refusing((p, q) => total(p, (pi, i) => pi * Math.log(pi / q[i]!))) },
  },
  {
    name: "clipped",
    check: "impossible",
    message:
      "The true answer is Infinity: an impossible event happened. 23.03 = −log 1e-10 is your clip, and it hides that.",
    code: {
      crossEntropy: refusing((p, q) =>
        total(p, (pi, i) => (pi > 0 ? -pi * Math.log(Math.max(q[i]!, 1e-10)) : 0)),
      ),
    },
  },
  {
    name: "skips q = 0",
    check: "impossible",
    message:
      "You left out the outcomes with q = 0. The guard belongs on p: what happens unpredicted costs Infinity.",
    code: {
      crossEntropy: refusing((p, q) => total(p, (pi, i) => (q[i]! > 0 ? -pi * Math.log(q[i]!) : 0))),
      klDivergence: refusing((p, q) =>
        total(p, (pi, i) => (pi > 0 && q[i]! > 0 ? pi * Math.log(pi / q[i]!) : 0)),
      ),
    },
  },
  {
    name: "accepts anything",
    check: "refuses",
    message:
      "Probabilities that do not sum to 1 give a number that means nothing: refuse them with a RangeError.",
    code: { crossEntropy: ce, klDivergence: kl },
  },
];
