// One table's cell after another: all programs get the same work, are checked, then take turns.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  entropy,
  klDivergence,
  logSoftmax,
  setEngine,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
} from "cross-entropy";
import type { Client } from "./client";
import { type Inputs, makeInputs, type Operation, sampled, type Work } from "./work";
import type { Prepared } from "./worker";

export interface Figure {
  /** Median milliseconds per call (of all rows, with `single`). */
  ms: number;
  samples: number;
  memory?: number | undefined;
  first: number;
}

export interface Cell {
  work: Work;
  figures: Map<string, Figure>;
  /** Why a program has no figure, if it should have one. */
  failures: Map<string, string>;
}

export interface Effort {
  /** Turns of each program, and samples in each. */
  rounds: number;
  samples: number;
  /** Milliseconds for one program in one cell, beyond which it gets fewer samples. */
  budget: number;
  /** Whether a figure is the least of the samples: the rest of the computer only ever adds time. */
  least: boolean;
}

export const full = { rounds: 5, samples: 3, budget: 2500 };
export const quick = { rounds: 3, samples: 1, budget: 700 };

export const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

const folders = new Set<string>();
process.once("exit", () => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** Writes the inputs of a shape where every program reads them; float32 values, which float64 programs widen. */
export function writeInputs(shape: Pick<Work, "B" | "V" | "single">): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cross-entropy-bench-"));
  const inputs = makeInputs({ ...shape, operation: "loss", kind: "float32" });
  folders.add(folder);
  for (const name of ["z", "y", "p", "q"] as const) fs.writeFileSync(path.join(folder, name), inputs[name]);
  return folder;
}

interface Expected {
  loss: number;
  sample: number[] | undefined;
}

/** The inputs of the last shape and their mean loss, which are wanted again for its other operations. */
let last: { key: string; inputs: Inputs; loss: number } | undefined;

function inputsOf({ B, V, single }: Work): { inputs: Inputs; loss: number } {
  const key = `${B} ${V} ${single}`;
  if (last?.key !== key) {
    const inputs = makeInputs({ B, V, single, kind: "float64", operation: "loss" });
    last = { key, inputs, loss: softmaxCrossEntropy(inputs.y, inputs.z, { classes: V }) };
  }
  return last;
}

/** Ours, in scalar TypeScript on float64. */
function expected(work: Work): Expected {
  setEngine("portable");
  const { B, V, operation } = work;
  const { inputs, loss } = inputsOf(work);
  const { z, y, p, q } = inputs;
  const row = (x: Float32Array | Float64Array, b: number) =>
    Float64Array.from(x.subarray(b * V, (b + 1) * V));
  if (operation === "entropy" || operation === "KL divergence") {
    let total = 0;
    for (let b = 0; b < B; b++)
      total += operation === "entropy" ? entropy(row(p, b)) : klDivergence(row(p, b), row(q, b));
    return { loss: total / B, sample: undefined };
  }
  if (work.single || operation === "loss") return { loss, sample: undefined };
  const rows = new Map<number, Float64Array>();
  const sample = sampled(work, y).map((i) => {
    const b = Math.floor(i / V);
    if (!rows.has(b))
      rows.set(
        b,
        operation === "log-softmax"
          ? logSoftmax(row(z, b))
          : softmaxCrossEntropyWithGradient(y[b]!, row(z, b)).gradZ.map((g) => g / B),
      );
    return rows.get(b)![i % V]!;
  });
  return { loss, sample };
}

/** What is wrong with a program's result, to one part in a thousand; nothing if it is right. */
function wrong(work: Work, right: Expected, { loss, sample }: Prepared): string | undefined {
  const unit = work.operation === "loss + gradient" ? 1 / work.B : 1;
  const near = (x: number, y: number, scale: number) =>
    Math.abs(x - y) <= 1e-3 * Math.max(scale, Math.abs(y));
  if (work.single || work.operation !== "log-softmax")
    if (loss == null || !near(loss, right.loss, 1)) return `its number is ${loss}, ours ${right.loss}`;
  if (right.sample === undefined) return undefined;
  const at = right.sample.findIndex((value, i) => !near(sample?.[i] ?? Number.NaN, value, unit));
  return at < 0 ? undefined : `an entry of its result is ${sample?.[at]}, ours ${right.sample[at]}`;
}

/** Threads that a program leaves spinning for a moment must not disturb the next. */
const calm = (client: Client) =>
  /2 threads/.test(client.peer.name) ? new Promise((resolve) => setTimeout(resolve, 8)) : undefined;

export async function measureCell(
  clients: Client[],
  work: Work,
  folder: string,
  { rounds, samples, budget, least }: Effort,
): Promise<Cell> {
  const cell: Cell = { work, figures: new Map(), failures: new Map() };
  const right = expected(work);
  const plans: { client: Client; prepared: Prepared; times: number[]; spent: number }[] = [];
  for (const client of clients) {
    const { name } = client.peer;
    try {
      const prepared = await client.prepare(work, folder);
      if (!prepared.able) continue;
      const fault = name === "memory" ? undefined : wrong(work, right, prepared);
      if (fault === undefined) plans.push({ client, prepared, times: [], spent: prepared.first });
      else cell.failures.set(name, fault);
    } catch (error) {
      cell.failures.set(name, (error as Error).message);
    }
    await calm(client);
  }
  for (let round = 0; round < rounds * samples; round++) {
    // Each round starts with another program, so that none always follows the same one.
    const turn = [...plans.slice(round % plans.length), ...plans.slice(0, round % plans.length)];
    for (const plan of turn) {
      const { client, prepared, times } = plan;
      const { later } = prepared;
      // Calls of a tenth of a second or more: one sample in each of more rounds, without a call to warm up.
      const slow = later > 100;
      if (!slow && round >= rounds) continue;
      if (slow && times.length > 0 && plan.spent + later > budget) continue;
      const inner = Math.max(1, Math.min(1000, Math.round(1 / later)));
      const got = await client.time(slow ? 1 : samples, inner, !slow);
      times.push(...got);
      plan.spent += got.reduce((a, b) => a + b, 0) * inner;
      await calm(client);
    }
  }
  for (const { client, prepared, times } of plans)
    cell.figures.set(client.peer.name, {
      ms: least ? Math.min(...times) : median(times),
      samples: times.length,
      memory: prepared.memory,
      first: prepared.first,
    });
  return cell;
}

export const nameOf = ({ kind, B, V, single }: Work) => (single ? `K = ${V}` : `${kind} [${B}, ${V}]`);

export const find = (cells: Cell[], name: string, operation: Operation) =>
  cells.find(({ work }) => nameOf(work) === name && work.operation === operation);
