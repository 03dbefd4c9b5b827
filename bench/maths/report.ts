// The tables, in Markdown, padded so that a terminal shows them as well.
import { type Cell, type Figure, nameOf } from "./measure";
import { stretchRows, targetRows } from "./targets";
import { bytesOf } from "./work";

export function table(head: string[], rows: string[][]): string {
  const widths = head.map((text, i) => Math.max(text.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const three = (x: number) => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));

function time({ ms, samples }: Figure, rows: number): string {
  const text = rows === 0 ? three(ms) : three((ms * 1e6) / rows);
  return samples >= 15 ? text : `${text} (${samples})`;
}

/** Bytes that the operation must move, and the bandwidth of memory for the like, in bytes per millisecond. */
function bandwidth(cells: Cell[], { work }: Cell): { bytes: number; rate: number } | undefined {
  const size = work.B * work.V * bytesOf(work.kind);
  if (size < 4e7 || work.single) return undefined; // smaller batches stay in the caches
  const reading = work.operation === "loss";
  const like = cells.find(
    ({ work: other }) =>
      nameOf(other) === nameOf(work) && other.operation === (reading ? "loss" : "log-softmax"),
  );
  const memory = like?.figures.get("memory");
  return memory && { bytes: size * (reading ? 1 : 2), rate: (size * (reading ? 1 : 2)) / memory.ms };
}

/** One table for all operations on one shape. */
function shapeTable(all: Cell[], cells: Cell[]): string {
  const { single, B } = cells[0]!.work;
  const base = single ? "ours, scalar TypeScript" : "ours, zero-copy";
  const names = new Set(cells.flatMap(({ figures }) => [...figures.keys()]));
  names.delete("memory");
  const unit = single ? "ns" : "ms";
  const withMemory = cells.some((cell) => bandwidth(all, cell) !== undefined);
  const head = ["", ...cells.flatMap(({ work }) => [`${work.operation}, ${unit}`, "ratio"])];
  if (withMemory) head.push(...cells.map(() => "of bandwidth"), "memory, MB");
  const rows = [...names].map((name) => {
    const row = [name];
    for (const { figures } of cells) {
      const figure = figures.get(name);
      const own = figures.get(base);
      row.push(figure ? time(figure, single ? B : 0) : "–");
      row.push(figure && own ? three(figure.ms / own.ms) : "–");
    }
    if (withMemory) {
      for (const cell of cells) {
        const figure = cell.figures.get(name);
        const memory = bandwidth(all, cell);
        row.push(figure && memory ? `${((100 * memory.bytes) / memory.rate / figure.ms).toFixed(0)} %` : "–");
      }
      const last = cells.at(-1)!.figures.get(name);
      row.push(last?.memory === undefined ? "–" : Math.max(0, last.memory / 2 ** 20).toFixed(1));
    }
    return row;
  });
  return table(head, rows);
}

export function report(cells: Cell[]): string {
  const parts: string[] = [];
  for (const name of new Set(cells.map(({ work }) => nameOf(work)))) {
    const same = cells.filter(({ work }) => nameOf(work) === name);
    const { single } = same[0]!.work;
    parts.push(`## ${name}${single ? ", one row per call" : ""}`, shapeTable(cells, same));
    const memory = same.find(
      ({ figures }) => figures.has("memory") && bandwidth(cells, same[0]!) !== undefined,
    );
    if (memory !== undefined) {
      const rates = same.slice(0, 2).map((cell) => (bandwidth(cells, cell)?.rate ?? Number.NaN) / 1e6);
      parts.push(
        `Memory of this computer in the same run: copy ${three(rates[0]!)} GB/s (read and written), read ${three(rates[1] ?? Number.NaN)} GB/s.`,
      );
    }
    for (const { work, failures } of same)
      for (const [peer, why] of failures) parts.push(`- not measured, ${work.operation}: ${peer}: ${why}`);
  }
  const must = targetRows(cells);
  if (must.length > 0)
    parts.push(
      "## Targets",
      "Ratio: the other's time divided by ours.",
      table(["batch", "operation", "ours", "than", "at least", "measured", ""], must),
    );
  const stretch = stretchRows(cells);
  if (stretch.length > 0)
    parts.push(
      "## The fastest of ours beside the fastest of onnxruntime and PyTorch, tuned or not",
      table(["batch", "operation", "threads", "ours", "theirs", "ratio", ""], stretch),
    );
  return parts.join("\n\n");
}
