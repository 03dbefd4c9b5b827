/** An exercise as coursework: its visible checks, and hidden ones that carry a part of their points. */
import { exerciseOf } from "../practice";
import type { Mutant, Specification } from "../specification";
import type { Exercise } from "../specs";

export interface Assignment {
  readonly specification: Specification;
  readonly mutants: readonly Mutant[];
}

const tidy = (points: number) => Math.round(points * 1e9) / 1e9;

/** one for each: what is computed for a check is remembered with it */
const completed = new WeakMap<Specification, Specification>();

/**
 * A hidden check takes its share of the points of the visible check that it deepens, so that an exercise has the same
 * total in practice and as coursework. Hidden checks come last: what an answer sees in them can reach no visible check.
 */
export function withHidden({ specification, hidden = [] }: Exercise): Specification {
  const known = completed.get(specification);
  if (known !== undefined) return known;
  const shareOf = (id: string) => hidden.filter((h) => h.of === id).reduce((sum, h) => sum + h.share, 0);
  const visible = specification.checks.map((check) => ({
    ...check,
    points: tidy(check.points * (1 - shareOf(check.id))),
  }));
  const deeper = hidden.map(({ of, share, make }) => {
    const check = specification.checks.find((c) => c.id === of);
    if (check === undefined) throw new RangeError(`withHidden: ${specification.id} has no check ${of}`);
    return { ...make(check), points: tidy(check.points * share) };
  });
  const complete = { ...specification, checks: [...visible, ...deeper] };
  completed.set(specification, complete);
  // what is complete stays as it is
  completed.set(complete, complete);
  return complete;
}

const made = new Map<string, Assignment>();

export function assignmentOf(id: string): Assignment {
  let assignment = made.get(id);
  if (assignment === undefined) {
    const exercise = exerciseOf(id);
    assignment = { specification: withHidden(exercise), mutants: exercise.mutants };
    made.set(id, assignment);
  }
  return assignment;
}
