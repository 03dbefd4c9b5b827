/** G6, the same bytes in any order, and G7, right answers in a crowd. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { solutionSource } from "../answers";
import { gradeBoxed } from "../attacks/trial";
import { runBatch } from "../coursework/batch";
import { entriesOf, inOrder, merge, writeManifest } from "../coursework/merge";
import { ofShard } from "../coursework/shard";
import { Store } from "../coursework/store";
import { seedName } from "../margins";
import { Random } from "../random";
import { InfrastructureError, type Tier } from "../sandbox";
import { exercises } from "../specs";
import { SmallClass } from "./class";
import type { Report } from "./report";
import type { Sizes } from "./sizes";

const slotsInTurn = [1, 2, 3, 4, 8, 5, 6, 7];

/** One list of jobs in any order, with 1 to 8 slots, in shards: `grades.jsonl` must have the same bytes. */
export async function sameBytes(tier: Tier, sizes: Sizes, report: Report): Promise<void> {
  const made = new SmallClass(4);
  try {
    await report.time("G6", tier, async () => {
      const plan = await made.plan(tier);
      const random = new Random("order");
      let first: string | undefined;
      for (let i = 0; i < sizes.repeats; i++) {
        const count = sizes.shards[i % sizes.shards.length]!;
        const slots = slotsInTurn[i % slotsInTurn.length]!;
        const folders: string[] = [];
        for (let index = 1; index <= count; index++) {
          const folder = path.join(made.folder, `run-${i}-${index}`);
          const jobs = ofShard(inOrder(plan.jobs), { index, count });
          writeManifest(folder, { ...plan.manifest, shard: { index, count }, jobs: entriesOf(jobs) });
          await runBatch(random.shuffle(jobs), new Store(folder), { slots });
          folders.push(folder);
        }
        const out = path.join(made.folder, `merged-${i}`);
        merge(folders, out);
        const bytes = fs.readFileSync(path.join(out, "grades.jsonl"), "utf8");
        first ??= bytes;
        report.add({
          gate: "G6",
          tier,
          name: `run ${i + 1}: ${slots} slots, ${count} shards, another order`,
          ok: bytes === first,
          detail: firstDifference(first, bytes),
          runs: plan.jobs.length,
        });
      }
    });
  } finally {
    made.close();
  }
}

function firstDifference(a: string, b: string): string {
  const [x, y] = [a.split("\n"), b.split("\n")];
  const at = x.findIndex((line, i) => line !== y[i]);
  if (at < 0) return "";
  const [p, q] = [x[at] ?? "", y[at] ?? ""];
  let i = 0;
  while (p[i] === q[i] && i < p.length) i++;
  const around = (text: string) => text.slice(Math.max(0, i - 60), i + 120);
  return `${p.slice(0, 40)} … ${around(p)} ≠ ${around(q)}`;
}

/** 50,000 classes take the time of twenty other answers: once in a while only */
const slow = new Set(["e15"]);

/** Right answers, four times as many at once as there are cores: none may lose a point. */
export async function crowd(tier: Tier, sizes: Sizes, report: Report): Promise<void> {
  const quickOnes = exercises.filter(({ specification: s }) => s.heavy === undefined && !slow.has(s.id));
  const slowOnes = exercises.filter(({ specification: s }) => slow.has(s.id));
  const lanes = 4 * os.availableParallelism();
  const losses: string[] = [];
  let infra = 0;
  let next = 0;
  const lane = async (slot: number): Promise<void> => {
    while (next < sizes.crowd) {
      const i = next++;
      const list = i % 50 === 49 ? slowOnes : quickOnes;
      const { specification } = list[Math.floor(i / (i % 50 === 49 ? 50 : 1)) % list.length]!;
      try {
        const { result } = await gradeBoxed(specification.id, solutionSource(specification), tier, {
          slot,
          seed: seedName(i % 5),
        });
        const lost = result.earned !== result.points;
        report.count(report.falseFail, lost);
        if (lost)
          losses.push(
            `${specification.id}: ${result.checks
              .map((c) => c.message)
              .join(" ")
              .slice(0, 200)}`,
          );
      } catch (error) {
        if (!(error instanceof InfrastructureError)) throw error;
        infra++;
      }
    }
  };
  const started = performance.now();
  await report.time("G7", tier, () =>
    Promise.all(Array.from({ length: lanes }, (_, slot) => lane(slot))).then(() => {}),
  );
  const rate = sizes.crowd / ((performance.now() - started) / 1000);
  report.add({
    gate: "G7",
    tier,
    name: `${sizes.crowd} right answers, ${lanes} at a time on ${os.availableParallelism()} cores, ${rate.toFixed(1)} a second`,
    ok: losses.length === 0 && infra === 0,
    detail: `${losses.length} lost points, ${infra} failures of the machine; ${losses.slice(0, 3).join("; ")}`,
    runs: sizes.crowd,
  });
}
