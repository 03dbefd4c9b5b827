// copies first
export const steps = [
  { expression: "I(p^(m / n))", by: "start" },
  { expression: "1 / n * (n * I(p^(m / n)))", by: "cancel" },
  { expression: "1 / n * sum(s, I(p^(m / n)))", by: "linearity" },
  { expression: "1 / n * I(prod(s, p^(m / n)))", by: "additivity" },
  { expression: "1 / n * I(p^m)", by: "power of a power" },
  { expression: "1 / n * I(prod(r, p))", by: "power of a power" },
  { expression: "1 / n * sum(r, I(p))", by: "additivity" },
  { expression: "1 / n * (m * I(p))", by: "linearity" },
  { expression: "m / n * I(p)", by: "rearrange" },
];

export function candidates(): Record<string, (p: number) => number> {
  const all: Record<string, (p: number) => number> = {};
  all["1 - p"] = (p) => 1 - p;
  all["1/p - 1"] = (p) => p ** -1 - 1;
  all["(log p)^2"] = (p) => Math.log(p) ** 2;
  all["-log p"] = (p) => -Math.log(p);
  return all;
}
const tests: Record<1 | 2 | 3, (f: (p: number) => number, p: number, q: number) => boolean> = {
  1: (f) => Math.abs(f(1)) < 1e-9,
  2: (f, p, q) => p === q || (p < q ? f(p) > f(q) : f(q) > f(p)),
  3: (f, p, q) => Math.abs(f(p * q) - (f(p) + f(q))) <= 1e-9 * Math.max(1, Math.abs(f(p)) + Math.abs(f(q))),
};
export function violates(f: (p: number) => number, axiom: 1 | 2 | 3): { p: number; q: number } | null {
  for (let i = 1; i < 30; i++)
    for (let j = i; j < 30; j++) {
      const [p, q] = [i / 30, j / 30];
      if (!tests[axiom](f, p, q)) return { p, q };
    }
  return null;
}
