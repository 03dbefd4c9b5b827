// class style
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

class Search {
  constructor(private readonly f: (p: number) => number) {}
  private readonly points = [0.9, 0.7, 0.51, 0.3, 0.11, 0.04, 0.003];
  find(broken: (p: number, q: number) => boolean) {
    for (const p of this.points) for (const q of this.points) if (broken(p, q)) return { p, q };
    return null;
  }
  zero = () => this.find(() => Math.abs(this.f(1)) > 1e-9);
  falling = () => this.find((p, q) => p < q && this.f(p) - this.f(q) <= 0);
  additive = () =>
    this.find((p, q) => {
      const [a, b, c] = [this.f(p), this.f(q), this.f(p * q)];
      return Math.abs(c - a - b) > 1e-9 * (1 + Math.abs(a) + Math.abs(b) + Math.abs(c));
    });
}
export const candidates = () => ({
  "1 - p": (p: number) => 1 - p,
  "1/p - 1": (p: number) => 1 / p - 1,
  "(log p)^2": (p: number) => Math.log(p) ** 2,
  "-log p": (p: number) => Math.log2(1 / p) * Math.LN2,
});
export function violates(f: (p: number) => number, axiom: 1 | 2 | 3) {
  const search = new Search(f);
  return [search.zero, search.falling, search.additive][axiom - 1]!();
}
