// root first
export const steps = [
  { expression: "I(p^(m / n))", by: "start" },
  { expression: "I((p^(1 / n))^m)", by: "power of a power" },
  { expression: "I(prod(r, p^(1 / n)))", by: "power of a power" },
  { expression: "sum(r, I(p^(1 / n)))", by: "additivity" },
  { expression: "m * I(p^(1 / n))", by: "linearity" },
  { expression: "m / n * (n * I(p^(1 / n)))", by: "algebra" },
  { expression: "m / n * sum(s, I(p^(1 / n)))", by: "linearity" },
  { expression: "m / n * I(prod(s, p^(1 / n)))", by: "additivity" },
  { expression: "m / n * I(p)", by: "power of a power" },
];

const list: [string, (p: number) => number][] = [
  ["1 - p", (p) => 1 - p],
  ["1/p - 1", (p) => (1 - p) / p],
  ["(log p)^2", (p) => Math.log(p) * Math.log(p)],
  ["-log p", (p) => Math.log(1 / p)],
];
export const candidates = () => Object.fromEntries(list);
export function violates(f: (p: number) => number, axiom: 1 | 2 | 3) {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state + 0.5) / 0x80000000;
  };
  for (let i = 0; i < 300; i++) {
    const p = random();
    const q = random();
    const [low, high] = p < q ? [p, q] : [q, p];
    const broken =
      axiom === 1
        ? Math.abs(f(1)) > 1e-9
        : axiom === 2
          ? f(low) <= f(high)
          : Math.abs(f(p * q) - f(p) - f(q)) > 1e-9 * (1 + Math.abs(f(p * q)));
    if (broken) return axiom === 2 ? { p: low, q: high } : { p, q };
  }
  return null;
}
