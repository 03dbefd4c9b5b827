/**
 * A class that never existed: answers as people hand them in, right ones in different styles, known misconceptions,
 * untouched stubs, typing errors, endless loops, nothing at all. For measuring, for trying the guide, and for tests.
 */
import fs from "node:fs";
import path from "node:path";
import { alternates, solutionSource, stubSource } from "../answers";
import { findExercise, stem } from "../course";
import { exerciseOf } from "../practice";
import { Random } from "../random";
import { root } from "../root";
import type { Mutant } from "../specification";
import type { Exercise } from "../specs";

export type Kind = "reference" | "alternate" | "mutant" | "stub" | "syntax" | "loop" | "missing";

/** of 100 answers */
const mix: readonly (readonly [Kind, number])[] = [
  ["reference", 36],
  ["alternate", 20],
  ["mutant", 26],
  ["stub", 6],
  ["syntax", 4],
  ["loop", 1],
  ["missing", 7],
];

const drawn = mix.flatMap(([kind, weight]): Kind[] => Array(weight).fill(kind));

const given = [
  "Ada",
  "Bilal",
  "Chiara",
  "Dmitri",
  "Emeka",
  "Fatima",
  "Grace",
  "Hiro",
  "Inés",
  "Jürgen",
  "Kwame",
  "Lin",
  "Maren",
  "Noor",
  "Olu",
  "Priya",
  "Quentin",
  "Rosa",
  "Søren",
  "Tariq",
  "Uma",
  "Vera",
  "Wen",
  "Ximena",
  "Yusuf",
  "Zoë",
];
const family = [
  "Abara",
  "Bergström",
  "Castillo",
  "Dvořák",
  "Eriksen",
  "Farah",
  "García",
  "Hoang",
  "Ivanova",
  "Jansen",
  "Kaya",
  "Lindqvist",
  "Moreau",
  "Nakamura",
  "O'Brien",
  "Petrov",
  "Quispe",
  "Rossi",
  "Schäfer",
  "Tanaka",
  "Usman",
  "Vogel",
];

/** A wrong answer as a file: the solution, with the wrong functions (or steps) in the place of the right ones. */
export function mutantSource({ specification }: Exercise, mutant: Mutant, index: number): string {
  const file = path.join(root, "grading", "specs", stem(specification), "mutants.ts");
  const wrong = fs
    .readFileSync(file, "utf8")
    .replace(/^import type [^;]*;$/gm, "")
    .replace("export const mutants", "const mutants");
  let right = solutionSource(specification);
  for (const name of Object.keys(mutant.code))
    right = right.replace(new RegExp(`^export (function|const) ${name}\\b`, "m"), `$1 ${name}Before`);
  const taken = Object.keys(mutant.code).map(
    (name) => `export const ${name} = wrong.code[${JSON.stringify(name)}];`,
  );
  return `${right}\nconst wrong: any = (() => {\n${wrong}\nreturn mutants[${index}];\n})();\n${taken.join("\n")}\n`;
}

/** Whether the mutants of an exercise stand alone as a text, or need the project's other files. */
export const canBeText = ({ specification }: Exercise) =>
  !/^import (?!type )/m.test(
    fs.readFileSync(path.join(root, "grading", "specs", stem(specification), "mutants.ts"), "utf8"),
  );

export function demoAnswer(id: string, random: Random): { kind: Kind; source: string | undefined } {
  const exercise = exerciseOf(id);
  const { specification, mutants } = exercise;
  let kind = random.choose(drawn);
  if (kind === "mutant" && !canBeText(exercise)) kind = "stub";
  const solution = solutionSource(specification);
  if (kind === "missing") return { kind, source: undefined };
  if (kind === "stub") return { kind, source: stubSource(specification) };
  if (kind === "alternate") return { kind, source: random.choose(alternates(specification)).source };
  if (kind === "mutant") {
    const index = random.integer(0, mutants.length - 1);
    return { kind, source: mutantSource(exercise, mutants[index]!, index) };
  }
  if (kind === "syntax") return { kind, source: `${solution}\nexport const = ;\n` };
  if (kind === "loop") return { kind, source: solution.replace(/\/\/ answer:begin/, "for (;;);") };
  return { kind, source: solution };
}

/** Writes `students` folders of answers and a roster. The same every time. */
export function writeDemo(
  folder: string,
  students: number,
  exercises: readonly string[],
): Record<Kind, number> {
  const random = new Random("demo class");
  const counts = Object.fromEntries(mix.map(([kind]) => [kind, 0])) as Record<Kind, number>;
  const roster = ["id,name,email,canvas,moodle,github"];
  for (let i = 1; i <= students; i++) {
    const id = `s${String(i).padStart(3, "0")}`;
    const name = `${random.choose(given)} ${random.choose(family)}`;
    roster.push(`${id},${name},${id}@example.edu,${1000 + i},${2000 + i},student-${i}`);
    const place = path.join(folder, "submissions", id, "exercises");
    fs.mkdirSync(place, { recursive: true });
    for (const exercise of exercises) {
      const { kind, source } = demoAnswer(exercise, random);
      counts[kind]++;
      if (source !== undefined)
        fs.writeFileSync(path.join(place, `${stem(findExercise(exercise))}.ts`), source);
    }
  }
  fs.writeFileSync(path.join(folder, "roster.csv"), `${roster.join("\n")}\n`);
  return counts;
}
