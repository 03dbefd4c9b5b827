/**
 * The process in which an answer runs: requests on fd 3, replies on fd 4, one at a time. It blocks while it waits, so
 * that a function of the host can be called in the middle of a learner's loop. Killing it is always safe.
 */
import fs from "node:fs";
import { transpile } from "../transpile";
import { Evaluator, type Request } from "./evaluator";
import { frame } from "./frames";

const { readSync, writeSync } = fs;
const exit = process.exit.bind(process);

function readBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const count = readSync(3, bytes, done, length - done, null);
    if (count === 0) exit(0);
    done += count;
  }
  return bytes;
}
const receive = () => JSON.parse(readBytes(readBytes(4).readUInt32LE(0)).toString("utf8"));

function send(message: unknown): void {
  let bytes: Buffer;
  try {
    bytes = frame(message);
  } catch (error) {
    const id = (message as { id?: number }).id;
    bytes = frame({ id, error: { name: "RangeError", message: String((error as Error).message) } });
  }
  for (let done = 0; done < bytes.length; ) done += writeSync(4, bytes, done, bytes.length - done);
}

const evaluator = new Evaluator((handle, args) => {
  send({ callback: handle, args });
  const reply = receive() as { value?: unknown; error?: string };
  if (reply.error !== undefined) throw new Error(reply.error);
  return reply.value;
});

async function serve(): Promise<never> {
  transpile("export const warm: number = 1;");
  // A learner's code finds no way to files or other packages; this is a seat belt, not the sandbox of coursework.
  for (const name of ["process", "require", "module"]) Reflect.deleteProperty(globalThis, name);
  send({ ready: true });
  for (;;) {
    const request = receive() as Request & { id: number };
    send({ id: request.id, ...(await evaluator.handle(request)) });
  }
}
process.on("unhandledRejection", () => {});
void serve();
