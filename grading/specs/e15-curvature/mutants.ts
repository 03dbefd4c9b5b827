import type { Mutant } from "../../specification";

type P = readonly number[];
const softmax = (z: P) => {
  const top = z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const e = z.map((x) => Math.exp(x - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
};
const matrix = (p: P, f: (i: number, j: number) => number) => p.map((_, i) => p.map((_, j) => f(i, j)));
const H = (p: P) => matrix(p, (i, j) => (i === j ? p[i]! : 0) - p[i]! * p[j]!);
const outer = (g: P) => matrix(g, (i, j) => g[i]! * g[j]!);
const dot = (a: P, b: P) => a.reduce((s, x, i) => s + x * b[i]!, 0);

export const mutants: readonly Mutant[] = [
  {
    name: "diagonal only",
    check: "hessian",
    message: "The off-diagonal entries −pᵢpⱼ are missing: raising one logit lowers every other probability.",
    code: {
      hessian: (z: P) => matrix(softmax(z), (i, j) => (i === j ? softmax(z)[i]! * (1 - softmax(z)[i]!) : 0)),
    },
  },
  {
    name: "negative curvature",
    check: "hessian",
    message: "Negative curvature? log Σ exp is convex: the sign is diag(p) − ppᵀ.",
    code: { hessian: (z: P) => H(softmax(z)).map((row) => row.map((x) => -x)) },
  },
  {
    name: "p on the diagonal",
    check: "hessian",
    message: "The diagonal is p(1 − p), not p: the term −pᵢpᵢ belongs there too. Rows must sum to 0.",
    code: {
      hessian: (z: P) =>
        matrix(softmax(z), (i, j) => (i === j ? softmax(z)[i]! : -softmax(z)[i]! * softmax(z)[j]!)),
    },
  },
  {
    name: "signs of the off-diagonal",
    check: "hessian",
    message: "Off the diagonal the sign is minus: probabilities compete.",
    code: {
      hessian: (z: P) =>
        matrix(softmax(z), (i, j) =>
          i === j ? softmax(z)[i]! * (1 - softmax(z)[i]!) : softmax(z)[i]! * softmax(z)[j]!,
        ),
    },
  },
  {
    name: "overflow",
    check: "extremes",
    message: "exp(800) = Infinity gives NaN: subtract the largest logit before the exponential.",
    code: {
      hessian: (z: P) => {
        const e = z.map(Math.exp);
        const total = e.reduce((a, b) => a + b, 0);
        return H(e.map((x) => x / total));
      },
    },
  },
  {
    name: "label of the largest",
    check: "fisher",
    message:
      "That is g gᵀ for one label. Fisher averages over labels drawn from the model: y cancels, Hessian = Fisher.",
    code: {
      fisher: (z: P) => {
        const p = softmax(z);
        const y = p.indexOf(Math.max(...p));
        return outer(p.map((x, k) => x - (k === y ? 1 : 0)));
      },
    },
  },
  {
    name: "equal weights",
    check: "fisher",
    message:
      "You averaged over the labels with equal weights. They are drawn from p: weight each g gᵀ by p[y].",
    code: {
      fisher: (z: P) => {
        const p = softmax(z);
        const all = p.map((_, y) => outer(p.map((x, k) => x - (k === y ? 1 : 0))));
        return matrix(p, (i, j) => all.reduce((s, m) => s + m[i]![j]! / p.length, 0));
      },
    },
  },
  {
    name: "square of the mean gradient",
    check: "fisher",
    message: "The mean gradient under the model is 0. Average the products g gᵀ, not g.",
    code: { fisher: (z: P) => matrix(z, () => 0) },
  },
  {
    name: "second moments",
    check: "fisher",
    message: "E[e_y e_yᵀ] = diag(p) forgets to subtract the mean: g = p − e_y, not e_y.",
    code: { fisher: (z: P) => matrix(softmax(z), (i, j) => (i === j ? softmax(z)[i]! : 0)) },
  },
  {
    name: "product without centring",
    check: "product",
    message: "p∘v alone is the diagonal part. The mean pᵀv must be subtracted: p∘(v − pᵀv).",
    code: { hessianVectorProduct: (z: P, v: P) => softmax(z).map((x, i) => x * v[i]!) },
  },
  {
    name: "product with the gradient's shape",
    check: "product",
    message: "v − pᵀv still has to be multiplied by p, entry by entry.",
    code: { hessianVectorProduct: (z: P, v: P) => v.map((x) => x - dot(softmax(z), v)) },
  },
  {
    name: "plain mean",
    check: "product",
    message: "You subtracted the plain mean of v. The mean is taken under p.",
    code: {
      hessianVectorProduct: (z: P, v: P) => {
        const mean = v.reduce((a, b) => a + b, 0) / v.length;
        return softmax(z).map((x, i) => x * (v[i]! - mean));
      },
    },
  },
  {
    name: "K×K array",
    check: "large",
    message: "K = 50,000: a K×K array needs 20 GB. Use p∘v − p(pᵀv), which needs only vectors.",
    code: {
      hessianVectorProduct: (z: P, v: P) => {
        const p = softmax(z);
        const k = p.length;
        // what such an array comes to, without asking this machine for 20 GB
        if (k > 5000) throw new RangeError("Array buffer allocation failed");
        const h = new Float64Array(k * k);
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++) h[i * k + j] = (i === j ? p[i]! : 0) - p[i]! * p[j]!;
        return p.map((_, i) => dot(Array.from(h.subarray(i * k, (i + 1) * k)), v));
      },
    },
  },
  {
    name: "gradient step",
    check: "newton",
    message: "That is the gradient step e_c − p. Newton divides by the curvature.",
    code: { newtonStep: (c: number, z: P) => softmax(z).map((x, k) => (k === c ? 1 : 0) - x) },
  },
  {
    name: "diagonal Newton",
    check: "newton",
    message: "You divided by the diagonal of the Hessian. Solve with the whole matrix.",
    code: {
      newtonStep: (c: number, z: P) => softmax(z).map((x, k) => ((k === c ? 1 : 0) - x) / (x * (1 - x))),
    },
  },
  {
    name: "one logit fixed",
    check: "newton",
    message: "A solution, but not the one whose entries sum to 0: subtract the mean.",
    code: {
      newtonStep: (c: number, z: P) => {
        const p = softmax(z);
        const d = p.map((_, k) => (k === c ? 1 / p[c]! : 0));
        return d.map((x) => x - d[d.length - 1]!);
      },
    },
  },
  {
    name: "singular inverse",
    check: "newton",
    message:
      "The Hessian is singular along the vector of ones, and your inverse blew up: project, or fix Σ d = 0 first.",
    code: { newtonStep: (_c: number, z: P) => z.map(() => Number.NaN) },
  },
  {
    name: "Newton uphill",
    check: "newton",
    message: "The step goes against the gradient: H d = −(p − e_c).",
    code: {
      newtonStep: (c: number, z: P) =>
        softmax(z).map((_, k) => -((k === c ? 1 : 0) - 1 / z.length) / softmax(z)[c]!),
    },
  },
];
