/** The calls of one check. Where a box takes several questions at once, they are sent together. */
import type { Check, Probe, Reply, Subject } from "./specification";

const budgets = new WeakMap<Check["call"], number>();

/** The usual way to call: the probe's function with the probe's arguments, and nothing else. */
export function plainCall(budget: number): Check["call"] {
  const call = (subject: Subject, probe: Probe) => subject.call(probe.fn, probe.args, budget);
  budgets.set(call, budget);
  return call;
}

/** One reply for each probe, in order. The first comes alone: a stub's needs no second. */
export async function* repliesTo(
  check: Check,
  subject: Subject,
  probes: readonly Probe[],
): AsyncGenerator<Reply, void, undefined> {
  const budget = budgets.get(check.call);
  const [first, ...rest] = probes;
  if (first === undefined) return;
  yield await check.call(subject, first);
  if (budget === undefined || subject.callAll === undefined)
    for (const probe of rest) yield await check.call(subject, probe);
  else yield* subject.callAll(rest, budget);
}
