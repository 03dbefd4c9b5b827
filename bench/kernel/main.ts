// npm run bench:kernel [runs]: this kernel beside stock tslab, ipykernel and Deno's, by the same client in one run.
import { type Figures, measure } from "./measure";
import { type Rival, rivals } from "./rivals";

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function show(name: string, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (name.endsWith("MB")) return `${value.toFixed(0)} MB`;
  return value < 0.1 ? `${(value * 1000).toFixed(1)} ms` : `${value.toFixed(2)} s`;
}

function table(all: Map<Rival, Figures[]>): string {
  const names = Object.keys([...all.values()][0]?.[0] ?? {});
  const middle = (runs: Figures[], name: string) => median(runs.map((run) => run[name] ?? Number.NaN));
  const [ours, ...others] = [...all];
  const head = ["median", ...[...all.keys()].map(({ name }) => name), "ours / stock", "ours / ipykernel"];
  const rows = names.map((name) => {
    const own = middle(ours![1], name);
    const ratio = (rival: string) => {
      const other = others.find(([{ name }]) => name === rival);
      const value = other ? own / middle(other[1], name) : Number.NaN;
      return Number.isNaN(value) ? "–" : value.toFixed(2);
    };
    const values = [...all.values()].map((runs) => show(name, middle(runs, name)));
    return [name, ...values, ratio("stock tslab"), ratio("ipykernel")];
  });
  const all_ = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all_.map((row) => row[i]!.length)));
  return all_
    .map((row) =>
      row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join("  "),
    )
    .join("\n");
}

export async function main(args: string[]): Promise<number> {
  const runs = Number(args[0] ?? 5);
  const all = new Map<Rival, Figures[]>(rivals().map((rival) => [rival, []]));
  // Turn by turn, so that a busy minute of the computer meets every kernel alike.
  for (let run = 0; run < runs; run++)
    for (const [rival, figures] of all) {
      process.stderr.write(`run ${run + 1} of ${runs}: ${rival.name}\n`);
      figures.push(await measure(rival));
    }
  console.log(table(all));
  return 0;
}
