/**
 * npm run claims: runs every notebook that has changed since its last run, and every claims test, and lists each claim
 * of the ledger with the places that show it. Fails on a claim that no home shows, on an unknown id, and on a claim that would also accept a wrong value.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ClaimRecord, ClaimValue } from "cross-entropy/lesson";
import { readCourse } from "../../grading/course";
import { root } from "../../grading/root";
import { claimsLog, commonKey, isKnownCurrent, keyOf } from "../notebooks/cache";
import { executeCells, pool } from "../notebooks/execute";
import { notebookStems, readCells } from "../notebooks/sources";
import { toleratedError } from "./perturb";

interface Entry {
  readonly id: string;
  readonly verdict: string;
  readonly kind: "number" | "text";
  readonly homes: readonly string[];
}

export type Shown = ClaimRecord & { readonly home: string };

const reviveNumber = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && "number" in value ? Number(value.number) : value;

function readLog(file: string, home: string): Shown[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => ({ ...JSON.parse(line, reviveNumber), home }));
}

async function collect(): Promise<Shown[]> {
  const course = readCourse();
  const common = commonKey(root);
  const fromNotebooks = await pool(notebookStems(root), 2, async (stem) => {
    if (!isKnownCurrent(root, stem, keyOf(root, common, stem))) {
      console.log(`• running ${stem}`);
      const run = await executeCells(readCells(root, course, stem), { root, stem });
      const failed = run.cells.find((cell) => !cell.ok);
      if (failed !== undefined)
        throw new Error(`notebooks/${stem}.md, cell at ${failed.id} fails: npm run notebooks -- ${stem}`);
    }
    return readLog(claimsLog(root, stem), stem === "index" ? "index" : stem.slice(0, 2));
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "course-claims-"));
  const log = path.join(folder, "tests.jsonl");
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const tests = spawnSync(
    process.execPath,
    [vitest, "run", "--project", "repo", "--reporter", "dot", "test/claims"],
    {
      cwd: root,
      env: { ...process.env, COURSE_CLAIMS_LOG: log },
      encoding: "utf8",
    },
  );
  if (tests.status !== 0) throw new Error(`the claims tests fail:\n${tests.stdout}${tests.stderr}`);
  const shown = [...fromNotebooks.flat(), ...readLog(log, "test/claims")];
  fs.rmSync(folder, { recursive: true, force: true });
  return shown;
}

/** What is wrong with one entry, given all that was shown; `undefined` if nothing. */
export function fault(
  entry: Entry,
  shown: readonly Shown[],
  existing: ReadonlySet<string>,
): string | undefined {
  const mine = shown.filter((s) => s.id === entry.id);
  const missing = entry.homes.find(
    (home) => existing.has(home) && !mine.some((s) => s.home === home || s.home === "test/claims"),
  );
  if (missing !== undefined) return `notebook ${missing} does not show it`;
  if (entry.kind === "number" && mine.length > 0 && mine.every((s) => s.comparison === undefined))
    return "it has a number, but no code compares one";
  for (const s of mine) {
    const other = toleratedError(s);
    if (other !== undefined)
      return `the check "${s.what}" in ${s.home} would also accept ${JSON.stringify(other)}: tighten its tolerance`;
  }
  return undefined;
}

const format = (value: ClaimValue) =>
  typeof value === "number" ? Number(value.toPrecision(6)) : JSON.stringify(value);

export async function main(args: readonly string[]): Promise<number> {
  const quiet = args.includes("--quiet");
  const ledger = JSON.parse(fs.readFileSync(path.join(root, "claims.json"), "utf8"));
  const entries: Entry[] = [
    ...ledger.statements,
    ...ledger.corrections.map((w: Entry) => ({ ...w, verdict: "corrected" })),
  ];
  const existing = new Set(
    notebookStems(root).map((stem) => (stem === "index" ? "index" : stem.slice(0, 2))),
  );
  let shown: Shown[];
  try {
    shown = await collect();
  } catch (error) {
    console.error(`✗ ${(error as Error).message}`);
    return 1;
  }

  let faults = 0;
  let done = 0;
  for (const entry of entries) {
    const mine = shown.filter((s) => s.id === entry.id);
    const wrong = fault(entry, shown, existing);
    const waiting = mine.length === 0 && wrong === undefined;
    if (wrong !== undefined) {
      faults++;
      console.log(`✗ ${entry.id}  ${wrong}`);
      continue;
    }
    if (waiting) {
      if (!quiet) console.log(`… ${entry.id}  coming in notebook ${entry.homes.join(", ")}`);
      continue;
    }
    done++;
    if (quiet) continue;
    const compared = mine.flatMap((s) =>
      s.comparison === undefined ? [] : [`${s.what} ${format(s.comparison.actual)}`],
    );
    console.log(
      `✓ ${entry.id}  ${[...new Set(mine.map((s) => s.home))].join(", ")}  ${compared[0] ?? "(nothing to compute)"}${compared.length > 1 ? ` and ${compared.length - 1} more` : ""}`,
    );
  }
  const checks = shown.filter((s) => s.comparison !== undefined).length;
  console.log(
    `${done} of ${entries.length} claims shown by ${checks} comparisons, each of which refuses a moved value; ${entries.length - done - faults} coming; ${faults} at fault`,
  );
  return faults === 0 ? 0 : 1;
}
