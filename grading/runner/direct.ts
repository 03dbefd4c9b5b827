/**
 * Calls functions in this process, with the same encoding as the child's: for trusted answers (mutants, alternates in
 * the gates) and for a function defined in a notebook's cell, which the kernel's interrupt stops.
 */
import vm from "node:vm";
import { decode, encode } from "../codec";
import { type Answer, RemoteFunction, type Reply, type Subject, type Value } from "../specification";
import { transpile } from "../transpile";
import { Evaluator, type Request, type Response } from "./evaluator";

/** said wherever an import is refused */
export const blockedMessage = (from: string) =>
  `importing "${from.slice(0, 60)}" is not allowed here: the point is to write it yourself`;

const derived = new Map<string, Reply>();

const remote = (id: number) => new RemoteFunction(id);

export class Direct implements Subject {
  private readonly callbacks: ((...args: Value[]) => Value)[] = [];
  private readonly evaluator = new Evaluator((handle, args) => {
    const list = decode(args, remote) as Value[];
    return encode(this.callbacks[handle]!(...list), () => 0);
  });

  private failure: Reply | undefined;

  constructor(answer: Answer) {
    this.evaluator.use(answer);
  }

  /** loads a text as the child would, refused imports included */
  static async load(source: string, name: string, given: readonly string[]): Promise<Direct> {
    const direct = new Direct({});
    const reply = await direct.ask({ op: "load", source, name, given });
    if (reply.kind === "error")
      direct.failure = { kind: "load", message: `${name} does not load: ${reply.message}` };
    if (reply.kind === "blocked") direct.failure = reply;
    return direct;
  }

  private encode = (args: readonly Value[]): unknown =>
    args.map((a) =>
      encode(a, (f) => {
        this.callbacks.push(f as (...args: Value[]) => Value);
        return this.callbacks.length - 1;
      }),
    );

  private async ask(request: Request): Promise<Reply> {
    if (this.failure !== undefined) return this.failure;
    const response: Response = await this.evaluator.handle(request);
    if (typeof response.blocked === "string")
      return { kind: "blocked", message: blockedMessage(response.blocked) };
    if (response.error !== undefined) return { kind: "error", ...response.error };
    return {
      kind: "value",
      value: decode(response.value, remote),
      args: Array.isArray(response.args) ? response.args.map((a) => decode(a, remote)) : [],
      promised: response.promised === true,
    };
  }

  call(fn: string, args: readonly Value[]): Promise<Reply> {
    return this.ask({ op: "call", fn, args: this.encode(args) });
  }
  apply(fn: RemoteFunction, args: readonly Value[]): Promise<Reply> {
    return this.ask({ op: "apply", handle: fn.id, args: this.encode(args) });
  }
  read(name: string): Promise<Reply> {
    return this.ask({ op: "read", fn: name });
  }
  async derive(name: string, task: string): Promise<Reply> {
    const steps = await this.read(name);
    if (steps.kind !== "value") return steps;
    // the same steps come back with every mutant of another function, and grading them takes long
    const key = JSON.stringify([task, encode(steps.value, () => 0)]);
    const known = derived.get(key) ?? (await this.ask({ op: "derive", task, steps: JSON.parse(key)[1] }));
    derived.set(key, known);
    return known;
  }
  close(): void {}
}

/** The exports of a trusted file's text (a solution, an alternate). */
export function trustedAnswer(source: string, name: string): Answer {
  const exports: Record<string, Value> = {};
  const { code } = transpile(source, name);
  vm.runInThisContext(`(function (exports) { ${code}\n})`, { filename: name })(exports);
  return exports;
}
