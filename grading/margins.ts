/** No tolerance may be close to deciding by accident: the wrong lie far outside of it, the right far inside. */
import { alternates, reference, solutionSource } from "./answers";
import { probesOf } from "./grade";
import { close, numbersOf } from "./judge";
import { PRACTICE_SEED } from "./practice";
import { repliesTo } from "./replies";
import { Direct, trustedAnswer } from "./runner/direct";
import type { Check, Specification, Subject } from "./specification";
import type { Exercise } from "./specs";

/** the first seed is the one that learners practise with */
export const seedName = (i: number) => (i === 0 ? PRACTICE_SEED : `gate-${i}`);

/** How far the wrong are outside of a check's tolerance, and how far the right are inside: both must be at least 10. */
export interface Margin {
  readonly check: string;
  readonly outside: number;
  readonly inside: number;
}

async function excess(check: Check, subject: Subject, seed: string): Promise<number> {
  let worst = 0;
  const probes = probesOf(check, seed);
  let next = 0;
  for await (const reply of repliesTo(check, subject, probes)) {
    const probe = probes[next++]!;
    const want = numbersOf(probe.want);
    const got = reply.kind === "value" ? numbersOf(reply.value) : undefined;
    if (want === undefined || got === undefined || want.length !== got.length) {
      if (!check.judge(reply, probe).ok) worst = Number.POSITIVE_INFINITY;
      continue;
    }
    want.forEach((w, i) => {
      const g = got[i]!;
      if (close(g, w, { absolute: 0, relative: 0 })) return;
      const error = Math.abs(g - w) / (check.tolerance.absolute + check.tolerance.relative * Math.abs(w));
      worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    });
    // a condition beyond closeness (−0, a changed argument) has no margin: it holds or not
    if (!check.judge(reply, probe).ok && worst <= 1) worst = Number.POSITIVE_INFINITY;
  }
  return worst;
}

/** How far inside the right answers are when another engine computes them: the solution and the alternates in boxes. */
export async function insideMargins(
  spec: Specification,
  open: (source: string) => Promise<Subject>,
): Promise<{ check: string; inside: number }[]> {
  const largest = new Map(spec.checks.map((check) => [check.id, 0]));
  for (const source of [solutionSource(spec), ...alternates(spec).map((a) => a.source)]) {
    const box = await open(source);
    try {
      for (const check of spec.checks)
        largest.set(check.id, Math.max(largest.get(check.id)!, await excess(check, box, seedName(0))));
    } finally {
      box.close();
    }
  }
  return [...largest].map(([check, error]) => ({ check, inside: 1 / error }));
}

export async function margins({ specification, mutants }: Exercise, seeds = 3): Promise<Margin[]> {
  const answer = reference(specification);
  const right = [answer, ...alternates(specification).map((a) => trustedAnswer(a.source, a.name))];
  const out: Margin[] = [];
  for (const check of specification.checks) {
    let largestRight = 0;
    for (const other of right)
      for (let i = 0; i < seeds; i++)
        largestRight = Math.max(largestRight, await excess(check, new Direct(other), seedName(i)));
    let smallestWrong = Number.POSITIVE_INFINITY;
    for (const mutant of mutants.filter((m) => m.check === check.id))
      smallestWrong = Math.min(
        smallestWrong,
        await excess(check, new Direct({ ...answer, ...mutant.code }), PRACTICE_SEED),
      );
    out.push({ check: check.id, outside: smallestWrong, inside: 1 / largestRight });
  }
  return out;
}
