/** Tries attacks in a real box and says what they earned and what they changed. */
import { solutionSource } from "../answers";
import { assignmentOf } from "../coursework/assignment";
import { type GradeResult, grade } from "../grade";
import { type OpenBox, openBox, type Tier } from "../sandbox";
import type { Visibility } from "../specification";
import { exercises } from "../specs";
import type { Attack } from "./attack";
import type { Effect, Ground } from "./ground";

const all: readonly Visibility[] = ["visible", "after_due", "staff"];
const exerciseOf = (id: string) => exercises.find((e) => e.specification.id === id)!;

export interface Trial {
  readonly attack: Attack;
  readonly tier: Tier;
  readonly earned: number;
  readonly effects: readonly Effect[];
  /** what is left of a reference answer in the same slot afterwards, of all points */
  readonly canary: { readonly earned: number; readonly points: number; readonly why: string };
  readonly milliseconds: number;
  /** what the box says of itself, for whoever reads the report */
  readonly status: string;
  readonly ok: boolean;
}

export interface Graded {
  readonly result: GradeResult;
  readonly box: OpenBox;
  /** everything that was said by the answer or because of it */
  readonly texts: readonly string[];
}

/** One answer in a fresh box, with all checks and all explanations, as coursework is graded. */
export async function gradeBoxed(
  id: string,
  source: string,
  tier: Tier,
  options: { readonly seed?: string; readonly slot?: number } = {},
): Promise<Graded> {
  const { specification, mutants } = assignmentOf(id);
  const box = await openBox(source, {
    name: `${id}.ts`,
    given: specification.given,
    tier,
    ...(options.slot === undefined ? {} : { slot: options.slot }),
  });
  try {
    const result = await grade(specification, box, {
      seed: options.seed ?? "attack",
      visibility: all,
      mutants,
      repeatable: true,
    });
    const said = result.checks.flatMap((c) => [c.message, c.example ?? ""]);
    return { result, box, texts: [...said, box.log, box.status.reason] };
  } finally {
    box.close();
  }
}

export async function tryAttack(attack: Attack, tier: Tier, ground: Ground, slot = 0): Promise<Trial> {
  const exercise = attack.exercise ?? "e12";
  const started = performance.now();
  ground.begin();
  const texts: string[] = [];
  let earned = 0;
  let status = "";
  try {
    for (const before of attack.before ?? [])
      texts.push(...(await gradeBoxed(exercise, before(ground), tier, { slot })).texts);
    const graded = await gradeBoxed(exercise, attack.source(ground), tier, { slot });
    texts.push(...graded.texts);
    earned = graded.result.earned;
    status = `${graded.box.status.kind} ${graded.box.status.reason}`.trim();
  } catch (error) {
    // an infrastructure failure is no zero, but here somebody caused it: the canary must still be graded
    status = `${(error as Error).name}: ${(error as Error).message}`;
  }
  const effects = await ground.end(texts);
  const milliseconds = performance.now() - started;
  const after = await gradeBoxed(exercise, solutionSource(exerciseOf(exercise).specification), tier, {
    slot,
  });
  const why = after.result.checks.map((c) => c.message).join(" ");
  const canary = { earned: after.result.earned, points: after.result.points, why };
  const enough = attack.innocent !== true || earned === attack.honest;
  const ok = earned <= attack.honest && enough && effects.length === 0 && canary.earned === canary.points;
  return { attack, tier, earned, effects, canary, milliseconds, status, ok };
}
