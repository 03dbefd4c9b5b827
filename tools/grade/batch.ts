/** `grade batch SUBMISSIONS --roster roster.csv --out results/`: grades a class, or one shard of it. */
import os from "node:os";
import path from "node:path";
import { runBatch } from "../../grading/coursework/batch";
import { entriesOf, inOrder, merge, writeManifest } from "../../grading/coursework/merge";
import { planOf, readTimes } from "../../grading/coursework/plan";
import { readRoster } from "../../grading/coursework/roster";
import { courseKey, seedsFrom } from "../../grading/coursework/seeds";
import { readSettings } from "../../grading/coursework/settings";
import { ofShard, parseShard, shardFromEnvironment, whole } from "../../grading/coursework/shard";
import { Store } from "../../grading/coursework/store";
import { collect } from "../../grading/ingest/collect";
import { type Layout, layouts } from "../../grading/ingest/layouts";
import { closeBoxes, requireTier } from "../../grading/sandbox";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";
import { describe, progressLine } from "./progress-line";

const usage = "npm run grade -- batch SUBMISSIONS --roster roster.csv --out results/";

export const batchOptions = {
  values: ["roster", "out", "course", "from", "times", "key", "slots", "shard"],
  flags: ["hardened"],
} as const;

function layoutOf(text: string | undefined): { layout?: Layout } {
  if (text === undefined) return {};
  const layout = layouts.find((l) => l === text);
  if (layout === undefined)
    throw new Failure(`--from must be one of ${layouts.join(", ")}, got ${text}.`, usage, usage);
  return { layout };
}

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, batchOptions.values, batchOptions.flags);
    const [place] = given.rest;
    const [rosterFile, out] = [given.value("roster"), given.value("out")];
    if (place === undefined || given.rest.length > 1 || rosterFile === undefined || out === undefined)
      throw new Failure(
        "batch wants one folder or archive, a roster and a place for the results.",
        usage,
        usage,
      );
    const tier = given.has("hardened") ? "hardened" : "default";
    await requireTier(tier);
    const settings = readSettings(given.value("course"));
    const roster = readRoster(rosterFile);
    const shardText = given.value("shard");
    const shard =
      (shardText === undefined ? shardFromEnvironment(process.env) : parseShard(shardText)) ?? whole;
    const times = given.value("times");
    const collected = await collect(place, {
      roster,
      exercises: settings.exercises.map((e) => e.id),
      copies: path.join(out, "submissions"),
      ...layoutOf(given.value("from")),
      ...(times === undefined ? {} : { times: readTimes(times, roster) }),
    });
    const seeds = seedsFrom(courseKey(given.value("key")), settings.seeds);
    const plan = planOf(collected.submissions, { settings, roster, seeds, tier });
    const jobs = ofShard(inOrder(plan.jobs), shard);
    writeManifest(out, { ...plan.manifest, shard, jobs: entriesOf(jobs) });

    const answers = jobs.filter((j) => j.submission.source !== undefined).length;
    console.log(
      `${roster.students.length} students, ${settings.exercises.length} exercises, ${answers} answers (${collected.layout})` +
        `${shard.count > 1 ? `, shard ${shard.index} of ${shard.count}` : ""}, ${tier} tier`,
    );
    if (collected.strangers.length > 0)
      console.log(
        `not on the roster, not graded: ${collected.strangers.slice(0, 10).join(", ")}${collected.strangers.length > 10 ? ", …" : ""}`,
      );
    const store = new Store(out);
    store.sweep();
    const slots = given.number("slots", os.availableParallelism());
    let stopped = false;
    // the first Ctrl-C finishes what is in flight; a second one ends at once, and loses only that
    process.once("SIGINT", () => {
      stopped = true;
    });
    let result: Awaited<ReturnType<typeof runBatch>>;
    try {
      // an exercise after the other: its expected values and its code are warm
      const grouped = [...jobs].sort((a, b) =>
        a.submission.exercise < b.submission.exercise
          ? -1
          : a.submission.exercise > b.submission.exercise
            ? 1
            : 0,
      );
      result = await runBatch(grouped, store, { slots, onProgress: progressLine(), stopped: () => stopped });
    } finally {
      await closeBoxes();
    }
    console.log(`✓ ${describe(result)}`);
    if (result.done < result.total) {
      console.log("stopped: the same command goes on from here");
      return 130;
    }
    if (shard.count === 1) {
      merge([out], out);
      console.log(`✓ ${path.join(out, "grades.jsonl")}`);
    } else console.log(`when all shards are done: npm run grade -- merge ${out} … --out merged/`);
    if (result.infra > 0) {
      console.error(
        `✗ ${result.infra} answers could not be graded on this machine: run the same command again`,
      );
      return 2;
    }
    return 0;
  });
