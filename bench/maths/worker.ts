// The process of one program: it gets ready, is told to compute, and tells how long it took. worker.py is its twin.
// Requests and answers are lines of JSON on standard input and output.
import fs from "node:fs";
import readline from "node:readline";
import { programs } from "./programs";
import { bytesOf, type Inputs, type Job, sampled, type Work } from "./work";

export interface Prepared {
  /** False if the program has no such operation. */
  able: boolean;
  loss?: number | undefined;
  sample?: number[] | undefined;
  /** Milliseconds of the first call and of a later one. */
  first: number;
  later: number;
  /** Resident memory at its peak during the first calls, beyond what it was with inputs and outputs in place; bytes. */
  memory?: number | undefined;
}

const status = (name: string): number | undefined => {
  try {
    return (
      1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(fs.readFileSync("/proc/self/status", "utf8"))?.[1])
    );
  } catch {
    return undefined; // only Linux tells
  }
};

/** Lets the kernel forget the highest memory so far. */
function forgetPeak(): void {
  try {
    fs.writeFileSync("/proc/self/clear_refs", "5");
  } catch {}
}

async function once(job: Job): Promise<number> {
  const started = process.hrtime.bigint();
  const pending = job.call();
  if (pending instanceof Promise) await pending;
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function read(folder: string, { kind, B, V, single }: Work): Inputs {
  const file = (name: string) => {
    const { buffer, byteOffset, byteLength } = fs.readFileSync(`${folder}/${name}`);
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  };
  const z32 = new Float32Array(file("z"), 0, B * V);
  const none = new ArrayBuffer(0);
  return {
    z: kind === "float32" ? z32 : Float64Array.from(z32),
    y: new Int32Array(file("y")),
    p: new Float64Array(single ? file("p") : none),
    q: new Float64Array(single ? file("q") : none),
  };
}

async function main(): Promise<void> {
  const program = await programs[process.argv[2]!]!();
  let inputs: { folder: string; kind: string; values: Inputs } | undefined;
  let job: Job | undefined;
  const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  answer({ version: program.version });

  async function prepare(work: Work, folder: string): Promise<Prepared> {
    job?.close?.();
    job = undefined;
    if (inputs?.folder !== folder || inputs.kind !== work.kind)
      inputs = { folder, kind: work.kind, values: read(folder, work) };
    job = await program.prepare(work, inputs.values);
    if (job === undefined) return { able: false, first: 0, later: 0 };
    (globalThis as { gc?: () => void }).gc?.();
    forgetPeak();
    const before = status("VmRSS");
    const first = await once(job);
    const values = job.values();
    const { out } = values;
    const sample = out && sampled(work, inputs.values.y).map((i) => out[i]!);
    // A call of milliseconds or less is called until it is compiled.
    let later = first;
    const until = performance.now() + (work.B * work.V * bytesOf(work.kind) > 1e7 ? 0 : 60);
    if (first < 1000)
      do later = await once(job);
      while (performance.now() < until);
    const peak = status("VmHWM");
    const memory = before === undefined || peak === undefined ? undefined : peak - before;
    return { able: true, loss: values.loss, sample, first, later, memory };
  }

  /** Milliseconds per call: `samples` times the mean of `inner` calls. */
  async function time(samples: number, inner: number, warm: boolean): Promise<number[]> {
    if (warm) await once(job!);
    const times: number[] = [];
    for (let i = 0; i < samples; i++) {
      const started = process.hrtime.bigint();
      for (let j = 0; j < inner; j++) {
        const pending = job!.call();
        if (pending instanceof Promise) await pending;
      }
      times.push(Number(process.hrtime.bigint() - started) / 1e6 / inner);
    }
    return times;
  }

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.prepare) answer(await prepare(request.prepare, request.folder));
      else answer(await time(request.samples, request.inner, request.warm));
    } catch (error) {
      answer({ error: String(error) });
    }
  }
  process.exit(0);
}

void main();
