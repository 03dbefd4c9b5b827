/**
 * Compares what an answer returned with what is true: type, then shape, then finiteness, then the numbers within
 * `|a − b| <= absolute + relative·|b|`. The sentence depends on the kind of failure.
 */
import { show, showCall, showPair } from "./show";
import type { Probe, Reply, Tolerance, Value, Verdict } from "./specification";

export const right: Verdict = { ok: true, kind: "right", message: "" };
const wrong = (kind: string, message: string): Verdict => ({ ok: false, kind, message });

const isList = (v: Value): v is ArrayLike<Value> =>
  Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView));
const isRecord = (v: Value): v is Record<string, Value> => v !== null && typeof v === "object" && !isList(v);

/** `[2, 3]` for two rows of three; a ragged list stops at the level that still has one length. */
export function shapeOf(value: Value): number[] {
  if (!isList(value)) return [];
  const inner = Array.from(value, shapeOf);
  const first = inner[0] ?? [];
  const same = inner.every((s) => s.length === first.length && s.every((n, i) => n === first[i]));
  return same ? [value.length, ...first] : [value.length];
}
const shapeText = (value: Value) => (isList(value) ? shapeOf(value).join("×") || "0" : "not an array");

function kindOf(v: Value): string {
  if (v === null) return "null";
  if (Array.isArray(v)) return "an array";
  if (ArrayBuffer.isView(v)) return "a typed array";
  return (
    { number: "a number", string: "a text", boolean: "a boolean", undefined: "undefined" }[
      typeof v as string
    ] ?? `a ${typeof v === "object" ? "record" : typeof v}`
  );
}

/** One number against another. Infinities must agree with their sign; NaN is right only if NaN is wanted. */
export function close(got: number, want: number, { absolute, relative }: Tolerance): boolean {
  if (Number.isNaN(want)) return Number.isNaN(got);
  if (!Number.isFinite(got) || !Number.isFinite(want)) return got === want;
  return Math.abs(got - want) <= absolute + relative * Math.abs(want);
}

/** Compares any value; `where` is the path for messages, such as `[2][0]` or `.loss`. */
export function compare(got: Value, want: Value, tolerance: Tolerance, where = ""): Verdict {
  const at = where === "" ? "the result" : `result${where}`;
  if (typeof want === "number") {
    if (typeof got !== "number") {
      const forgot = got === undefined && where === "" ? " (is a return missing?)" : "";
      return wrong("type", `${at} is ${kindOf(got)}, wanted a number${forgot}`);
    }
    if (close(got, want, tolerance)) return right;
    if (Number.isNaN(got)) return wrong("finite", `${at} is NaN, wanted ${show(want)}`);
    if (Number.isFinite(want) !== Number.isFinite(got))
      return wrong("finite", `${at} is ${show(got)}, wanted ${show(want)}`);
    const [a, b] = showPair(got, want);
    return wrong("value", `${at} is ${a}, wanted ${b}: off by ${show(got - want)}`);
  }
  if (isList(want)) {
    if (!isList(got)) {
      const forgot = got === undefined && where === "" ? " (is a return missing?)" : "";
      return wrong("type", `${at} is ${kindOf(got)}, wanted an array${forgot}`);
    }
    if (got.length === 0 && want.length > 0)
      return wrong("empty", `${at} is empty, wanted ${want.length} entries`);
    const [gotShape, wantShape] = [shapeText(got), shapeText(want)];
    if (gotShape !== wantShape) return wrong("shape", `${at} has shape ${gotShape}, wanted ${wantShape}`);
    for (let i = 0; i < want.length; i++) {
      const verdict = compare(got[i], want[i], tolerance, `${where}[${i}]`);
      if (!verdict.ok) return verdict;
    }
    return right;
  }
  if (isRecord(want)) {
    if (!isRecord(got)) return wrong("type", `${at} is ${kindOf(got)}, wanted ${show(want)}`);
    for (const key of Object.keys(want)) {
      if (!(key in got)) return wrong("shape", `${at} has no field ${key}`);
      const verdict = compare(got[key], want[key], tolerance, `${where}.${key}`);
      if (!verdict.ok) return verdict;
    }
    return right;
  }
  if (got === want) return right;
  const kind = typeof got === typeof want ? "value" : "type";
  return wrong(kind, `${at} is ${show(got)}, wanted ${show(want)}`);
}

/** All numbers of a value in order, whatever the nesting, texts and booleans passed over; `undefined` for the rest. */
export function numbersOf(value: Value): number[] | undefined {
  if (typeof value === "number") return [value];
  if (typeof value === "boolean" || typeof value === "string") return [];
  if (value === null || typeof value !== "object") return undefined;
  // fields by name: a record may list them in any order
  const record = value as Record<string, Value>;
  const parts = isList(value)
    ? Array.from(value)
    : Object.keys(record)
        .sort()
        .map((key) => record[key]);
  const out: number[] = [];
  for (const part of parts) {
    const inner = numbersOf(part);
    if (inner === undefined) return undefined;
    out.push(...inner);
  }
  return out;
}

/** A stub, or what is left of one, has not answered; it must not pass as "throws for bad input". */
export const isStub = (reply: Reply) => reply.kind === "error" && /^Not implemented: /.test(reply.message);

/** The first thing that can go wrong: no value came back. `undefined` when one did. */
export function judgeArrival(reply: Reply, probe: Probe): Verdict | undefined {
  const call = showCall(probe.fn, probe.args);
  if (reply.kind === "value")
    return reply.promised
      ? wrong("promise", `${call} returned a Promise: the function must not be async`)
      : undefined;
  if (reply.kind === "error") {
    if (isStub(reply))
      return wrong(
        "stub",
        `${probe.fn} is not written yet: delete its line "throw new Error(…)" and write your answer`,
      );
    return wrong("error", `${call} threw ${reply.name}: ${reply.message}`);
  }
  if (reply.kind === "timeout")
    return wrong("timeout", `${call} ${reply.message}. Is there a loop that never ends?`);
  return wrong(reply.kind, reply.message);
}

/** The usual judge: a value came back and it is the wanted one. */
export function judgeValue(reply: Reply, probe: Probe, tolerance: Tolerance): Verdict {
  const arrival = judgeArrival(reply, probe);
  if (arrival !== undefined) return arrival;
  const verdict = compare((reply as { value: Value }).value, probe.want, tolerance);
  return verdict.ok ? verdict : wrong(verdict.kind, `${showCall(probe.fn, probe.args)}: ${verdict.message}`);
}

/** The judge for bad input: the function must refuse it. */
export function judgeRefusal(reply: Reply, probe: Probe): Verdict {
  if (reply.kind === "error" && !isStub(reply)) {
    // an accident such as "x is not a function" is not a refusal
    return reply.name === "ReferenceError" || reply.name === "SyntaxError"
      ? wrong("error", `${showCall(probe.fn, probe.args)} failed by accident: ${reply.message}`)
      : right;
  }
  if (reply.kind === "value")
    return wrong(
      "accepted",
      `${showCall(probe.fn, probe.args)} returned ${show(reply.value)}, but this input is impossible: throw a RangeError that says why`,
    );
  return judgeArrival(reply, probe)!;
}
