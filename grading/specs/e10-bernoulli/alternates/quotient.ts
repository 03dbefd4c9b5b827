// quotient
export const steps = [
  { expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" },
  { expression: "-log(p^y * (1 - p) / (1 - p)^y)", by: "power of a power" },
  { expression: "-(log(p^y * (1 - p)) - log((1 - p)^y))", by: "log of a quotient" },
  { expression: "-(log(p^y) + log(1 - p) - log((1 - p)^y))", by: "log of a product" },
  { expression: "-(y * log(p) + log(1 - p) - y * log(1 - p))", by: "log of a power" },
  { expression: "-y * log(p) - (1 - y) * log(1 - p)", by: "algebra" },
];

class Label {
  constructor(private readonly y: number) {}
  get weights(): [number, number] {
    return [this.y, 1 - this.y];
  }
  loss(q: readonly [number, number]): number {
    return this.weights.reduce(
      (total, w, k) => (w === 0 ? total : total - w * Math.log2(q[k]!) * Math.LN2),
      0,
    );
  }
}
export function bce(y: number, p: number): number {
  return new Label(y).loss([p, 1 - p]);
}
