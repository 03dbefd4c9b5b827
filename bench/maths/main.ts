// npm run bench: batches and small calls beside other programs, all in one run. See `help`.
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { Client } from "./client";
import { installPeers } from "./install";
import { type Cell, full, measureCell, nameOf, quick, writeInputs } from "./measure";
import { fusedByDefault, type Peer, peers } from "./peers";
import { type Panel, picture } from "./picture";
import { findPython } from "./python";
import { report } from "./report";
import type { Kind, Operation, Work } from "./work";

const help = `npm run bench -- [options]
  --quick           3 samples instead of 15, float32, without the largest batch and the growth with B and V
  --least           on a busy computer: the least of the samples instead of their median
  --only SHAPE      only batches like 1024x1000 or K=5
  --only PEER       only programs whose name contains this, and ours; both kinds can be repeated
  --python PATH     the Python whose NumPy, SciPy and PyTorch take part (else the first one found with NumPy)
  --write           writes docs/bench.md and docs/bench.svg
The full run needs about 8 GB of memory.
`;

const root = path.resolve(__dirname, "../../..");

interface Options {
  quick: boolean;
  least: boolean;
  write: boolean;
  python: string | undefined;
  shapes: string[];
  names: string[];
}

function read(args: string[]): Options | undefined {
  const options: Options = {
    quick: false,
    least: false,
    write: false,
    python: undefined,
    shapes: [],
    names: [],
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const value = args[i + 1];
    if (arg === "--quick") options.quick = true;
    else if (arg === "--least") options.least = true;
    else if (arg === "--write") options.write = true;
    else if ((arg === "--python" || arg === "--only") && value !== undefined) {
      i++;
      if (arg === "--python") options.python = value;
      else if (/^(\d+x\d+|K=\d+)$/i.test(value)) options.shapes.push(value.toLowerCase());
      else options.names.push(value.toLowerCase());
    } else return undefined;
  }
  return options;
}

type Shape = Pick<Work, "B" | "V" | "single">;

function shapes({ quick, shapes: only }: Options): Shape[] {
  const batches = [
    [256, 50257],
    [32, 50257],
    [1024, 1000],
    [8192, 10],
  ].map(([B, V]) => ({ B: B!, V: V!, single: false }));
  const small = [3, 5, 10].map((V) => ({ B: 64, V, single: true }));
  const named = ({ B, V, single }: Shape) => only.includes(single ? `k=${V}` : `${B}x${V}`);
  const all = [...batches, ...small];
  if (only.length > 0) return all.filter(named);
  return quick ? all.filter(({ B, V }) => V === 10 || B * V < 2e6) : all;
}

const kindsOf = ({ single }: Shape, { quick }: Options): Kind[] =>
  single ? ["float64"] : quick ? ["float32"] : ["float32", "float64"];

async function startAll(all: Peer[]): Promise<Client[]> {
  const clients: Client[] = [];
  for (const peer of all) {
    try {
      clients.push(await Client.start(peer));
    } catch (error) {
      console.log(`- not measured: ${peer.name}: ${(error as Error).message}`);
    }
  }
  return clients;
}

/** Bytes of the kernels, without and with fused multiply-add. */
function kernelBytes(): string {
  const { plain, fused } = createRequire(__filename)(path.join(root, "dist/src/bulk/binary.js"));
  return [plain, fused].map((text) => Buffer.from(text, "base64").length).join(" and ");
}

/** Milliseconds of the first call in a new process, which compiles the kernels. */
async function firstCall(peer: Peer): Promise<number> {
  const work: Work = { operation: "loss + gradient", kind: "float32", B: 32, V: 50257, single: false };
  const folder = writeInputs(work);
  const client = await Client.start(peer);
  const { first } = await client.prepare(work, folder);
  client.stop();
  fs.rmSync(folder, { recursive: true });
  return first;
}

const inPicture = [
  "ours, zero-copy",
  "ours, scalar TypeScript",
  "textbook TypeScript",
  "onnxruntime-node, 1 thread",
  "TensorFlow.js, wasm",
  "NumPy",
  "PyTorch, 1 thread, tuned",
];

/** Time per logit of loss and gradient against V and against B. */
async function growth(clients: Client[], least: boolean): Promise<Panel[]> {
  const chosen = clients.filter(({ peer }) => inPicture.includes(peer.name));
  const sizes: { title: string; axis: string; shapes: Shape[]; size: (s: Shape) => number }[] = [
    {
      title: "64 rows of V logits",
      axis: "V, length of a row",
      shapes: [10, 32, 100, 320, 1000, 3200, 10000, 100000].map((V) => ({ B: 64, V, single: false })),
      size: ({ V }) => V,
    },
    {
      title: "B rows of 1000 logits",
      axis: "B, number of rows",
      shapes: [1, 8, 64, 512, 4096].map((B) => ({ B, V: 1000, single: false })),
      size: ({ B }) => B,
    },
  ];
  const panels: Panel[] = [];
  for (const { title, axis, shapes, size } of sizes) {
    const points = new Map<string, [number, number][]>(chosen.map(({ peer }) => [peer.name, []]));
    for (const shape of shapes) {
      const folder = writeInputs(shape);
      const work: Work = { ...shape, operation: "loss + gradient", kind: "float32" };
      process.stderr.write(`growth: ${nameOf(work)}\n`);
      const { figures } = await measureCell(chosen, work, folder, {
        rounds: 3,
        samples: 3,
        budget: 600,
        least,
      });
      for (const [name, { ms }] of figures)
        points.get(name)!.push([size(shape), (ms * 1e6) / shape.B / shape.V]);
      fs.rmSync(folder, { recursive: true });
    }
    panels.push({ title, axis, series: [...points].map(([name, one]) => ({ name, points: one })) });
  }
  return panels;
}

export async function main(args: string[]): Promise<number> {
  const options = read(args);
  if (options === undefined) {
    console.log(help);
    return args.includes("--help") ? 0 : 2;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const started = Date.now();
  const installed = installPeers();
  if (!installed) console.log("- the packages to compare with could not be installed");
  const python = findPython(options.python);
  const missing = ["numpy", "scipy", "torch"].filter((name) => !python?.modules.includes(name));
  const all = peers(python, installed);
  const { names } = options;
  const chosen = all.filter(
    ({ name, ours }) =>
      ours ||
      name === "memory" ||
      names.length === 0 ||
      names.some((part) => name.toLowerCase().includes(part)),
  );
  const effort = { ...(options.quick ? quick : full), least: options.least };
  const cells: Cell[] = [];
  let panels: Panel[] = [];
  const clients = await startAll(chosen);
  try {
    for (const shape of shapes(options)) {
      const folder = writeInputs(shape);
      const operations: Operation[] = ["log-softmax", "loss", "loss + gradient"];
      if (shape.single) operations.push("entropy", "KL divergence");
      for (const kind of kindsOf(shape, options))
        for (const operation of operations) {
          const work: Work = { ...shape, kind, operation };
          const seconds = ((Date.now() - started) / 1000).toFixed(0);
          process.stderr.write(`${seconds} s: ${nameOf(work)} ${operation}\n`);
          cells.push(await measureCell(clients, work, folder, effort));
        }
      fs.rmSync(folder, { recursive: true });
    }
    if (!options.quick && options.shapes.length === 0) panels = await growth(clients, options.least);
  } finally {
    for (const client of clients) client.stop();
  }
  const first = await firstCall(all[0]!);
  const versions = clients
    .filter(({ peer, version }) => !peer.ours && version !== "")
    .map(({ peer, version }) => `${peer.name.replace(/,.*/, "")} ${version}`);
  const quoted = args.map((arg, i) => (args[i - 1] === "--python" ? "PATH" : arg));
  const shown = quoted.map((arg) => (/[ ,]/.test(arg) ? `"${arg}"` : arg));
  const cores = os.cpus();
  const facts = [
    `- ${new Date().toISOString().slice(0, 10)}; ${cores[0]?.model.trim()}, ${cores.length} cores; ${os.platform()} ${os.arch()}`,
    `- Node ${process.versions.node}, V8 ${process.versions.v8}${fusedByDefault ? ", fused multiply-add on" : "; FMA: with `--experimental-wasm-relaxed-simd`"}`,
    `- ${[...new Set(versions)].join(", ")}${python ? `; Python ${python.version}` : ""}`,
    ...(missing.length > 0 ? [`- not installed in a Python found here: ${missing.join(", ")}`] : []),
    `- \`npm run bench${shown.length > 0 ? ` -- ${shown.join(" ")}` : ""}\`, ${((Date.now() - started) / 1000).toFixed(0)} s; load of the computer at the end ${os.loadavg()[0]!.toFixed(1)}`,
    ...(options.least
      ? [
          "- taken on a busy computer: each figure is the least of its samples, not their median, and large batches are disturbed all the same",
        ]
      : []),
    `- first call of ours in a new process, [32, 50257] with gradient: ${first.toFixed(1)} ms; kernels of ${kernelBytes()} bytes`,
  ];
  const text = [facts.join("\n"), report(cells)].join("\n\n");
  console.log(text);
  if (options.write) {
    const intro = fs.readFileSync(path.join(root, "bench/maths/intro.md"), "utf8").trim();
    fs.writeFileSync(path.join(root, "docs/bench.md"), `${intro}\n\n${text}\n`);
    if (panels.length > 0) fs.writeFileSync(path.join(root, "docs/bench.svg"), picture(panels));
  }
  return 0;
}
