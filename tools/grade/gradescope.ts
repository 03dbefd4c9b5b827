/** `grade gradescope SUBMISSION --metadata FILE --out results.json`: one submission, inside Gradescope's container. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runBatch } from "../../grading/coursework/batch";
import { entriesOf, inOrder, merge, writeManifest } from "../../grading/coursework/merge";
import { planOf } from "../../grading/coursework/plan";
import { parseRoster } from "../../grading/coursework/roster";
import { courseKey, seedsFrom } from "../../grading/coursework/seeds";
import { readSettings } from "../../grading/coursework/settings";
import { whole } from "../../grading/coursework/shard";
import { Store, writeDurably } from "../../grading/coursework/store";
import { openBook } from "../../grading/export/book";
import { gradescope } from "../../grading/export/platforms";
import { collect } from "../../grading/ingest/collect";
import { listFolder } from "../../grading/ingest/entries";
import { closeBoxes, requireTier } from "../../grading/sandbox";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- gradescope SUBMISSION --metadata submission_metadata.json --out results.json";

interface Metadata {
  readonly created_at?: string;
  readonly users?: readonly { readonly email?: string; readonly id?: number; readonly sid?: string }[];
}

/** A name that is safe and the same at each attempt, so that the seed is too. */
function studentOf({ users }: Metadata): string {
  const user = users?.[0];
  const name = user?.sid || user?.email || (user?.id === undefined ? "" : String(user.id));
  return name.replace(/[^\p{L}\p{N}._@-]/gu, "-").replace(/^[^\p{L}\p{N}]+/u, "") || "student";
}

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["metadata", "out", "course", "key", "now"], []);
    const [place] = given.rest;
    const out = given.value("out");
    if (place === undefined || out === undefined)
      throw new Failure("gradescope wants a submission and a place.", usage, usage);
    await requireTier("default");
    const file = given.value("metadata");
    const metadata = (file === undefined ? {} : JSON.parse(fs.readFileSync(file, "utf8"))) as Metadata;
    const student = studentOf(metadata);
    const settings = readSettings(given.value("course"));
    const roster = parseRoster(`id\n${student}\n`);
    const results = fs.mkdtempSync(path.join(os.tmpdir(), "grade-"));
    try {
      const listing = listFolder(place);
      const own = listing.entries.map((e) => ({ ...e, path: `${student}/${e.path}` }));
      const skipped = listing.skipped.map((e) => ({ ...e, path: `${student}/${e.path}` }));
      const created =
        metadata.created_at === undefined ? undefined : new Date(metadata.created_at).toISOString();
      const { submissions } = await collect(
        { entries: own, skipped, close: () => {} },
        {
          roster,
          exercises: settings.exercises.map((e) => e.id),
          copies: path.join(results, "submissions"),
          layout: "folders",
          ...(created === undefined ? {} : { times: new Map([[student, created]]) }),
        },
      );
      const seeds = seedsFrom(courseKey(given.value("key")), settings.seeds);
      const plan = planOf(submissions, { settings, roster, seeds, tier: "default" });
      const jobs = inOrder(plan.jobs);
      writeManifest(results, { ...plan.manifest, shard: whole, jobs: entriesOf(jobs) });
      await runBatch(jobs, new Store(results), { slots: 1 });
      const book = openBook(
        merge([results], results),
        roster,
        settings,
        new Date(given.value("now") ?? Date.now()),
      );
      writeDurably(out, gradescope(book.rows[0]!));
      return 0;
    } finally {
      await closeBoxes();
      fs.rmSync(results, { recursive: true, force: true });
    }
  });
