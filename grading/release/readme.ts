/** The first page of a student's copy. */
import { stem } from "../course";
import type { CourseSettings } from "../coursework/settings";
import { findExercise } from "../practice";
import type { FrozenExercise } from "./frozen";

/** in the words of the settings, zone included: no reader has to convert */
const day = (iso: string) =>
  `${iso.slice(0, 10)} ${iso.slice(11, 16)} (${iso.replace(/^.{16}(?::\d\d)?/, "").replace("Z", "UTC")})`;

export function studentReadme(settings: CourseSettings, frozen: readonly FrozenExercise[]): string {
  const rows = settings.exercises.map(({ id, points, opens, due }) => {
    const entry = findExercise(id);
    return `| ${id.toUpperCase()} | [${entry.title}](exercises/${stem(entry)}.ts) | ${points} | ${opens === undefined ? "" : day(opens)} | ${due === undefined ? "" : day(due)} |`;
  });
  const { late, attempts } = settings;
  const rules = [
    attempts.keep === "best" ? "The best of your attempts counts." : "Your last attempt counts.",
    ...(attempts.most === undefined ? [] : [`At most ${attempts.most} attempts count.`]),
    late.perDay > 0 && late.most > 0
      ? `Each day late costs ${Math.round(100 * late.perDay)} %, after ${late.most} days nothing is accepted.`
      : "After the due date nothing is accepted.",
  ];
  const later = frozen.flatMap((f) => f.later.map((title) => `- ${f.id.toUpperCase()}: ${title}`));
  return `# ${settings.title}

You need [Node](https://nodejs.org) 20.19 or newer, and Python 3.10 or newer for JupyterLab.

\`\`\`sh
npm start                       # opens the notebooks in JupyterLab
npm run course -- list          # where you are
npm run course -- watch         # checks your answer at every save
npm run course -- hint ${settings.exercises[0]!.id}      # three hints, from gentle to nearly all
\`\`\`

Write your answers into the files in \`exercises/\`, and hand in those files alone. What the checks here say is practice: the grade comes from the same checks with other numbers, and from some that are not in this folder.

| | Exercise | Points | Opens | Due |
|---|---|---|---|---|
${rows.join("\n")}

${rules.join(" ")}
${later.length === 0 ? "" : `\nChecked only when you hand in:\n\n${later.join("\n")}\n`}`;
}
