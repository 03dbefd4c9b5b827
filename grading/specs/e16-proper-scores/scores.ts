/** Losses with known best answers. A check names one; the answer receives the function. */
import { ship } from "../../inside";

type P = readonly number[];
export type Score = (c: number, q: P) => number;

const norm = (q: P) => Math.hypot(...q);
const favourite = (q: P) => q.indexOf(Math.max(...q));
const share = (w: P) => w.map((x) => x / w.reduce((a, b) => a + b, 0));
const corner = (p: P) => p.map((_, k) => (k === favourite(p) ? 1 : 0));

const formulas: Readonly<Record<string, Score>> = {
  log: (c, q) => -Math.log(q[c]!),
  Brier: (c, q) => q.reduce((s, x, k) => s + (x - (k === c ? 1 : 0)) ** 2, 0),
  spherical: (c, q) => 1 - q[c]! / norm(q),
  absolute: (c, q) => 1 - q[c]!,
  "squared miss": (c, q) => (1 - q[c]!) ** 2,
  "square root": (c, q) => 1 - Math.sqrt(q[c]!),
  "weighted log": (c, q) => -(c === 0 ? 3 : 1) * Math.log(q[c]!),
  "zero-one": (c, q) => (favourite(q) === c ? 0 : 1),
  "log as a reward": (c, q) => Math.log(q[c]!),
};

/** A search asks for ten thousands of values: the boxes run these inside. */
export const scores: Readonly<Record<string, Score>> = Object.fromEntries(
  Object.entries(formulas).map(([name, f]) => [name, ship(f, { norm, favourite })]),
);

/** Where each expected loss is least, worked out by hand with a Lagrange multiplier. */
export const best: Readonly<Record<string, (p: P) => P>> = {
  log: (p) => p,
  Brier: (p) => p,
  spherical: (p) => p,
  // linear in q: the favourite takes all
  absolute: corner,
  // p_k (1 − q_k) equal for all k, as long as that leaves every q_k ≥ 0
  "squared miss": (p) => {
    const each = (p.length - 1) / p.reduce((s, x) => s + 1 / x, 0);
    return p.map((x) => 1 - each / x);
  },
  // p_k / √q_k equal for all k
  "square root": (p) => share(p.map((x) => x * x)),
  "weighted log": (p) => share(p.map((x, k) => (k === 0 ? 3 * x : x))),
};

export const strictlyProper = (name: string, classes: number): boolean =>
  ["log", "Brier", "spherical"].includes(name) || (name === "squared miss" && classes === 2);
