/**
 * npm run notebooks [-- NAME … | --check | --force]: builds notebooks/NN-slug.ipynb from NN-slug.md, running every cell.
 * --check writes nothing and fails if a stored notebook is stale; --force runs also what is known to be current.
 */
import path from "node:path";
import { readCourse } from "../../grading/course";
import { root } from "../../grading/root";
import { bake } from "../bake";
import { assemble, type Built, unpictured, write } from "./build";
import { commonKey, isKnownCurrent, keyOf, rememberCurrent } from "./cache";
import { executeCells, pool } from "./execute";
import { notebookStems, readCells } from "./sources";

const LANES = 2;

export async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const unknown = args.find((arg) => arg.startsWith("-") && arg !== "--check" && arg !== "--force");
  if (unknown !== undefined) {
    console.error(`✗ notebooks: there is no option ${unknown}: use --check or --force`);
    return 2;
  }
  const [check, force] = [args.includes("--check"), args.includes("--force")];
  const all = notebookStems(root);
  const stems =
    names.length === 0
      ? all
      : all.filter((stem) => names.some((name) => stem.startsWith(path.parse(name).name)));
  if (stems.length === 0) {
    console.error(`✗ notebooks: no notebook is called ${names.join(", ")}: there are ${all.join(", ")}`);
    return 2;
  }

  const course = readCourse();
  const common = commonKey(root);
  const failures: string[] = [];
  const buildOne = async (stem: string): Promise<Built | undefined> => {
    const started = Date.now();
    try {
      if (!force && isKnownCurrent(root, stem, keyOf(root, common, stem))) {
        console.log(`✓ ${stem}  current (unchanged since the last run)`);
        return undefined;
      }
      const cells = readCells(root, course, stem);
      const progress = progressLine(stem);
      const run = await executeCells(cells, { root, stem, onCell: progress.cell });
      progress.end();
      return assemble(root, stem, cells, run);
    } catch (error) {
      failures.push(stem);
      console.error(
        `✗ ${stem}  after ${((Date.now() - started) / 1000).toFixed(1)} s\n${(error as Error).message}`,
      );
      return undefined;
    }
  };

  const built = (await pool(stems, LANES, buildOne)).filter((b) => b !== undefined);
  if (!check) await bakePictures(built);
  for (const one of built) {
    const bare = unpictured(one.document).length;
    const current = one.difference === undefined && bare === 0;
    const time = `${one.seconds.toFixed(1)} s`;
    if (current) console.log(`✓ ${one.stem}  current, ${time}`);
    else if (check) {
      failures.push(one.stem);
      const reason = one.difference ?? `${bare} figures have no static picture`;
      console.error(
        `✗ ${one.stem}  stale: ${reason} (${time}). Build it with: npm run notebooks -- ${one.stem}`,
      );
      continue;
    } else {
      const copy = write(root, one);
      console.log(
        `✓ ${one.stem}  written, ${time}${copy === undefined ? "" : `; your own version is kept as ${path.basename(copy)}`}`,
      );
    }
    rememberCurrent(root, one.stem, keyOf(root, common, one.stem));
  }
  console.log(`${stems.length - failures.length} of ${stems.length} notebooks are current`);
  return failures.length === 0 ? 0 : 1;
}

async function bakePictures(built: readonly Built[]): Promise<void> {
  const waiting = built.flatMap((one) => unpictured(one.document));
  if (waiting.length === 0) return;
  console.log(`• baking ${waiting.length} static pictures`);
  const pictures = await bake(waiting.map((w) => w.figure));
  for (const [i, { put }] of waiting.entries())
    put(Buffer.from(pictures[i] as Uint8Array).toString("base64"));
}

/** On a terminal, one line that counts the cells; elsewhere nothing, so that logs stay short. */
function progressLine(stem: string) {
  const live = process.stdout.isTTY;
  const clear = "\r\u001b[K";
  return {
    cell: (index: number, count: number) =>
      live && process.stdout.write(`${clear}• ${stem}  cell ${index + 1} of ${count}`),
    end: () => live && process.stdout.write(clear),
  };
}
