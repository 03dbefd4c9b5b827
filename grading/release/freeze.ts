/** Freezes an exercise, and proves on all known right and wrong answers that the frozen checks judge as the real ones. */
import { alternates, reference, stubSource } from "../answers";
import { generatedMutants } from "../generated";
import { probesOf } from "../grade";
import { PRACTICE_SEED } from "../practice";
import { Direct, trustedAnswer } from "../runner/direct";
import { type Answer, type Check, RemoteFunction, type Subject, type Value } from "../specification";
import type { Exercise } from "../specs";
import {
  type FrozenCheck,
  type FrozenDerivation,
  type FrozenExercise,
  type FrozenMutant,
  frozenJudges,
  judgeFrozen,
  store,
} from "./frozen";

const MAX_ARGUMENTS = 20_000;

/** Do the two judge every reply of this answer alike? */
async function agrees(check: Check, frozen: FrozenCheck, answer: Answer): Promise<boolean> {
  for (const probe of probesOf(check, PRACTICE_SEED)) {
    const real = check.judge(await check.call(new Direct(answer), probe), probe).ok;
    const plain = await new Direct(answer).call(probe.fn, probe.args);
    if (judgeFrozen(frozen.judge, plain, probe, check.tolerance).ok !== real) return false;
  }
  return true;
}

function answersOf({ specification, mutants }: Exercise): Answer[] {
  const answer = reference(specification);
  return [
    answer,
    trustedAnswer(stubSource(specification), "stub.ts"),
    ...alternates(specification).map((a) => trustedAnswer(a.source, a.name)),
    ...mutants.map((m) => ({ ...answer, ...m.code })),
    ...generatedMutants(answer).map((g) => g.answer),
  ];
}

/** Undefined if the check cannot be told by calls and values alone. */
async function freezeCheck(check: Check, answers: readonly Answer[]): Promise<FrozenCheck | undefined> {
  const probes = probesOf(check, PRACTICE_SEED);
  let data: FrozenCheck["probes"];
  try {
    data = probes.map(({ fn, args, want }) => ({ fn, args: store(args), want: store(want) }));
  } catch {
    return undefined;
  }
  if (probes.some((p) => !(p.fn in answers[0]!))) return undefined;
  // a check of speed or memory, made of inputs that are too large to be shipped
  if (data.some((p) => JSON.stringify(p.args).length > MAX_ARGUMENTS)) return undefined;
  const { id, title, points, needs, budget, tolerance } = check;
  candidates: for (const judge of frozenJudges) {
    const frozen = { id, title, points, needs, budget, tolerance, judge, probes: data };
    for (const answer of answers) if (!(await agrees(check, frozen, answer))) continue candidates;
    return frozen;
  }
  return undefined;
}

/** Which steps go to which task, as the check itself says when it asks. */
async function freezeDerivation(check: Check): Promise<FrozenDerivation> {
  let found: FrozenDerivation | undefined;
  const { id, title, points } = check;
  const listener: Partial<Subject> = {
    derive: async (steps, task) => {
      found = { id, title, points, steps, task };
      return { kind: "dead", message: "" };
    },
  };
  await check.call(listener as Subject, check.generate(undefined as never)[0]!);
  return found!;
}

async function freezeMutants(
  { specification, mutants }: Exercise,
  kept: readonly Check[],
): Promise<FrozenMutant[]> {
  const answer = reference(specification);
  const out: FrozenMutant[] = [];
  for (const { name, check, message, code } of mutants) {
    // of a derivation the module itself says what is wrong
    if (!kept.some((c) => c.id === check)) continue;
    const outputs: FrozenMutant["outputs"][number][] = [];
    for (const probe of kept.flatMap((c) => probesOf(c, PRACTICE_SEED))) {
      if (!(probe.fn in code)) continue;
      const reply = await new Direct({ ...answer, ...code }).call(probe.fn, probe.args);
      if (reply.kind !== "value" && reply.kind !== "error") continue;
      if (reply.kind === "value" && holdsFunction(reply.value)) continue;
      const output =
        reply.kind === "value"
          ? { value: reply.value, args: reply.args }
          : { error: reply.message, name: reply.name };
      outputs.push({ fn: probe.fn, args: store(probe.args), reply: store(output) });
    }
    out.push({ name, check, message, outputs });
  }
  return out;
}

const holdsFunction = (value: Value): boolean =>
  value instanceof RemoteFunction ||
  (value !== null &&
    typeof value === "object" &&
    !ArrayBuffer.isView(value) &&
    Object.values(value).some(holdsFunction));

export async function freeze(exercise: Exercise): Promise<FrozenExercise> {
  const { id, slug, given, heavy, checks } = exercise.specification;
  // a long training run is not tried out here: it is checked at submission
  const answers = heavy === undefined ? answersOf(exercise) : [];
  const frozen: (FrozenCheck | FrozenDerivation)[] = [];
  const kept: Check[] = [];
  const later: string[] = [];
  for (const check of checks) {
    if (check.visibility !== "visible") continue;
    const made = check.derivation
      ? await freezeDerivation(check)
      : heavy === undefined
        ? await freezeCheck(check, answers)
        : undefined;
    // what waits for a check that is not there would wait for ever
    const waits =
      made !== undefined && "needs" in made && made.needs.some((n) => !frozen.some((f) => f.id === n));
    if (made === undefined) later.push(check.title);
    else {
      frozen.push(
        waits
          ? {
              ...(made as FrozenCheck),
              needs: (made as FrozenCheck).needs.filter((n) => frozen.some((f) => f.id === n)),
            }
          : made,
      );
      if (!check.derivation) kept.push(check);
    }
  }
  const mutants = heavy === undefined ? await freezeMutants(exercise, kept) : [];
  return { schema: "course-frozen/1", id, slug, given, checks: frozen, mutants, later };
}
