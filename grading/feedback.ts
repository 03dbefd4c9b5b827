/**
 * Says which misunderstanding an answer shows. First the mutants: an answer that returns exactly what a known wrong
 * answer returns gets that one's sentence. Then what can be seen from the numbers alone. Then the smallest input on
 * which the answer fails.
 */
import { close, compare, judgeArrival, numbersOf, shapeOf } from "./judge";
import { Direct } from "./runner/direct";
import { show, showCall } from "./show";
import type { Check, Mutant, Probe, Reply, Subject, Tolerance, Value, Verdict } from "./specification";

export interface Tried {
  readonly probe: Probe;
  readonly reply: Reply;
  readonly verdict: Verdict;
}

const MATCH: Tolerance = { absolute: 1e-300, relative: 1e-9 };

function sameReply(a: Reply, b: Reply): boolean {
  if (a.kind !== "value" || b.kind !== "value") return a.kind === b.kind;
  if (!compare(a.value, b.value, MATCH).ok || !compare(b.value, a.value, MATCH).ok) return false;
  const [x, y] = [numbersOf(a.value), numbersOf(b.value)];
  if (x?.some((v, i) => v === 0 && !Object.is(v, y?.[i]))) return false;
  return compare(a.args, b.args, MATCH).ok;
}

/** The mutant whose replies equal the answer's on every probe of the check, and differ from the truth on one. */
export async function fingerprint(
  check: Check,
  tried: readonly Tried[],
  mutants: readonly Mutant[],
): Promise<Mutant | undefined> {
  const own = mutants.filter((m) => m.check === check.id);
  for (const mutant of [...own, ...mutants.filter((m) => m.check !== check.id)]) {
    const subject = new Direct(mutant.code);
    let informative = false;
    let matches = true;
    for (const { probe, reply, verdict } of tried) {
      if (!(probe.fn in mutant.code)) {
        if (verdict.ok) continue;
        matches = false;
        break;
      }
      const theirs = await check.call(subject, probe);
      if (!sameReply(reply, theirs)) {
        matches = false;
        break;
      }
      // an error alone is no fingerprint: everything that is broken throws
      if (!verdict.ok && (reply.kind === "value" || check.judge(theirs, probe).kind === "error"))
        informative = true;
    }
    if (matches && informative && tried.some((t) => t.reply.kind === "value")) return mutant;
  }
  return undefined;
}

const transpose = (m: readonly (readonly Value[])[]) => m[0]!.map((_, j) => m.map((row) => row[j]));

/** What the numbers show without knowing the exercise: a lost sign, a constant factor, a transposed matrix, … */
export function readNumbers(
  check: Check,
  tried: readonly Tried[],
): { kind: string; message: string } | undefined {
  const valued = tried.filter(
    (t) => t.reply.kind === "value" && judgeArrival(t.reply, t.probe) === undefined,
  );
  const got: number[] = [];
  const want: number[] = [];
  for (const { reply, probe } of valued) {
    const value = (reply as { value: Value }).value;
    const a = numbersOf(value);
    const b = numbersOf(probe.want);
    if (a === undefined || b === undefined || a.length !== b.length) return undefined;
    const [s, t] = [shapeOf(value), shapeOf(probe.want)];
    if (s.length !== t.length || s.some((n, i) => n !== t[i])) {
      if (s.length === 2 && t.length === 2 && s[0] === t[1] && s[1] === t[0])
        return {
          kind: "transpose",
          message: `rows and columns are exchanged: shape ${s.join("×")}, wanted ${t.join("×")}`,
        };
      return undefined;
    }
    got.push(...a);
    want.push(...b);
  }
  const near = (x: number, y: number) => close(x, y, check.tolerance);
  const finite = want
    .map((w, i) => ({ w, g: got[i]! }))
    .filter(({ w, g }) => Number.isFinite(w) && Number.isFinite(g));
  const telling = finite.filter(({ w }) => w !== 0);
  if (finite.length < got.length && got.some((g, i) => Number.isNaN(g) && !Number.isNaN(want[i]!)))
    return undefined;
  if (telling.length > 0 && finite.every(({ w, g }) => near(-g, w)))
    return { kind: "sign", message: "every value has the wrong sign" };
  if (new Set(telling.map(({ w }) => w.toPrecision(9))).size >= 2) {
    const ratio = telling[0]!.g / telling[0]!.w;
    const loose: Tolerance = {
      absolute: check.tolerance.absolute,
      relative: Math.max(1e-9, check.tolerance.relative),
    };
    // a ratio of nearly 1 is an error in the last digits, not a factor
    if (Math.abs(ratio - 1) > 1e-6 && ratio !== 0 && finite.every(({ w, g }) => close(g, w * ratio, loose))) {
      const factor =
        Math.abs(ratio) > 1 ? `large by a factor of ${show(ratio)}` : `small: ${show(ratio)} of the truth`;
      return { kind: "scale", message: `every value is too ${factor}` };
    }
    const shift = finite[0]!.g - finite[0]!.w;
    if (shift !== 0 && finite.every(({ w, g }) => close(g, w + shift, { absolute: 1e-9, relative: 1e-9 })))
      return {
        kind: "offset",
        message: `every value is too ${shift > 0 ? "large" : "small"} by ${show(Math.abs(shift))}`,
      };
  }
  for (const { reply, probe } of valued) {
    const value = (reply as { value: Value }).value as readonly (readonly Value[])[];
    const [rows, columns] = shapeOf(probe.want);
    if (rows === undefined || columns === undefined || rows !== columns) continue;
    if (
      !compare(value, probe.want, check.tolerance).ok &&
      compare(transpose(value), probe.want, check.tolerance).ok
    )
      return { kind: "transpose", message: "rows and columns are exchanged" };
  }
  const shifted = valued.filter(({ reply, probe, verdict }) => {
    const a = (reply as { value: Value }).value as number[];
    const b = probe.want as number[];
    if (verdict.ok || shapeOf(b).length !== 1 || b.length < 3) return false;
    const by = (k: number) => b.every((w, i) => near(a[(i + k + b.length) % b.length]!, w));
    return by(1) || by(-1);
  });
  if (shifted.length > 0 && shifted.length === valued.filter((t) => !t.verdict.ok).length)
    return { kind: "shift", message: "every entry stands one place off: indices start at 0" };
  const sums = valued.find(({ reply, probe, verdict }) => {
    const b = numbersOf(probe.want);
    const a = numbersOf((reply as { value: Value }).value);
    const total = (x: number[]) => x.reduce((s, v) => s + v, 0);
    return (
      !verdict.ok && a && b && b.length > 1 && Math.abs(total(b) - 1) < 1e-9 && Math.abs(total(a) - 1) > 1e-6
    );
  });
  if (sums !== undefined) {
    const total = numbersOf((sums.reply as { value: Value }).value)!.reduce((s, v) => s + v, 0);
    return { kind: "sum", message: `the entries sum to ${show(total)}, they must sum to 1` };
  }
  return undefined;
}

/** Two arguments of one kind given in the other order would explain everything: target first, then prediction. */
export function swapped(
  check: Check,
  tried: readonly Tried[],
): { kind: string; message: string } | undefined {
  const { truth } = check;
  if (truth === undefined || tried.length === 0) return undefined;
  let informative = false;
  for (const { probe, reply, verdict } of tried) {
    const [a, b, ...rest] = probe.args;
    if (b === undefined || reply.kind !== "value") {
      if (!verdict.ok) return undefined;
      continue;
    }
    try {
      const other = (truth as (fn: string, ...args: readonly Value[]) => Value)(probe.fn, b, a, ...rest);
      if (!compare(reply.value, other, { ...MATCH, absolute: check.tolerance.absolute }).ok) return undefined;
      if (!verdict.ok) informative = true;
    } catch {
      return undefined;
    }
  }
  return informative
    ? {
        kind: "swapped",
        message: "the first two arguments are exchanged: the target comes first, then the prediction",
      }
    : undefined;
}

/** calls in search of a small example where the clock may not decide when to stop */
const MAX_TRIES = 120;

/** The smallest failing input that fast-check finds in a short time, as a sentence. */
export async function smallest(
  check: Check,
  subject: Subject,
  repeatable = false,
): Promise<string | undefined> {
  const { shrink, truth } = check;
  if (shrink === undefined || truth === undefined) return undefined;
  // required, not imported: an import() here would load its other build, with types of its own
  const fc = require("fast-check") as typeof import("fast-check");
  let last: Verdict | undefined;
  let tries = 0;
  const property = fc.asyncProperty(shrink.arguments(fc), async (args) => {
    if (repeatable && ++tries > MAX_TRIES) return true;
    const want = (truth as (fn: string, ...args: readonly Value[]) => Value)(shrink.fn, ...args);
    const probe: Probe = { fn: shrink.fn, args, want };
    const reply = await check.call(subject, probe);
    // whatever stopped the answer would stop each of the next tries as well
    if (reply.kind !== "value" && reply.kind !== "error") tries = MAX_TRIES;
    const verdict = check.judge(reply, probe);
    if (!verdict.ok) last = verdict;
    return verdict.ok;
  });
  const found = await fc.check(property, {
    seed: 1,
    numRuns: 40,
    ...(repeatable ? {} : { interruptAfterTimeLimit: 400 }),
  });
  if (found.counterexample === null || last === undefined) return undefined;
  return `simplest example found: ${last.message.startsWith(`${shrink.fn}(`) ? last.message : `${showCall(shrink.fn, found.counterexample[0])}: ${last.message}`}`;
}
