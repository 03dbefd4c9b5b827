/** Right formulas that the wrong answers are made of. */
export type P = readonly number[];
export type Rows = readonly P[];
export const sum = (x: P) => x.reduce((a, b) => a + b, 0);
export const mean = (x: P) => sum(x) / x.length;
export const logSoftmax = (z: P) => {
  const top = Math.max(...z);
  const total = Math.log(sum(z.map((x) => Math.exp(x - top))));
  return z.map((x) => x - top - total);
};
export const softmax = (z: P) => logSoftmax(z).map(Math.exp);
export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
export const cross = (p: P, q: P) => 0 - sum(p.map((x, k) => (x > 0 ? x * Math.log(q[k]!) : 0)));
export const entropy = (p: P) => cross(p, p);
export const kl = (p: P, q: P) => sum(p.map((x, k) => (x > 0 ? x * Math.log(x / q[k]!) : 0)));

/** the exhibits as they hang in the museum, and what people make of them when they mend the wrong thing */
// biome-ignore lint/suspicious/noExplicitAny: twenty signatures
export type Wrong = readonly [name: string, message: string, code: (...args: any[]) => unknown];
