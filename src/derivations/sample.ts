import type { Arithmetic, Decimal } from "./decimal";
import type { Point, Value } from "./evaluate";
import type { Derivation, Domain } from "./types";

/**
 * A random point of a derivation's domain.
 *
 * Coordinates are short decimals, exact at 64 digits: a distribution sums to exactly 1 and a counter-example can be
 * read. `digits` says how short.
 */
export function samplePoint(
  derivation: Derivation,
  sizes: Readonly<Record<string, number>>,
  random: () => number,
  arithmetic: Arithmetic,
  digits: number,
): Point {
  const { of } = arithmetic;
  const scale = 10 ** digits;
  const short = (x: number): Decimal => of(Math.round(x * scale)).div(of(scale));
  const sizeOf = (name: string): number => {
    const size = sizes[name];
    if (size === undefined) throw new RangeError(`derivation: size ${name} must have values`);
    return size;
  };
  const repeat = (name: string | undefined, draw: (i: number) => Value): Value =>
    name === undefined ? draw(0) : Array.from({ length: sizeOf(name) }, (_, i) => draw(i));

  /** Positive whole numbers with a given sum, then divided by it. */
  const distribution = (count: number, zeros: boolean): Decimal[] => {
    const total = Math.max(scale, 10 * count);
    const weights = Array.from({ length: count }, () => -Math.log(random()));
    if (zeros && count > 1) weights[Math.floor(random() * count)] = 0;
    const sum = weights.reduce((a, b) => a + b);
    const shares = weights.map((w) => (w === 0 ? 0 : Math.max(1, Math.floor((w / sum) * (total - count)))));
    const largest = shares.indexOf(Math.max(...shares));
    shares[largest] = shares[largest]! + total - shares.reduce((a, b) => a + b);
    return shares.map((share) => of(share).div(of(total)));
  };

  const whole = (from: number, to: number): Decimal => of(from + Math.floor(random() * (to - from + 1)));

  const draw = (domain: Domain, values: Readonly<Record<string, Value>>): Value => {
    switch (domain.is) {
      case "distribution":
        // The first, shortest points are without zeros: the counter-examples that are easiest to follow.
        return distribution(sizeOf(domain.size), domain.zeros === true && digits > 1 && random() < 0.5);
      case "joint": {
        const columns = sizeOf(domain.columns);
        const flat = distribution(sizeOf(domain.rows) * columns, false);
        return repeat(domain.rows, (i) => flat.slice(i * columns, (i + 1) * columns));
      }
      case "conditional":
        return repeat(domain.rows, () => distribution(sizeOf(domain.columns), false));
      case "stationary":
        return stationary(values[domain.of] as readonly (readonly Decimal[])[], arithmetic);
      case "real":
        return repeat(domain.size, () => repeat(domain.columns, () => short(6 * random() - 3)));
      case "positive":
        return repeat(domain.size, () => repeat(domain.columns, () => short(0.1 + 3 * random())));
      case "unit": {
        const { below = 1 } = domain;
        return repeat(domain.size, () =>
          of(1 + Math.floor(random() * (Math.ceil(below * scale) - 1))).div(of(scale)),
        );
      }
      case "label":
        return whole(1, sizeOf(domain.size));
      case "labels":
        return repeat(domain.length, () => whole(1, sizeOf(domain.size)));
      case "integer":
        return whole(domain.from, domain.to);
      case "codeLengths":
        return codeLengths(sizeOf(domain.size), random).map((length) => of(length));
    }
  };

  const values: Record<string, Value> = {};
  for (const [name, domain] of Object.entries(derivation.symbols)) values[name] = draw(domain, values);
  return { sizes, values };
}

/** Lengths of the words of a random binary prefix code, ascending; sometimes one word longer than it need be. */
function codeLengths(count: number, random: () => number): number[] {
  const lengths = [0];
  while (lengths.length < count) {
    const [split = 0] = lengths.splice(Math.floor(random() * lengths.length), 1);
    lengths.push(split + 1, split + 1);
  }
  if (random() < 0.5) lengths[lengths.length - 1] = lengths[lengths.length - 1]! + 1;
  return lengths.map((length) => Math.max(1, length)).sort((a, b) => a - b);
}

/** π with π = πP: Gaussian elimination on (Pᵀ − I)π = 0 with Σπ = 1, at 64 digits. */
function stationary(P: readonly (readonly Decimal[])[], { of }: Arithmetic): Decimal[] {
  const n = P.length;
  const rows = P.map((_, j) => [
    ...P.map((row, i) => (j === n - 1 ? of(1) : row[j]!.minus(of(i === j ? 1 : 0)))),
    of(j === n - 1 ? 1 : 0),
  ]);
  for (let c = 0; c < n; c++) {
    const pivot = rows.findIndex((row, r) => r >= c && !row[c]!.isZero());
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]!.div(rows[c]![c]!);
      rows[r] = rows[r]!.map((x, k) => x.minus(factor.times(rows[c]![k]!)));
    }
  }
  return rows.map((row, i) => row[n]!.div(row[i]!));
}
