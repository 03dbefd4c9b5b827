// The launcher: Jupyter starts `node dist/kernel/main.js CONNECTION_FILE` (see kernelspec.ts).
import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";
import { MessageChannel, Worker } from "node:worker_threads";
import { kernelInfo } from "./info";
import type { Start, ToMain } from "./link";
import { Work } from "./work";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  process.stderr.write("Jupyter starts this file, with the path of its connection file: npm start\n");
  process.exit(2);
}
const exit = process.exit.bind(process);

// The sockets open, and kernel_info is answered, while TypeScript still loads on this thread.
const bell = new SharedArrayBuffer(4);
const work = Work.begin();
const answers = new MessageChannel();
const start: Start = {
  connection: JSON.parse(fs.readFileSync(connectionFile, "utf8")),
  connectionFile,
  info: kernelInfo(),
  parent: process.ppid,
  heapLimit: v8.getHeapStatistics().heap_size_limit,
  bell,
  work: work.shared,
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
  const take = serve({ io, answers: answers.port1, bell: new Int32Array(bell), work, exit: () => exit(0) });
  work.started();
  // One turn of the event loop for each: an interrupt must find the cell before it begun or done.
  const takeEarly = () => {
    const request = early.shift();
    if (request) {
      setImmediate(takeEarly);
      take(request);
    } else {
      io.off("message", keep);
      io.on("message", take);
    }
  };
  takeEarly();
}

boot().catch((error) => {
  process.stderr.write(`kernel: ${error?.stack ?? error}\n`);
  exit(1);
});
