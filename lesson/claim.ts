/**
 * Claims: every statement that the course makes about its sources stands in claims.json, and counts as shown only when
 * code has compared a computed value with an expected one. A claim that does not hold stops the notebook.
 */
import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "./project";

export type ClaimValue = number | boolean | string | readonly number[];

/** An absolute tolerance, or the standard error of a Monte-Carlo estimate (then 4 standard errors are allowed). */
export type Tolerance = number | { readonly se: number };

export interface ClaimRecord {
  readonly id: string;
  readonly what: string;
  /** `undefined` for a statement with nothing to compute, see `claimText` */
  readonly comparison?: {
    readonly actual: ClaimValue;
    readonly expected: ClaimValue;
    readonly tolerance: Tolerance;
  };
}

export interface LedgerEntry {
  readonly id: string;
  readonly statement: string;
  readonly verdict: string;
  readonly kind: "number" | "text";
}

/** Beyond 4 standard errors an honest estimate falls about once in 16,000 times. */
const STANDARD_ERRORS = 4;

// One list per process, whichever copy of this module asks: a reloaded module must not forget what was shown.
const registry = globalThis as { [key: symbol]: ClaimRecord[] | undefined };
const KEY = Symbol.for("cross-entropy.claims");

/** What has been shown so far in this session, in order. */
export function claimRecords(): readonly ClaimRecord[] {
  return registry[KEY] ?? [];
}

let ledger: Map<string, LedgerEntry> | undefined;

/** The entry of claims.json with this id; statements (S…) and corrections (W…) alike. */
export function ledgerEntry(id: string): LedgerEntry {
  if (ledger === undefined) {
    const file = JSON.parse(fs.readFileSync(path.join(projectRoot, "claims.json"), "utf8"));
    ledger = new Map();
    for (const s of file.statements) ledger.set(s.id, s);
    for (const w of file.corrections)
      ledger.set(w.id, { id: w.id, statement: w.right, verdict: "corrected", kind: w.kind });
  }
  const entry = ledger.get(id);
  if (entry === undefined) throw new RangeError(`claim: id must be in claims.json, got ${id}`);
  return entry;
}

/**
 * Whether a computed value agrees with an expected one.
 *
 * Numbers agree within the tolerance (absolute, or 4 standard errors); infinities, texts and truth values only if they are
 * the same; arrays entry by entry.
 */
export function agrees(actual: ClaimValue, expected: ClaimValue, tolerance: Tolerance): boolean {
  if (typeof expected === "number") {
    if (typeof actual !== "number") return false;
    if (actual === expected) return true;
    const allowed = typeof tolerance === "number" ? tolerance : STANDARD_ERRORS * tolerance.se;
    return Number.isFinite(expected) && Math.abs(actual - expected) <= allowed;
  }
  if (typeof expected === "object") {
    return (
      typeof actual === "object" &&
      actual.length === expected.length &&
      expected.every((value, i) => agrees(actual[i] as number, value, tolerance))
    );
  }
  return actual === expected;
}

/** Six significant digits, as stored outputs have. */
export function digits(value: ClaimValue): string {
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (typeof value === "object") return `[${value.map(digits).join(", ")}]`;
  return String(value);
}

/** How sure the number is: "exact" (with the tolerance it was held to) or its standard error. */
export function certainty(tolerance: Tolerance): string {
  if (typeof tolerance === "object") return `± ${Number(tolerance.se.toPrecision(2))} (SE)`;
  return tolerance === 0 ? "exact" : `exact to ${tolerance}`;
}

function record(entry: ClaimRecord): void {
  const list = registry[KEY] ?? [];
  registry[KEY] = list;
  // A cell that is run twice shows its claim once.
  const before = list.findIndex((r) => r.id === entry.id && r.what === entry.what);
  if (before >= 0) list[before] = entry;
  else list.push(entry);
  const log = process.env.COURSE_CLAIMS_LOG;
  if (log !== undefined) fs.appendFileSync(log, `${JSON.stringify(toLog(entry))}\n`);
}

// JSON has no infinity, and the claims check must see exactly what was compared.
const toLog = (entry: ClaimRecord) =>
  JSON.parse(
    JSON.stringify(entry, (_, v) =>
      typeof v === "number" && !Number.isFinite(v) ? { number: String(v) } : v,
    ),
  );

/**
 * Shows that a claim of the ledger holds: compares, prints one line, and throws if they disagree.
 *
 * @param id - a statement (`"S025"`) or correction (`"W01"`) of claims.json
 * @param actual - what the code computed
 * @param expected - what is claimed; must not come from the same computation
 * @param tolerance - absolute tolerance, 0 for "the same", or `{ se }` for a Monte-Carlo estimate (4 standard errors)
 * @param what - the quantity's name and unit, `"H(p, q) in nats"`; also tells several checks of one claim apart
 * @throws RangeError if the id is unknown or the tolerance is not one; ClaimError if the values disagree
 * @example claim("S005", -Math.log(0.01), 4.60517, 5e-6, "surprisal of 0.01 (nats)")
 */
export function claim(
  id: string,
  actual: ClaimValue,
  expected: ClaimValue,
  tolerance: Tolerance,
  what = "",
): void {
  ledgerEntry(id);
  const bound = typeof tolerance === "number" ? tolerance : tolerance.se;
  if (!(bound >= 0 && bound < Infinity))
    throw new RangeError(`claim: tolerance must be a finite number >= 0, got ${bound}`);
  if (!agrees(actual, expected, tolerance))
    throw new ClaimError(
      `claim ${id} does not hold: ${what} is ${digits(actual)}, expected ${digits(expected)} (${certainty(tolerance)})`,
    );
  record({ id, what, comparison: { actual, expected, tolerance } });
  console.log(`✓ ${id}  ${what}${what && " = "}${digits(actual)}  ${certainty(tolerance)}`);
}

/**
 * Marks a statement as met that has nothing to compute (claims.json says which: at most 40).
 *
 * @throws RangeError if the ledger says that this statement needs a number
 */
export function claimText(id: string): void {
  const entry = ledgerEntry(id);
  if (entry.kind !== "text")
    throw new RangeError(`claimText: id must be a statement without a number, got ${id} (use claim)`);
  record({ id, what: "" });
  console.log(`✓ ${id}  ${entry.verdict}`);
}

export class ClaimError extends Error {
  override name = "ClaimError";
}
