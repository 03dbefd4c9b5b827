// arrays filled first, corrected afterwards
export const smooth = (
  c: number,
  classes: number,
  smoothing: number,
  convention: "all" | "others" | "padded",
) => {
  const t = new Float64Array(classes);
  switch (convention) {
    case "all":
      t.fill(smoothing / classes);
      t[c] = t[c]! + 1 - smoothing;
      break;
    case "others":
      t.fill(smoothing / (classes - 1));
      t[c] = 1 - smoothing;
      break;
    case "padded":
      t.fill(smoothing / (classes - 2), 1);
      t[c] = 1 - smoothing;
  }
  return t;
};
export const smoothedLoss = (c: number, z: readonly number[], smoothing: number) => {
  const t = smooth(c, z.length, smoothing, "all");
  const top = Math.max(...z);
  const e = z.map((x) => Math.exp(x - top));
  const s = e.reduce((a, b) => a + b);
  let loss = 0;
  for (let k = z.length; k-- > 0; ) loss += t[k]! * (Math.log(s) - (z[k]! - top));
  return { loss, grad: e.map((x, k) => x / s - t[k]!) };
};
export const smoothedFloor = (classes: number, smoothing: number) =>
  Array.from(smooth(classes - 1, classes, smoothing, "all"), (x) => x * Math.log2(1 / x)).reduce(
    (a, b) => a + b,
  ) * Math.LN2;
export const optimalGap = (classes: number, smoothing: number) => {
  const t = smooth(0, classes, smoothing, "all");
  return Math.log(t[0]! / t[1]!);
};
