// softplus(x) = LSE(0, x) with the larger taken out; gradient through tanh
const lse = (a: number, b: number) => {
  const [low, high] = a < b ? [a, b] : [b, a];
  return high + Math.log1p(Math.exp(low - high));
};
export const bceWithLogits = (y: number, z: number, posWeight = 1): number => {
  const hit = y === 0 ? 0 : y * posWeight * lse(0, -z);
  const miss = y === 1 ? 0 : (1 - y) * lse(0, z);
  return hit + miss;
};
export const bceWithLogitsGradient = (y: number, z: number, posWeight = 1): number => {
  const s = Math.exp(-lse(0, -z));
  const oneMinus = Math.exp(-lse(0, z));
  return -posWeight * y * oneMinus + (1 - y) * s;
};
export const multiLabelLoss = (
  y: readonly number[],
  z: readonly number[],
  w: readonly number[] = y.map(() => 1),
): number => {
  let mean = 0;
  for (let k = 0; k < y.length; k++) mean += bceWithLogits(y[k]!, z[k]!, w[k]) / y.length;
  return mean;
};
