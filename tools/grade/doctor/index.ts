/**
 * `npm run grade -- doctor`: what the boxes on this machine stop, tried out in real ones. The exit code says whether the
 * default tier can be used; with `--hardened`, whether both can. `--speed` measures how fast the boxes are instead.
 */
import os from "node:os";
import { closeBoxes } from "../../../grading/sandbox";
import { type ExamineOptions, examine, probes, type Trial } from "../../../grading/sandbox/doctor";
import { measureSpeed } from "../../../grading/sandbox/speed";

interface Column {
  readonly title: string;
  readonly tier: "default" | "hardened";
  readonly options: ExamineOptions;
  /** shown for information: what stands behind the first wall */
  readonly behind?: boolean;
}

const columns: readonly Column[] = [
  { title: "default", tier: "default", options: {} },
  // an answer that broke out of WebAssembly would meet Node's flags, the shell's limits and a user of its own
  { title: "(behind it)", tier: "default", options: { without: ["engine"] }, behind: true },
  { title: "bubblewrap", tier: "hardened", options: { means: "bubblewrap" } },
  { title: "landlock", tier: "hardened", options: { means: "landlock" } },
];

interface Result extends Column {
  readonly trial?: Trial;
  /** why the boxes of this column cannot even be opened */
  readonly refusal?: string;
}

async function tryColumn(column: Column): Promise<Result> {
  try {
    return { ...column, trial: await examine(column.tier, column.options) };
  } catch (error) {
    return { ...column, refusal: (error as Error).message };
  }
}

const isSound = ({ trial }: Result): boolean => trial?.findings.every((f) => f.stopped) === true;

function cell(result: Result, probe: string): string {
  if (result.trial === undefined) return "–";
  const finding = result.trial.findings.find((f) => f.probe === probe);
  if (finding === undefined) return "";
  return finding.stopped ? "stopped" : result.behind === true ? "open" : "✗ OPEN";
}

function table(results: readonly Result[]): string {
  const lines = Object.entries(probes).map(
    ([probe, words]) => `  ${words.padEnd(40)}${results.map((r) => cell(r, probe).padEnd(13)).join("")}`,
  );
  const head = `  ${"An answer that tries to …".padEnd(40)}${results.map((r) => r.title.padEnd(13)).join("")}`;
  const notes = results.flatMap((r) => [
    ...(r.refusal === undefined ? [] : [`  – ${r.title}: ${r.refusal}`]),
    ...(r.behind === true
      ? []
      : (r.trial?.findings ?? [])
          .filter((f) => !f.stopped)
          .map((f) => `  ✗ ${r.title}: ${f.probe}: ${f.detail.slice(0, 200)}`)),
  ]);
  return [head, ...lines, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

const ANSWERS = 300;

/** The solution of E03, as many texts as answers, for each kind of box, as many at once as there are processors. */
async function speed(): Promise<number> {
  const slots = os.availableParallelism();
  console.log(
    `\n  E03's solution in a box of its own, ${ANSWERS} times, ${slots} at once (load now ${os.loadavg()[0]!.toFixed(1)})\n`,
  );
  for (const { title, tier, options, behind } of columns) {
    if (behind === true) continue;
    try {
      const means = options.means === undefined ? {} : { means: options.means };
      const s = await measureSpeed(tier, { ...means, count: ANSWERS, slots, exercise: "e03" });
      const processor =
        s.processor === undefined ? "" : `${s.processor.toFixed(0)} ms of processor time each, `;
      const memory = s.memory === undefined ? "" : `all boxes at most ${s.memory.toFixed(0)} MiB`;
      console.log(
        `  ${title.padEnd(12)} ${s.perSecond.toFixed(1).padStart(6)} a second, half within ${s.median.toFixed(0)} ms, ${processor}${memory}`,
      );
    } catch (error) {
      console.log(`  ${title.padEnd(12)} ${(error as Error).message}`);
    }
    await closeBoxes();
  }
  console.log();
  return 0;
}

export async function run(args: readonly string[]): Promise<number> {
  if (args.includes("--speed")) return speed();
  const results: Result[] = [];
  try {
    for (const column of columns) results.push(await tryColumn(column));
  } finally {
    await closeBoxes();
  }
  const usable = results.filter((r) => r.behind !== true && isSound(r));
  const hasDefault = usable.some((r) => r.tier === "default");
  const hardened = usable.find((r) => r.tier === "hardened");
  if (args.includes("--json")) {
    const plain = results.map(({ title, trial, refusal }) => ({ title, ...trial, refusal }));
    console.log(
      JSON.stringify({ default: hasDefault, hardened: hardened?.title ?? null, boxes: plain }, null, 2),
    );
  } else {
    console.log(`\n${table(results)}\n`);
    console.log(`  default tier   ${hasDefault ? "✓ can be used" : "✗ refused"}`);
    console.log(
      `  hardened tier  ${hardened === undefined ? "✗ refused: exercises that need it are reported for review" : `✓ can be used, with ${hardened.title}`}\n`,
    );
  }
  return hasDefault && (hardened !== undefined || !args.includes("--hardened")) ? 0 : 1;
}
