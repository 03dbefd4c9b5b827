// targets and losses as mixtures: (1 − ε)·one-hot + ε·something
const mix = (c: number, share: number[], e: number) => share.map((u, k) => e * u + (k === c ? 1 - e : 0));
export function smooth(c: number, classes: number, smoothing: number, convention: string): number[] {
  const members = Array.from(
    { length: classes },
    (_, k) => convention === "all" || (k !== c && !(convention === "padded" && k === 0)),
  );
  const n = members.filter(Boolean).length;
  return mix(
    c,
    members.map((m) => (m ? 1 / n : 0)),
    smoothing,
  );
}
export function smoothedLoss(c: number, z: readonly number[], smoothing: number) {
  const m = z.reduce((a, b) => Math.max(a, b));
  const lse = m + Math.log(z.reduce((s, x) => s + Math.exp(x - m), 0));
  const mean = z.reduce((s, x) => s + x, 0) / z.length;
  return {
    loss: (1 - smoothing) * (lse - z[c]!) + smoothing * (lse - mean),
    grad: z.map((x, k) => Math.exp(x - lse) - smoothing / z.length - (k === c ? 1 - smoothing : 0)),
  };
}
export function smoothedFloor(classes: number, smoothing: number): number {
  const low = smoothing / classes;
  const high = 1 - smoothing + low;
  return -high * Math.log(high) - (classes - 1) * low * Math.log(low);
}
export const optimalGap = (classes: number, smoothing: number): number =>
  Math.log1p((classes * (1 - smoothing)) / smoothing);
