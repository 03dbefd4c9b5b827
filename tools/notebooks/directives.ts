/**
 * Directives: the parts of a notebook that follow from course.json, claims.json and the quiz files, so that no fact
 * stands in two places. Each becomes ordinary cells; learners never see a directive.
 */
import { findQuestion, questionMarkdown } from "cross-entropy/lesson";
import {
  type Course,
  type ExerciseEntry,
  isWritten,
  type NotebookEntry,
  stem as stemOf,
} from "../../grading/course";
import { correctionBox, correctionList, goalList, verdictList } from "./ledger";
import { type SourceCell, SourceError } from "./parse";

export type Cell = Exclude<SourceCell, { type: "directive" }>;
type Directive = Extract<SourceCell, { type: "directive" }>;

export interface DirectiveContext {
  readonly root: string;
  readonly course: Course;
  /** The stem being built, `03-cross-entropy` or `index`. */
  readonly stem: string;
  /** A learner's minutes per notebook id, computed by minutes.ts. */
  readonly minutes: (id: string) => number;
}

type Expansion = (args: readonly string[], context: DirectiveContext) => (string | { code: string })[];

const stars = (difficulty: number) => "★".repeat(difficulty);
const upper = (id: string) => id.toUpperCase();

function notebookOf({ course, stem }: DirectiveContext): NotebookEntry {
  const entry = course.notebooks.find((n) => stemOf(n) === stem);
  if (entry === undefined) throw new Error(`course.json has no notebook ${stem}`);
  return entry;
}

const link = (n: NotebookEntry, text = `${n.id} · ${n.title}`) =>
  isWritten(n) ? `[${text}](${stemOf(n)}.ipynb)` : `${text} (coming)`;

function exerciseLink(course: Course, id: string): string {
  const e = exerciseOf(course, id);
  return `[${upper(id)} ${e.title}](../exercises/${stemOf(e)}.ts) ${stars(e.difficulty)}`;
}

function exerciseOf(course: Course, id: string): ExerciseEntry {
  const e = course.exercises.find((x) => x.id === id);
  if (e === undefined) throw new Error(`course.json has no exercise ${id}`);
  return e;
}

function navigation(context: DirectiveContext): string {
  const { course } = context;
  const i = course.notebooks.indexOf(notebookOf(context));
  const previous = course.notebooks[i - 1];
  const next = course.notebooks[i + 1];
  return [
    previous && `← ${link(previous)}`,
    "[Index](index.ipynb)",
    next ? `${link(next)} →` : "[What was learnt](closing.ipynb) →",
  ]
    .filter(Boolean)
    .join(" · ");
}

const header: Expansion = (_, context) => {
  const n = notebookOf(context);
  const before = n.before.map((id) =>
    link(context.course.notebooks.find((x) => x.id === id) as NotebookEntry),
  );
  const exercises = n.exercises.map((id) => exerciseLink(context.course, id));
  const facts = [
    `**Time:** about ${context.minutes(n.id)} minutes`,
    before.length > 0 && `**Before you start:** ${before.join(", ")}`,
    exercises.length > 0 && `**Exercises:** ${exercises.join(", ")}`,
  ].filter(Boolean);
  const goals = n.objectives.map((o) => `- ${o}`).join("\n");
  return [
    `${navigation(context)}\n\n# ${n.id} · ${n.title}\n\n${facts.join("  \n")}\n\nWhen you have worked through this notebook you can\n\n${goals}`,
  ];
};

const footer: Expansion = (_, context) => [`---\n\n${navigation(context)}`];

const question: Expansion = ([id = ""]) => {
  const zeros = Object.keys(findQuestion(id, "question").options).map((option) => `${option}: 0`);
  return [
    questionMarkdown(id),
    { code: `forecast("${id}", { ${zeros.join(", ")} }); // your probabilities, adding up to 1` },
    { code: `reveal("${id}");` },
  ];
};

const exercise: Expansion = ([id = ""], { course }) => {
  const e = exerciseOf(course, id);
  const heading = `### ${upper(id)} · ${e.title} ${stars(e.difficulty)}`;
  const facts = `${e.points} points, about ${e.minutes} minutes. Write`;
  const signatures = `\`\`\`ts\n${e.signatures.join("\n")}\n\`\`\``;
  const file = `exercises/${stemOf(e)}.ts`;
  const hints = e.hints.map(
    (hint, i) => `<details><summary>Hint ${i + 1} of ${e.hints.length}</summary>\n\n${hint}\n\n</details>`,
  );
  return [
    `${heading}\n\n${facts}\n\n${signatures}\n\nin [${file}](../${file}), save, and run the next cell (or \`npm run course -- check ${id}\` in a terminal, or \`npm run course -- watch\` to be told at every save).`,
    { code: `await check("${id}");` },
    hints.join("\n\n"),
  ];
};

const erratum: Expansion = ([id = ""], { root }) => [correctionBox(root, id)];

const claims: Expansion = () => [{ code: "claimTable();" }];

/** The map of the course: one row per notebook. */
const map: Expansion = (_, context) => {
  const rows = context.course.notebooks.map((n) => {
    const exercises = n.exercises.map((id) => exerciseLink(context.course, id)).join("<br>");
    const time = isWritten(n) ? `${context.minutes(n.id)} min` : "";
    return `| ${link(n)} | ${time} | ${exercises} |`;
  });
  return [`| Notebook | Time | Exercises |\n|---|---|---|\n${rows.join("\n")}`];
};

const expansions: Readonly<Record<string, Expansion>> = {
  header,
  footer,
  question,
  exercise,
  erratum,
  claims,
  map,
  goals: (_, { course }) => [goalList(course.notebooks)],
  verdicts: (_, { root, course }) => verdictList(root, course),
  corrections: (_, { root, course }) => [correctionList(root, course)],
};

export function expandDirectives(cells: readonly SourceCell[], context: DirectiveContext): Cell[] {
  const file = `notebooks/${context.stem}.md`;
  return cells.flatMap((cell) => {
    if (cell.type !== "directive") return [cell];
    return expand(cell, context, file).map(
      (part): Cell =>
        typeof part === "string"
          ? { type: "markdown", source: part, line: cell.line }
          : { type: "code", source: part.code, metadata: {}, line: cell.line },
    );
  });
}

function expand(directive: Directive, context: DirectiveContext, file: string) {
  const expansion = expansions[directive.name];
  if (expansion === undefined)
    throw new SourceError(
      file,
      directive.line,
      `there is no directive "${directive.name}": use one of ${Object.keys(expansions).join(", ")}`,
    );
  try {
    return expansion(directive.args, context);
  } catch (error) {
    throw new SourceError(file, directive.line, (error as Error).message);
  }
}
