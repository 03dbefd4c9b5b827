/** A small invented class for the gates that grade one: right, wrong and hostile answers, in a temporary folder. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { attacks, type Ground } from "../attacks";
import { findExercise, stem } from "../course";
import { writeDemo } from "../coursework/demo";
import { planOf } from "../coursework/plan";
import { parseRoster } from "../coursework/roster";
import { seedsFrom } from "../coursework/seeds";
import { defaultSettings } from "../coursework/settings";
import { collect } from "../ingest/collect";
import type { Tier } from "../sandbox";

export const KEY = "a key for the selftest, not for a course";
const exercises = ["e01", "e03", "e04", "e12", "e14", "e24"];

/**
 * The forms of hostility that need none of the host's addresses. Not one that runs into two limits at once: whether
 * memory or time is used up first is the machine's affair, and the sentence says which.
 */
const hostile = [
  "loops for ever",
  "throws objects whose text ends the process",
  "returns a list that holds itself",
];

export class SmallClass {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "selftest-"));
  readonly submissions = path.join(this.folder, "submissions");
  readonly roster = path.join(this.folder, "roster.csv");
  readonly settings = path.join(this.folder, "course.json");

  constructor(students: number) {
    writeDemo(this.folder, students, exercises);
    const list = fs.readdirSync(this.submissions);
    for (const [i, name] of hostile.entries()) {
      const attack = attacks.find((a) => a.name === name)!;
      const place = path.join(this.submissions, list[i % list.length]!, "exercises");
      fs.writeFileSync(path.join(place, `${stem(findExercise("e12"))}.ts`), attack.source({} as Ground));
    }
  }

  /** everything that a batch would do before it grades */
  async plan(tier: Tier) {
    const roster = parseRoster(fs.readFileSync(this.roster, "utf8"));
    const { submissions } = await collect(this.submissions, {
      roster,
      exercises,
      copies: path.join(this.folder, `copies-${tier}`),
    });
    const settings = {
      ...defaultSettings("selftest"),
      exercises: exercises.map((id) => ({ id, points: findExercise(id).points })),
    };
    return planOf(submissions, { settings, roster, seeds: seedsFrom(KEY, settings.seeds), tier });
  }

  close(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
