// `npm run check`: everything that CI does, in order; stops at the first step that fails.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { root } from "../../kernel/root";
import { type Step, steps } from "./steps";
import { sum, type Tally, tallyStep } from "./tally";

const help = `npm run check                   ${steps.map((step) => step.name).join(", ")}
npm run check -- --keep-going   goes on after a step that failed
`;

export async function main(args: string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(help);
    return 0;
  }
  const keepGoing = args.includes("--keep-going");
  const tallies: Tally[] = [];
  const lines: string[] = [];
  for (const [i, step] of steps.entries()) {
    console.log(`\n── ${i + 1} of ${steps.length}: ${step.name}`);
    const started = Date.now();
    const code = await run(step);
    const time = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    const tally = tallyStep(code, step.report);
    tallies.push(tally);
    const failed = code !== 0 || tally.failed > 0;
    lines.push(
      `${failed ? "✗" : "✓"} ${step.name}  ${time}${failed ? `   see it alone: ${step.alone}` : ""}`,
    );
    if (failed && !keepGoing) break;
  }
  const { passed, failed } = sum(tallies);
  console.log(`\n${lines.join("\n")}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function run({ command, report }: Step): Promise<number | null> {
  // An old report must not count for a run that crashed.
  if (report !== undefined) fs.rmSync(report, { force: true });
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code));
  });
}
