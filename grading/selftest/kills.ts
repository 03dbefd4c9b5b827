/** G8: a batch is killed (-9) at random times, again and again, and goes on; the result is that of a quiet run. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { processesWith } from "../attacks/traces";
import { Random } from "../random";
import { root } from "../root";
import type { Tier } from "../sandbox";
import { KEY, SmallClass } from "./class";
import type { Report } from "./report";
import type { Sizes } from "./sizes";

const main = path.join(root, "dist", "tools", "grade", "main.js");
const program = `require(${JSON.stringify(main)}).main(process.argv.slice(1)).then((code) => process.exit(code));`;

function start(made: SmallClass, out: string, tier: Tier): ChildProcess {
  const args = ["batch", made.submissions, "--roster", made.roster, "--out", out, "--slots", "2"];
  if (tier === "hardened") args.push("--hardened");
  return spawn(process.execPath, ["-e", program, ...args], {
    cwd: made.folder,
    env: { ...process.env, COURSE_KEY: KEY },
    stdio: "ignore",
  });
}
const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const gradesOf = (out: string) => fs.readFileSync(path.join(out, "grades.jsonl"), "utf8");

/** each run writes its manifest just before it grades */
const isGrading = (out: string, since: number) =>
  fs.existsSync(out) &&
  fs
    .readdirSync(out)
    .some((name) => /^shard-.*\.json$/.test(name) && fs.statSync(path.join(out, name)).mtimeMs >= since);
/** Until the run that begins now grades, or has ended. */
async function untilGrading(out: string, end: Promise<unknown>): Promise<void> {
  const begun = Date.now();
  let over = false;
  end.then(() => {
    over = true;
  });
  while (!over && !isGrading(out, begun)) await pause(20);
}

/** boxes of this project whose grader is gone */
const orphans = () =>
  processesWith(path.join(root, "dist", "grading", "sandbox")).filter((p) => p.parent === 1);

export async function kills(tier: Tier, sizes: Sizes, report: Report): Promise<void> {
  const made = new SmallClass(3);
  try {
    await report.time("G8", tier, async () => {
      const quiet = path.join(made.folder, "quiet");
      const begun = performance.now();
      const first = ended(start(made, quiet, tier));
      await untilGrading(quiet, first);
      const started = performance.now();
      const code = await first;
      const [before, grading] = [started - begun, performance.now() - started];
      report.add({
        gate: "G8",
        tier,
        name: "a run that nobody disturbs",
        ok: code === 0,
        detail: `ended with ${code}`,
      });
      if (code !== 0) return;
      const random = new Random("kills");
      let done = 0;
      let rounds = 0;
      let equal = true;
      while (done < sizes.kills) {
        const out = path.join(made.folder, `killed-${rounds++}`);
        for (;;) {
          const child = start(made, out, tier);
          const end = ended(child);
          if (done >= sizes.kills) {
            await end;
            break;
          }
          // now and then before it grades, else while it does
          const early = random.uniform() < 0.2;
          if (!early) await untilGrading(out, end);
          const finished = await Promise.race([
            end.then(() => true),
            pause(early ? random.uniform() * before : random.between(0, 1.05) * grading).then(() => false),
          ]);
          if (finished) break;
          child.kill("SIGKILL");
          await end;
          done++;
        }
        equal &&= fs.existsSync(path.join(out, "grades.jsonl")) && gradesOf(out) === gradesOf(quiet);
      }
      report.add({
        gate: "G8",
        tier,
        name: `${done} kills in ${rounds} runs: the same bytes as the quiet run`,
        ok: equal,
        runs: done,
      });
    });
  } finally {
    made.close();
  }
}

/** after all kills, in whatever tier */
export async function noOrphans(report: Report): Promise<void> {
  for (let wait = 0; wait < 100 && orphans().length > 0; wait++) await pause(100);
  const left = orphans();
  report.add({
    gate: "G8",
    tier: "-",
    name: "no box outlives its grader",
    ok: left.length === 0,
    detail: left.map((p) => `${p.pid} ${p.command.slice(0, 100)}`).join("; "),
  });
}
