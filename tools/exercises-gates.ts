/**
 * `npm run exercises:gates`: the kill matrix. `--full` takes 200 seeds instead of 20, `e03 e12` only those exercises,
 * `--json` prints every row.
 */
import { gate, type Row } from "../grading/gates";
import { coolDown } from "../grading/runner/box";
import { exercises } from "../grading/specs";

const GATES = ["list", "G1", "G2", "G3", "G4", "G10"];

export async function main(args: string[]): Promise<number> {
  const seeds = args.includes("--full") ? 200 : 20;
  const only = args.filter((a) => /^e\d\d/.test(a));
  const rows: (Row & { id: string })[] = [];
  const json = args.includes("--json");
  if (!json) console.log(`${"".padEnd(6)}${GATES.map((g) => g.padStart(9)).join("")}   points`);
  let points = 0;
  for (const exercise of exercises) {
    const { id, checks } = exercise.specification;
    if (only.length > 0 && !only.some((a) => a.startsWith(id))) continue;
    const mine = (await gate(exercise, seeds)).map((row) => ({ id, ...row }));
    rows.push(...mine);
    const sum = Math.round(checks.reduce((s, c) => s + c.points, 0) * 1e9) / 1e9;
    points += sum;
    if (json) continue;
    const cells = GATES.map((g) => {
      const of = mine.filter((r) => r.gate === g);
      return `${of.filter((r) => r.ok).length}/${of.length}`.padStart(9);
    });
    console.log(`${id.padEnd(6)}${cells.join("")}   ${sum}`);
    for (const row of mine.filter((r) => !r.ok)) console.log(`  ✗ ${row.gate} ${row.name}: ${row.detail}`);
    if (only.length > 0)
      for (const row of mine.filter((r) => r.gate === "G10")) console.log(`    ${row.name}: ${row.detail}`);
  }
  coolDown();
  const bad = rows.filter((r) => !r.ok).length;
  if (json) console.log(JSON.stringify(rows, null, 2));
  else
    console.log(
      `\n${rows.length - bad} of ${rows.length} hold; ${points} of 252 points specified; ${seeds} seeds`,
    );
  return bad === 0 ? 0 : 1;
}
