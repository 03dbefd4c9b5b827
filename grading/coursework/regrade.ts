/** What a new grading changed, result by result, before anybody's grade does. */
import type { GradeRecord } from "./record";

export interface Change {
  readonly student: string;
  readonly exercise: string;
  readonly attempt: number;
  readonly before: string;
  readonly after: string;
  /** the checks whose outcome changed */
  readonly checks: readonly string[];
}

const nameOf = (r: GradeRecord) => `${r.student} ${r.exercise} ${r.attempt}`;
const told = (r: GradeRecord | undefined) =>
  r === undefined
    ? "no result"
    : r.status === "graded"
      ? `${r.earned} of ${r.points}`
      : `${r.status}, ${r.earned} of ${r.points}`;

export function changesBetween(before: readonly GradeRecord[], after: readonly GradeRecord[]): Change[] {
  const old = new Map(before.map((r) => [nameOf(r), r]));
  const fresh = new Map(after.map((r) => [nameOf(r), r]));
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((name): Change[] => {
    const [a, b] = [old.get(name), fresh.get(name)];
    const outcome = (r: GradeRecord | undefined, id: string) =>
      r?.checks.find((c) => c.id === id)?.outcome ?? "absent";
    const ids = new Set([...(a?.checks ?? []), ...(b?.checks ?? [])].map((c) => c.id));
    const checks = [...ids]
      .filter((id) => outcome(a, id) !== outcome(b, id))
      .map((id) => `${id}: ${outcome(a, id)} → ${outcome(b, id)}`);
    const same =
      a !== undefined &&
      b !== undefined &&
      a.earned === b.earned &&
      a.points === b.points &&
      a.status === b.status;
    if (same && checks.length === 0) return [];
    const { student, exercise, attempt } = (b ?? a)!;
    return [{ student, exercise, attempt, before: told(a), after: told(b), checks }];
  });
}
