/**
 * The child's end of the pipe: requests on fd 3, replies on fd 4, each a 4-byte little-endian length and JSON. It blocks
 * while it waits, so that a function of the host can be called in the middle of an answer's loop.
 */
import fs from "node:fs";

// taken before any answer runs
const { readSync, writeSync } = fs;
const { alloc, from } = Buffer;
const exit = process.exit.bind(process);
const MAX_FRAME = 8 << 20;
/** methods as functions, which look nothing up */
const { call } = Function.prototype;
const startsWith: (text: string, start: string) => boolean = call.bind(String.prototype.startsWith);
const copy: (from: Buffer, to: Buffer, at: number, start: number, end: number) => number = call.bind(
  Buffer.prototype.copy,
);
const lengthAt: (bytes: Buffer, at: number) => number = call.bind(Buffer.prototype.readUInt32LE);
const setLength: (bytes: Buffer, length: number) => number = call.bind(Buffer.prototype.writeUInt32LE);
const textOf: (bytes: Buffer, encoding: string, start: number, end: number) => string = call.bind(
  Buffer.prototype.toString,
);

function again<T>(act: () => T): T {
  for (;;)
    try {
      return act();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
}

/** what has arrived and is not yet read: questions that were sent together come in one piece */
let arrived = alloc(64 << 10);
let start = 0;
let end = 0;

/** waits until so many bytes are there */
function fill(length: number): void {
  if (start + length > arrived.length) {
    const bytes = length > arrived.length ? alloc(length) : arrived;
    copy(arrived, bytes, 0, start, end);
    arrived = bytes;
    end -= start;
    start = 0;
  }
  while (end - start < length) {
    const count = again(() => readSync(3, arrived, end, arrived.length - end, null));
    // the host is gone
    if (count === 0) exit(0);
    end += count;
  }
}

function read(): string {
  fill(4);
  const length = lengthAt(arrived, start);
  fill(4 + length);
  const text = textOf(arrived, "utf8", start + 4, start + 4 + length);
  start += 4 + length;
  return text;
}

interface Waiting {
  readonly text: string;
  next: Waiting | undefined;
}
/** Questions that were sent together wait here while an answer calls a function of the host's. */
let first: Waiting | undefined;
let last: Waiting | undefined;

/** the next question */
export function receive(): string {
  if (first === undefined) return read();
  const { text } = first;
  first = first.next;
  return text;
}

/** what a function of the host's gave */
export function receiveResult(): string {
  for (;;) {
    const text = read();
    // so begins a question, and nothing else that the host sends
    if (!startsWith(text, '{"op":')) return text;
    const one: Waiting = { text, next: undefined };
    if (first === undefined || last === undefined) first = one;
    else last.next = one;
    last = one;
  }
}

export function send(text: string): void {
  const body = from(text, "utf8");
  if (body.length > MAX_FRAME) throw new RangeError(`the reply has more than ${MAX_FRAME} bytes`);
  const bytes = alloc(4 + body.length);
  setLength(bytes, body.length);
  copy(body, bytes, 4, 0, body.length);
  for (let done = 0; done < bytes.length; ) {
    const at = done;
    done += again(() => writeSync(4, bytes, at, bytes.length - at));
  }
}

/** A program that answers one question after the other with data and never runs anybody's code. */
export async function serveTrusted(
  answer: (question: Record<string, unknown>) => Promise<object> | object,
): Promise<never> {
  send('{"ready":true}');
  for (;;) {
    const question = JSON.parse(receive()) as Record<string, unknown> & { id: number };
    let reply: object;
    try {
      reply = await answer(question);
    } catch (error) {
      const { name, message } = error as Error;
      reply = { error: { name, message: message.slice(0, 600) } };
    }
    const text = JSON.stringify({ id: question.id, ...reply });
    send(
      text.length <= MAX_FRAME / 4
        ? text
        : JSON.stringify({
            id: question.id,
            error: { name: "RangeError", message: "the reply is too long" },
          }),
    );
  }
}
