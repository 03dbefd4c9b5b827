// golden section
export const steps = [
  { expression: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", by: "start" },
  { expression: "(1 - r) / (1 - q) - r / q == 0", relation: "<=>", by: "differentiate" },
  { expression: "(1 - r) / (1 - q) == r / q", relation: "<=>", by: "both sides" },
  { expression: "q * (1 - r) == r * (1 - q)", relation: "<=>", by: "both sides" },
  { expression: "q == r", relation: "<=>", by: "both sides" },
  { expression: "q == (1 - eta) * p + eta * (1 - p)", relation: "<=>", by: "definition" },
  { expression: "q == eta + (1 - 2 * eta) * p", relation: "<=>", by: "algebra" },
  { expression: "q - eta == (1 - 2 * eta) * p", relation: "<=>", by: "both sides" },
  { expression: "p == (q - eta) / (1 - 2 * eta)", relation: "<=>", by: "solve" },
];

export const focalSteps = [
  { expression: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", by: "start" },
  {
    expression: "diff(-p * (1 - q)^gamma * log(q), q) + diff(-(1 - p) * q^gamma * log(1 - q), q)",
    by: "differentiate",
  },
  {
    expression:
      "-p * (-gamma * (1 - q)^(gamma - 1) * log(q) + (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    by: "differentiate",
  },
  {
    expression:
      "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    by: "rearrange",
  },
];

export const noisyMinimiser = (p: number, noise: number) => noise + (1 - 2 * noise) * p;
export const forwardCorrected = (q: number, noise: number) => (noise - q) / (2 * noise - 1);
export function focal(y: number, p: number, gamma: number): number {
  return y === 1 ? -((1 - p) ** gamma) * Math.log(p) : -(p ** gamma) * Math.log1p(-p);
}
const slope = (p: number, q: number, g: number) =>
  p * (g * (1 - q) ** (g - 1) * Math.log(q) - (1 - q) ** g / q) -
  (1 - p) * (g * q ** (g - 1) * Math.log(1 - q) - q ** g / (1 - q));
export function focalMinimiser(p: number, gamma: number): number {
  let a = 1e-12;
  let b = 1 - 1e-12;
  while (b - a > 1e-14) {
    const m = (a + b) / 2;
    if (m === a || m === b) break;
    if (slope(p, m, gamma) < 0) a = m;
    else b = m;
  }
  return a;
}
export function unfocal(q: number, gamma: number): number {
  // the slope is linear in p
  const at0 = slope(0, q, gamma);
  const at1 = slope(1, q, gamma);
  return at0 / (at0 - at1);
}
