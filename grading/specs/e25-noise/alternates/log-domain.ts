// log domain
export const steps = [
  { expression: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", by: "start" },
  {
    expression: "diff(-r * log(q), q) - diff((1 - r) * log(1 - q), q) == 0",
    relation: "<=>",
    by: "differentiate",
  },
  { expression: "(1 - r) / (1 - q) - r / q == 0", relation: "<=>", by: "differentiate" },
  { expression: "q - r == 0", relation: "<=>", by: "both sides" },
  { expression: "q - ((1 - eta) * p + eta * (1 - p)) == 0", relation: "<=>", by: "definition" },
  { expression: "q == (1 - eta) * p + eta * (1 - p)", relation: "<=>", by: "both sides" },
  { expression: "(1 - 2 * eta) * p == q - eta", relation: "<=>", by: "both sides" },
  { expression: "p == (q - eta) / (1 - 2 * eta)", relation: "<=>", by: "both sides" },
];

export const focalSteps = [
  { expression: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", by: "start" },
  {
    expression: "diff(p * (1 - q)^gamma * (-log(q)), q) + diff((1 - p) * q^gamma * (-log(1 - q)), q)",
    by: "differentiate",
  },
  {
    expression:
      "p * gamma * (1 - q)^(gamma - 1) * log(q) - p * (1 - q)^gamma / q + diff((1 - p) * q^gamma * (-log(1 - q)), q)",
    by: "differentiate",
  },
  {
    expression:
      "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    by: "differentiate",
  },
];

const lossOf = (chance: number, gamma: number) =>
  Math.exp(gamma * Math.log1p(-chance)) * Math.log(1 / chance);
export const focal = (y: number, p: number, gamma: number): number => lossOf(y === 0 ? 1 - p : p, gamma);
export const noisyMinimiser = (p: number, noise: number): number => p + noise - 2 * p * noise;
export const forwardCorrected = (q: number, noise: number): number => 0.5 + (q - 0.5) / (1 - 2 * noise);
export const unfocal = (q: number, gamma: number): number => {
  const odds =
    ((gamma === 0 ? 0 : -gamma * q ** (gamma - 1) * Math.log(1 - q)) + q ** gamma / (1 - q)) /
    ((gamma === 0 ? 0 : -gamma * (1 - q) ** (gamma - 1) * Math.log(q)) + (1 - q) ** gamma / q);
  return odds / (1 + odds);
};
export function focalMinimiser(p: number, gamma: number): number {
  // bisection in the logit
  let [low, high] = [-40, 40];
  for (let i = 0; i < 200; i++) {
    const m = (low + high) / 2;
    if (unfocal(1 / (1 + Math.exp(-m)), gamma) < p) low = m;
    else high = m;
  }
  return 1 / (1 + Math.exp(-low));
}
