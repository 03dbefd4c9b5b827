/**
 * Functions of ours that an answer receives and calls ten thousands of times. Each call across the border of a box takes
 * a tenth of a millisecond, so a box gets such a function as text and runs it inside. Nothing depends on it there: an
 * answer that changes `Math.log` under it deceives itself alone, since the truth is computed outside.
 */
import vm from "node:vm";
import { Random } from "./random";
import type { Value } from "./specification";

type AnyFunction = (...args: never[]) => Value;

const texts = new WeakMap<object, string>();

/**
 * The same function, marked: a box may run it inside. It uses nothing but its arguments, the language, and `helpers`,
 * which stand on their own too.
 */
export function ship<F extends AnyFunction>(f: F, helpers: Readonly<Record<string, AnyFunction>> = {}): F {
  const named = Object.entries(helpers).map(([name, helper]) => `const ${name} = ${helper};`);
  texts.set(f, `(() => { ${named.join(" ")} return ${f}; })()`);
  return f;
}

/** An expression that makes the function anew. */
export const shippedText = (f: object): string | undefined => texts.get(f);

const streams = new WeakMap<object, Stream>();

/** Numbers in [0, 1) from a seed, as a function to pass on, and how many of them were taken. */
export class Stream {
  draws = 0;
  private readonly random: Random;
  private sent = false;
  readonly uniform = (): number => {
    if (this.sent) throw new RangeError("Stream: a stream that went into a box is used up");
    this.draws++;
    return this.random.uniform();
  };

  constructor(from: string | Random) {
    this.random = typeof from === "string" ? new Random(from) : from;
    streams.set(this.uniform, this);
  }

  /** What a box needs to go on with it; from then on it belongs to the box, which tells how much it has taken. */
  crossing(): object {
    if (this.sent) throw new RangeError("Stream: a stream goes into one call of one box");
    this.sent = true;
    return { stream: this.random.state() };
  }
}

export const streamOf = (f: Value): Stream | undefined =>
  typeof f === "function" ? streams.get(f) : undefined;

/** How such a function crosses; `undefined` for all others. */
export function crossing(f: object): object | undefined {
  const src = shippedText(f);
  return src === undefined ? streams.get(f)?.crossing() : { src };
}

/** What crossed, made anew on the other side. Each box of coursework has its own way, see sandbox/box/codec.ts. */
export function remake(tag: Readonly<Record<string, unknown>>): Value {
  if (Array.isArray(tag.stream)) return new Stream(Random.from(tag.stream as number[])).uniform;
  return vm.runInThisContext(String(tag.src));
}

/** What a box says of the arguments afterwards: for a stream, how many numbers were drawn. */
export function hearDraws(sent: readonly Value[], after: readonly Value[]): Value[] {
  return after.map((arg, i) => {
    const stream = streamOf(sent[i]);
    if (stream === undefined) return arg;
    if (typeof arg !== "number" || !(arg >= 0)) throw new RangeError("a stream that counts no draws");
    stream.draws += arg;
    return null;
  });
}
