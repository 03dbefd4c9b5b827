// one logarithm at a time
export const steps = [
  { expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" },
  { expression: "-log((1 - p)^(1 - y)) - log(p^y)", by: "log of a product" },
  { expression: "(y - 1) * log(1 - p) - y * log(p)", by: "log of a power" },
  { expression: "-(y * log(p) + (1 - y) * log(1 - p))", by: "rearrange" },
];

const cost = (weight: number, q: number): number => (weight > 0 ? weight * (0 - Math.log(q)) : 0);
export const bce = (y: number, p: number): number => cost(y, p) + cost(1 - y, 1 - p);
