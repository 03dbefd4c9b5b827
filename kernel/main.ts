// The launcher: Jupyter starts `node dist/kernel/main.js CONNECTION_FILE` (see kernelspec.ts).
import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";
import { MessageChannel, Worker } from "node:worker_threads";
import { kernelInfo } from "./info";
import type { Start, ToMain } from "./link";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  process.stderr.write("Jupyter starts this file, with the path of its connection file: npm start\n");
  process.exit(2);
}
const exit = process.exit.bind(process);

// The sockets open, and kernel_info is answered, while TypeScript still loads on this thread.
const bell = new SharedArrayBuffer(8);
const answers = new MessageChannel();
const start: Start = {
  connection: JSON.parse(fs.readFileSync(connectionFile, "utf8")),
  connectionFile,
  info: kernelInfo(),
  parent: process.ppid,
  heapLimit: v8.getHeapStatistics().heap_size_limit,
  bell,
};
const io = new Worker(path.join(__dirname, "io.js"), {
  workerData: { ...start, answers: answers.port2 },
  transferList: [answers.port2],
});
const early: ToMain[] = [];
const keep = (request: ToMain) => early.push(request);
io.on("message", keep);

// If the heap runs full, the reason is written down for the kernel that Jupyter starts next (see crash.ts).
Object.assign(process.report, {
  reportOnFatalError: true,
  compact: true,
  directory: path.dirname(connectionFile),
  filename: `${path.basename(connectionFile)}.report`,
});

async function boot(): Promise<void> {
  const { serve } = await import("./serve.js");
  const take = serve({ io, answers: answers.port1, bell: new Int32Array(bell), exit: () => exit(0) });
  io.off("message", keep);
  io.on("message", take);
  early.forEach(take);
}

boot().catch((error) => {
  process.stderr.write(`kernel: ${error?.stack ?? error}\n`);
  exit(1);
});
