/**
 * The host's end of the pipe. Nothing that arrives is trusted: a message's length and its depth are known before it is
 * parsed, and a value that the box's own codec cannot have written is a violation.
 */
import type { Value } from "../specification";
import { RemoteFunction } from "../specification";

export const MAX_FRAME = 8 << 20;
const MAX_DEPTH = 32;
const MAX_NODES = 300_000;
/** an object costs three levels of JSON: `{"o":[["key", …]]}` */
const MAX_JSON_DEPTH = 3 * MAX_DEPTH + 8;

/** A reply that no honest box sends. It ends the box. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** How deep brackets nest in a JSON text, without parsing it. */
export function jsonDepth(bytes: Uint8Array): number {
  const [quote, backslash] = [0x22, 0x5c];
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inText) {
      if (byte === backslash) i++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}

export type Message = Readonly<Record<string, unknown>>;

function parseMessage(bytes: Buffer): Message {
  if (jsonDepth(bytes) > MAX_JSON_DEPTH) throw new Violation("a message nests too deep");
  let message: unknown;
  try {
    message = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Violation("a message is not JSON");
  }
  if (message === null || typeof message !== "object" || Array.isArray(message))
    throw new Violation("a message is not an object");
  return message as Message;
}

/** Collects bytes and gives out whole messages. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private have = 0;

  push(bytes: Buffer): Message[] {
    this.chunks.push(bytes);
    this.have += bytes.length;
    const messages: Message[] = [];
    while (this.have >= 4) {
      // joined only when something is complete, so that a long message is copied once
      if (this.chunks[0]!.length < 4) this.join();
      const length = this.chunks[0]!.readUInt32LE(0);
      if (length > MAX_FRAME) throw new Violation(`a message has more than ${MAX_FRAME} bytes`);
      if (this.have < 4 + length) break;
      const all = this.join();
      messages.push(parseMessage(all.subarray(4, 4 + length)));
      this.chunks = [all.subarray(4 + length)];
      this.have -= 4 + length;
    }
    return messages;
  }

  private join(): Buffer {
    const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }
}

const numbers = new Map<unknown, number | undefined>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
  ["undefined", undefined],
]);
type View = { from(values: readonly unknown[]): ArrayBufferView };
const numberViews: Readonly<Record<string, View>> = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
};
const bigViews: Readonly<Record<string, View>> = {
  BigInt64Array: BigInt64Array as unknown as View,
  BigUint64Array: BigUint64Array as unknown as View,
};

/** A value from a box. No classes are revived, objects have no prototype, functions become their numbers. */
export function decodeStrictly(json: unknown): Value {
  let nodes = 0;
  const view = (name: string, json: readonly unknown[], depth: number): Value => {
    const values = json.map((x) => walk(x, depth + 1));
    const wanted = Object.hasOwn(bigViews, name) ? "bigint" : "number";
    const View = Object.hasOwn(bigViews, name)
      ? bigViews[name]
      : Object.hasOwn(numberViews, name)
        ? numberViews[name]
        : undefined;
    if (View === undefined || values.some((x) => typeof x !== wanted))
      throw new Violation("an array of numbers holds something else");
    return View.from(values);
  };
  const object = (pairs: readonly unknown[], depth: number): Value => {
    const out: Record<string, Value> = Object.create(null);
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string")
        throw new Violation("an object has something other than keys and values");
      if (Object.hasOwn(out, pair[0])) throw new Violation("an object has a key twice");
      // never `__proto__`, which some reader might take for a prototype
      if (pair[0] !== "__proto__") out[pair[0]] = walk(pair[1], depth + 1);
    }
    return out;
  };
  const walk = (v: unknown, depth: number): Value => {
    if (depth > MAX_DEPTH + 1) throw new Violation("a value nests too deep");
    if (++nodes > MAX_NODES + 100) throw new Violation("a value has too many parts");
    if (v === null || typeof v === "boolean" || typeof v === "string") return v;
    if (typeof v === "number") {
      // 1e999 is JSON too
      if (!Number.isFinite(v)) throw new Violation("a number without its tag");
      return v;
    }
    if (Array.isArray(v)) return v.map((x) => walk(x, depth + 1));
    const tagged = v as Record<string, unknown>;
    const keys = Object.keys(tagged).join(" ");
    if (keys === "#" && numbers.has(tagged["#"])) return numbers.get(tagged["#"]);
    if (keys === "big" && typeof tagged.big === "string" && /^-?\d{1,10000}$/.test(tagged.big))
      return BigInt(tagged.big);
    if (keys === "fn" && Number.isSafeInteger(tagged.fn)) return new RemoteFunction(tagged.fn as number);
    if (keys === "ta v" && typeof tagged.ta === "string" && Array.isArray(tagged.v))
      return view(tagged.ta, tagged.v, depth);
    if (keys === "o" && Array.isArray(tagged.o)) return object(tagged.o, depth);
    throw new Violation("a value with an unknown tag");
  };
  return walk(json, 0);
}
