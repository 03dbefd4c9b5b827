// through the odds
export const steps = [
  { expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" },
  { expression: "-log((p / (1 - p))^y * (1 - p))", by: "power of a power" },
  { expression: "-log((p / (1 - p))^y) - log(1 - p)", by: "log of a product" },
  { expression: "-y * log(p / (1 - p)) - log(1 - p)", by: "log of a power" },
  { expression: "-y * (log(p) - log(1 - p)) - log(1 - p)", by: "log of a quotient" },
  { expression: "-y * log(p) - (1 - y) * log(1 - p)", by: "algebra" },
];

export function bce(y: number, p: number): number {
  if (y === 1) return p === 1 ? 0 : -Math.log(p);
  if (y === 0) return p === 0 ? 0 : -Math.log1p(-p);
  return y * Math.log(1 / p) + (1 - y) * Math.log(1 / (1 - p));
}
