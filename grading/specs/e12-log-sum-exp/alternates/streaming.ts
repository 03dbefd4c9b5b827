// one pass, rescaling the sum when the maximum grows (Milakov & Gimelshein 2018)
function pass(z: readonly number[]): [number, number] {
  let m = Number.NEGATIVE_INFINITY;
  let s = 0;
  for (const x of z) {
    if (x === Number.NEGATIVE_INFINITY) continue;
    if (x > m) {
      s = s * Math.exp(m - x) + 1;
      m = x;
    } else s += Math.exp(x - m);
  }
  return [m, s];
}
export const logSumExp = (z: readonly number[]): number => {
  const [m, s] = pass(z);
  return s === 0 ? m : m + Math.log(s);
};
export const logSoftmax = (z: readonly number[]): number[] => {
  const [m, s] = pass(z);
  const l = Math.log(s);
  return z.map((x) => x - m - l);
};
export const logSoftmaxRows = (Z: readonly (readonly number[])[]): number[][] => Z.map((z) => logSoftmax(z));
export function diagnose(f: (z: readonly number[]) => number): "ok" | "overflow" | "underflow" | "precision" {
  const far = [f([1000, 1000]), f([-1000, -1000]), f([-1000, 1000])];
  if (far.some((x) => !(x < Number.POSITIVE_INFINITY))) return "overflow";
  if (far.includes(Number.NEGATIVE_INFINITY)) return "underflow";
  const near = [
    [0, 0, 0],
    [1, -1],
    [2.5, 0],
    [-7, -7.5],
  ];
  return near.every((z) => Math.abs(f(z) / logSumExp(z) - 1) < 1e-12) ? "ok" : "precision";
}
