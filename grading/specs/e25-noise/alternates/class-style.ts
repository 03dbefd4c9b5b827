// class style
export const steps = [
  { expression: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", by: "start" },
  { expression: "-r / q + (1 - r) / (1 - q) == 0", relation: "<=>", by: "differentiate" },
  { expression: "q - r == 0", relation: "<=>", by: "both sides" },
  { expression: "q == r", relation: "<=>", by: "solve" },
  { expression: "q == (1 - eta) * p + eta * (1 - p)", relation: "<=>", by: "definition" },
  { expression: "p == (q - eta) / (1 - 2 * eta)", relation: "<=>", by: "solve" },
];

export const focalSteps = [
  { expression: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", by: "start" },
  {
    expression: "-p * diff((1 - q)^gamma * log(q), q) - (1 - p) * diff(q^gamma * log(1 - q), q)",
    by: "differentiate",
  },
  {
    expression:
      "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    by: "differentiate",
  },
];

class Focal {
  constructor(private readonly gamma: number) {}
  loss(x: number): number {
    return (1 - x) ** this.gamma * -Math.log(x);
  }
  slope(x: number): number {
    return this.gamma * (1 - x) ** (this.gamma - 1) * Math.log(x) - (1 - x) ** this.gamma / x;
  }
}
export const noisyMinimiser = (p: number, noise: number) => {
  const flipped = [1 - p, p];
  return p * (1 - noise) + flipped[0]! * noise;
};
export const forwardCorrected = (q: number, noise: number) => q / (1 - 2 * noise) - noise / (1 - 2 * noise);
export const focal = (y: number, p: number, gamma: number) => new Focal(gamma).loss(y ? p : 1 - p);
export function unfocal(q: number, gamma: number) {
  const f = new Focal(gamma);
  return 1 / (1 + f.slope(q) / f.slope(1 - q));
}
export function focalMinimiser(p: number, gamma: number) {
  let q = p;
  // Newton with a numerical slope, guarded by bisection
  let [low, high] = [0, 1];
  for (let i = 0; i < 200; i++) {
    const error = unfocal(q, gamma) - p;
    if (error < 0) low = q;
    else high = q;
    const h = 1e-6 * q * (1 - q);
    const next = q - (error * 2 * h) / (unfocal(q + h, gamma) - unfocal(q - h, gamma));
    const to = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(to - q) < 1e-15) break;
    q = to;
  }
  return q;
}
