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

/** boxes of this project whose grader is gone */
const orphans = () =>
  processesWith(path.join(root, "dist", "grading", "sandbox")).filter((p) => p.parent === 1);

export async function kills(tier: Tier, sizes: Sizes, report: Report): Promise<void> {
  const made = new SmallClass(3);
  try {
    await report.time("G8", tier, async () => {
      const quiet = path.join(made.folder, "quiet");
      const started = performance.now();
      const code = await ended(start(made, quiet, tier));
      const whole = performance.now() - started;
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
          const finished = await Promise.race([
            end.then(() => true),
            pause(random.between(0.05, 1.05) * whole).then(() => false),
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
      for (let wait = 0; wait < 100 && orphans().length > 0; wait++) await pause(100);
      const left = orphans();
      report.add({
        gate: "G8",
        tier,
        name: "no box outlives its grader",
        ok: left.length === 0,
        detail: left.map((p) => `${p.pid} ${p.command.slice(0, 100)}`).join("; "),
      });
    });
  } finally {
    made.close();
  }
}
