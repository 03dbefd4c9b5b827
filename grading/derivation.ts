/** Checks of derivations: the steps are data, graded by src/derivations in a process where nothing else runs. */
import type { DerivationTask, Grade, Step } from "cross-entropy";
import { judgeArrival } from "./judge";
import { show } from "./show";
import { type Answer, type Check, exactly, type Mutant, type Verdict } from "./specification";

interface DerivationCheck {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /** the exported constant that holds the steps */
  readonly steps: string;
  /** the id of the task in `derivationTasks`, such as `E04` */
  readonly task: string;
}

function sentence({ messages }: Grade): string {
  return messages
    .map(({ text, counterExample }) => {
      if (counterExample === undefined) return text;
      const { at, above, here } = counterExample;
      const point = Object.entries(at).map(([name, value]) => `${name} = ${show(value)}`);
      return `${text} At ${point.join(", ")} the line above is ${above}, this one ${here}.`;
    })
    .join("\n");
}

export function derivationCheck({ id, title, points, steps, task }: DerivationCheck): Check {
  return {
    id,
    title,
    points,
    visibility: "visible",
    needs: [],
    budget: 1000,
    tolerance: exactly,
    derivation: true,
    generate: () => [{ fn: steps, args: [], want: "a complete derivation" }],
    call: (subject) => subject.derive(steps, task),
    judge: (reply, probe): Verdict => {
      const arrival = judgeArrival(reply, probe);
      if (arrival !== undefined) return arrival;
      const grade = (reply as { value: unknown }).value as Grade;
      return grade.share === 1
        ? { ok: true, kind: "right", message: "" }
        : { ok: false, kind: "derivation", share: grade.share, message: sentence(grade) };
    },
  };
}

export type Line = readonly [expression: string, by: Step["by"], relation?: Step["relation"]];
export const stepsOf = (lines: readonly Line[]): Step[] =>
  lines.map(([expression, by, relation]) => ({ expression, by, ...(relation ? { relation } : {}) }));

/**
 * The wrong answers of a derivation: a right one that ends in the line of a known misconception, and one that jumps.
 * The sentences are the task's own.
 */
export function derivationMutants(
  check: string,
  name: string,
  task: DerivationTask,
  right: readonly Step[],
): Mutant[] {
  const answer = (steps: readonly Step[]): Answer => ({ [name]: steps });
  const equations = right.at(-1)!.expression.includes("==");
  const wrong = task.misconceptions
    .filter(({ line }) => line.includes("==") === equations)
    .map(({ line, says }): Mutant => {
      const last: Step = { expression: line, by: "rearrange", ...(equations ? { relation: "<=>" } : {}) };
      return { name: `${name}: ${line}`, check, message: says, code: answer([...right.slice(0, -1), last]) };
    });
  return [
    ...wrong,
    {
      name: `${name}: jumps to the end`,
      check,
      message: "no rule explains this line: write the missing line.",
      code: answer([right[0]!, { ...right.at(-1)!, by: "rearrange", ...relationOf(task) }]),
    },
  ];
}

const relationOf = (task: DerivationTask) => {
  const relation = task.routes[0]!.relation;
  if (relation === "->") return { relation, limit: { of: "T", to: "infinity" } as const };
  return relation === "=" ? {} : { relation };
};
