import { type CounterExample, checkStep, samplePoints } from "./check";
import { type Context, contextOf } from "./context";
import { type Arithmetic, loadArithmetic } from "./decimal";
import { type Evaluate, evaluator, type Point } from "./evaluate";
import { type RuleName, ruleNames } from "./rule-names";
import { canonOf, key } from "./rules/canon";
import { explain, otherReasons, ruleScope } from "./rules/explain";
import { normalForm, type RuleScope, tidy } from "./rules/rules";
import type { DerivationTask, Milestone } from "./task";
import { boundIndex, builtIns, freeNames, parts, type Tree } from "./tree";
import type { Relation, Step } from "./types";

/** What the grader says of one line, or of the whole (line 0). */
export type GradeMessage = {
  readonly line: number;
  readonly code: "shape" | "start" | "false" | "reason" | "leap" | "target" | "milestone" | "short";
  readonly text: string;
  readonly counterExample?: CounterExample;
};

export type Grade = {
  /** Share of the points: 1 for a complete derivation, at most a half for one that stops on the way. */
  readonly share: number;
  readonly messages: readonly GradeMessage[];
  /** Names of the milestones that were reached by explained steps. */
  readonly milestones: readonly string[];
};

export const gradeLimits = { steps: 40 };

const relations: readonly Relation[] = ["=", "<=", ">=", "<", ">", "<=>", "=>", "->"];

/**
 * Grades a learner's derivation. The steps are data: nothing in them is run, only parsed with a whitelist and caps.
 *
 * Meant to be called in a limited child process; deterministic for a given seed.
 *
 * @param steps - what the learner exported: an array of `{ expression, relation?, by }`
 * @param task - start, target, milestones and misconceptions
 * @example (await gradeSteps(D5.chains[0].steps, { ...D5, routes: [{ start: "CE(p, q)", target: "H(p) + KL(p, q)", relation: "=" }], milestones: [], lines: 4, misconceptions: [] })).share // 1
 */
export async function gradeSteps(
  steps: unknown,
  task: DerivationTask,
  options: { readonly seed?: number } = {},
): Promise<Grade> {
  return gradeWith(await loadArithmetic(), steps, task, options);
}

/** The same, with mathjs already loaded. */
export function gradeWith(
  arithmetic: Arithmetic,
  given: unknown,
  task: DerivationTask,
  { seed = 1 }: { readonly seed?: number } = {},
): Grade {
  const nothing = (line: number, code: GradeMessage["code"], text: string): Grade => ({
    share: 0,
    messages: [{ line, code, text }],
    milestones: [],
  });
  const { misconceptions, ...vocabulary } = task;
  const context = contextOf({
    ...vocabulary,
    slug: task.id,
    title: "",
    statement: "",
    assumptions: [],
    chains: [],
  });
  const read = readSteps(given, task, context);
  if (!Array.isArray(read)) return nothing(read.line, "shape", read.text);
  const steps = read;
  const evaluate = evaluator(context, arithmetic);
  const points = samplePoints(context, arithmetic, { seed, points: 8 });
  const scope = ruleScope(context, evaluate, points);
  const canon = (expression: string): string =>
    key(tidy(canonOf(context.parse(expression), context), [], scope));

  const lines = steps.map((step) => canon(step.expression));
  const route = task.routes.find(({ start }) => canon(start) === lines[0]);
  if (!route) {
    const starts = task.routes.map(({ start }) => start).join("  or  ");
    return nothing(1, "start", `Begin with the line  ${starts}`);
  }

  const messages: GradeMessage[] = [];
  let good = 1;
  for (; good < steps.length; good++) {
    const message = judge(steps[good - 1]!, steps[good]!, good + 1, route.relation);
    if (!message) continue;
    messages.push(message);
    break;
  }
  const explained = steps.slice(0, good);
  const different = new Set(lines.slice(0, good)).size;
  const reached = task.milestones.filter((milestone) => reaches(milestone, explained, scope, canon));
  const milestones = reached.map(({ name }) => name);
  if (messages.length === 0) {
    if (lines.at(-1) !== canon(route.target))
      messages.push({ line: steps.length, code: "target", text: `The last line must be  ${route.target}` });
    for (const milestone of task.milestones)
      if (!reached.includes(milestone))
        messages.push({ line: 0, code: "milestone", text: `Still to be shown: ${milestone.name}.` });
    if (different < task.lines)
      messages.push({
        line: 0,
        code: "short",
        text: `Only ${different} different lines; show the way in at least ${task.lines}.`,
      });
  }
  const complete = messages.length === 0;
  const share = complete ? 1 : (0.5 * reached.length) / Math.max(1, task.milestones.length);
  // One step, however large, is not yet a derivation.
  return { share: complete || different > 2 ? share : 0, messages, milestones };

  /** What is wrong with a line, if anything. */
  function judge(above: Step, step: Step, line: number, wanted: Relation): GradeMessage | undefined {
    const relation = step.relation ?? "=";
    if (!allowed(relation, wanted))
      return {
        line,
        code: "shape",
        text: `Line ${line} uses ${relation}; from start to target this derivation goes by = and ${wanted}`,
      };
    const numbers = attempt(() =>
      checkStep(above, step, task.at ? { at: task.at } : {}, points, context, evaluate, arithmetic),
    );
    if (typeof numbers === "string") return { line, code: "shape", text: `Line ${line}: ${numbers}` };
    if (!numbers.ok) {
      const known = misconceptionAt(step);
      return {
        line,
        code: "false",
        text: `Line ${line} is the first false line${known ? `. ${known}` : "."}`,
        ...(numbers.counterExample ? { counterExample: numbers.counterExample } : {}),
      };
    }
    if (step.by === "argument" || task.without?.includes(step.by))
      return {
        line,
        code: "reason",
        text: `Line ${line}: "${step.by}" is what is to be shown; give another reason.`,
      };
    if (explain(above, step, scope) !== "nothing") return undefined;
    const others = otherReasons(above, step, scope).filter((by) => !task.without?.includes(by));
    return others.length > 0
      ? { line, code: "reason", text: `Line ${line} is true, by "${others[0]}" rather than by "${step.by}".` }
      : {
          line,
          code: "leap",
          text: `Line ${line} is true, but no rule explains this line: write the missing line.`,
        };
  }

  function misconceptionAt(step: Step): string | undefined {
    const tree = context.parse(step.expression);
    return misconceptions.find(({ line }) => {
      if (canon(line) === canon(step.expression)) return true;
      return sameValues(context.parse(line), tree, points, evaluate);
    })?.says;
  }
}

const allowed = (relation: Relation, wanted: Relation): boolean =>
  relation === "=" ||
  relation === wanted ||
  (wanted === "<=" && relation === "<") ||
  (wanted === ">=" && relation === ">") ||
  (wanted === "=>" && relation === "<=>");

/** Runs what may meet a malformed line; the message of a refusal is for the learner. */
function attempt<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error.message : "the line cannot be computed";
  }
}

function sameValues(a: Tree, b: Tree, points: readonly Point[], evaluate: Evaluate): boolean {
  const outcome = attempt(() =>
    points.slice(0, 12).every((point) => {
      const difference = evaluate(a, point).minus(evaluate(b, point)).toNumber();
      return Math.abs(difference) < 1e-12;
    }),
  );
  return outcome === true;
}

function reaches(
  milestone: Milestone,
  steps: readonly Step[],
  scope: RuleScope,
  canon: (expression: string) => string,
): boolean {
  const { forms = [], modulo, reasons = [] } = milestone;
  if (steps.slice(1).some((step) => reasons.includes(step.by))) return true;
  const form = (expression: string): string =>
    modulo ? key(normalForm(scope.context.parse(expression), modulo, scope)) : canon(expression);
  const wanted = new Set(forms.map(form));
  return steps.some((step) => wanted.has(form(step.expression)));
}

/** Reads foreign data as steps, or says what is wrong with it. */
function readSteps(
  given: unknown,
  task: DerivationTask,
  context: Context,
): Step[] | { readonly line: number; readonly text: string } {
  if (!Array.isArray(given) || given.length === 0)
    return { line: 0, text: "steps must be an array of { expression, relation, by }" };
  if (given.length > gradeLimits.steps)
    return { line: 0, text: `steps must have at most ${gradeLimits.steps} lines, got ${given.length}` };
  const steps: Step[] = [];
  for (let i = 0; i < given.length; i++) {
    const entry: unknown = given[i];
    const line = i + 1;
    const refuse = (text: string) => ({ line, text: `Line ${line}: ${text}` });
    if (typeof entry !== "object" || entry === null) return refuse("must be { expression, relation, by }");
    const { expression, relation, by, limit } = entry as Record<string, unknown>;
    if (typeof expression !== "string") return refuse("expression must be a string");
    if (relation !== undefined && !relations.includes(relation as Relation))
      return refuse(`relation must be one of ${relations.join(" ")}`);
    if (!ruleNames.includes(by as RuleName)) return refuse(`by must be one of: ${ruleNames.join("; ")}`);
    const tree = attempt(() => context.parse(expression));
    if (typeof tree === "string") return refuse(tree);
    const unknown = unknownName(tree, task);
    if (unknown) return refuse(`${unknown} is not a symbol of this exercise`);
    const step: Step = {
      expression,
      by: by as RuleName,
      ...(relation ? { relation: relation as Relation } : {}),
    };
    const towards = readLimit(limit, task);
    steps.push(towards ? { ...step, limit: towards } : step);
  }
  return steps;
}

function readLimit(limit: unknown, task: DerivationTask): Step["limit"] {
  if (typeof limit !== "object" || limit === null) return undefined;
  const { of, to } = limit as Record<string, unknown>;
  if (typeof of !== "string" || !Object.hasOwn(task.symbols, of)) return undefined;
  return to === "infinity" || to === "zero" ? { of, to } : undefined;
}

/** A name that the task does not declare: its symbols, definitions, sizes and index letters are all there is. */
function unknownName(tree: Tree, task: DerivationTask): string | undefined {
  const heads = [...Object.keys(task.definitions ?? {})].map((head) => /^\w+/.exec(head)?.[0]);
  const known = new Set([
    ...Object.keys(task.symbols),
    ...Object.keys(task.sizes ?? {}),
    "K",
    "pi",
    ...heads,
  ]);
  for (const name of Object.keys(task.at ?? {})) known.add(/^\w+/.exec(name)?.[0]);
  const free = [...freeNames(tree)].find((name) => !known.has(name));
  if (free) return free;
  // A bound index is one letter, and may not hide a symbol.
  const bad = (part: Tree): string | undefined => {
    const index = boundIndex(part);
    if (index !== undefined && (!/^[a-z]$/.test(index) || index in builtIns)) return index;
    for (const inner of parts(part)) {
      const found = bad(inner);
      if (found) return found;
    }
    return undefined;
  };
  return bad(tree);
}
