/** The exercises of a student's copy, from grading/frozen/*.json. It stands there in the place of grading/specs. */
import fs from "node:fs";
import path from "node:path";
import { derivationCheck } from "../derivation";
import { root } from "../root";
import type { Mutant, Specification } from "../specification";
import { type FrozenExercise, thawCheck, thawMutant } from "./frozen";

export function thaw(frozen: FrozenExercise): { specification: Specification; mutants: Mutant[] } {
  const { id, slug, given, checks, mutants } = frozen;
  return {
    specification: {
      id,
      slug,
      given,
      checks: checks.map((check) => ("task" in check ? derivationCheck(check) : thawCheck(check))),
    },
    mutants: mutants.map(thawMutant),
  };
}

export function thawAll(
  folder = path.join(root, "grading", "frozen"),
): { specification: Specification; mutants: Mutant[] }[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names
    .sort()
    .map((name) => thaw(JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as FrozenExercise));
}
