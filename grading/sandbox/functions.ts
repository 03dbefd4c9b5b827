/** The host's functions that one answer was given: what crosses for them, and what their calls give. */
import { encode } from "../codec";
import { crossing } from "../inside";
import type { Value } from "../specification";
import type { Message } from "./wire";
import { decodeStrictly, Violation } from "./wire";

const MAX_FUNCTIONS = 10_000;

export class HostFunctions {
  private readonly list: ((...args: Value[]) => Value)[] = [];

  encode(args: readonly Value[]): unknown {
    return args.map((a) => encode(a, this.keep));
  }

  private keep = (f: object): number | object => {
    const crosses = crossing(f);
    if (crosses !== undefined) return crosses;
    if (this.list.length >= MAX_FUNCTIONS) throw new RangeError("too many functions were passed");
    return this.list.push(f as (...args: Value[]) => Value) - 1;
  };

  /** One call from inside a box. `misused` hears of calls that no honest box makes. */
  run(handle: unknown, args: unknown, misused: (what: string) => void): Message {
    const f = typeof handle === "number" ? this.list[handle] : undefined;
    try {
      if (f === undefined || !Array.isArray(args))
        throw new Violation("it called a function it was not given");
      return { value: encode(f(...args.map(decodeStrictly)), this.keep) };
    } catch (error) {
      if (error instanceof Violation) misused(error.message);
      return { error: String((error as Error).message) };
    }
  }
}
