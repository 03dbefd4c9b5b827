/** A check that cannot fail shows nothing: each claim's expected value is moved, and the claim must then be refused. */
import { agrees, type ClaimRecord, type ClaimValue, type Tolerance } from "cross-entropy/lesson";

/** How far: 1 % of an exact value, 10 % of an estimate; beside zero, 0.01, or 10 standard errors. */
function step(expected: number, tolerance: Tolerance): number {
  if (typeof tolerance === "object") return expected === 0 ? 10 * tolerance.se : 0.1 * Math.abs(expected);
  return expected === 0 ? 0.01 : 0.01 * Math.abs(expected);
}

function moved(expected: ClaimValue, tolerance: Tolerance): ClaimValue[] {
  if (typeof expected === "boolean") return [!expected];
  if (typeof expected === "string") return [`${expected}.`];
  if (typeof expected === "number") {
    if (!Number.isFinite(expected)) return [Number.MAX_VALUE, -expected];
    const by = step(expected, tolerance);
    return [expected + by, expected - by];
  }
  return expected.flatMap((value, i) =>
    (moved(value, tolerance) as number[]).map((other) => expected.map((v, j) => (j === i ? other : v))),
  );
}

/** The first moved value that the claim would still accept; `undefined` if it refuses them all, as it must. */
export function toleratedError(record: ClaimRecord): ClaimValue | undefined {
  if (record.comparison === undefined) return undefined;
  const { actual, expected, tolerance } = record.comparison;
  const others = moved(expected, tolerance);
  if (others.length === 0) return expected;
  return others.find((other) => agrees(actual, other, tolerance));
}
