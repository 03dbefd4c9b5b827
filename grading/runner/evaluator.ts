/**
 * The side of an answer: loads its text, calls its functions, and gives back values. It knows nothing of what is
 * right. The killable child uses it through a pipe, the gates directly; both see the same encoded data.
 */
import vm from "node:vm";
import { decode, encode } from "../codec";
import { remake, streamOf } from "../inside";
import type { Answer, Value } from "../specification";
import { transpile } from "../transpile";

export type Request =
  | { readonly op: "load"; readonly source: string; readonly name: string; readonly given: readonly string[] }
  | { readonly op: "call"; readonly fn: string; readonly args: unknown }
  | { readonly op: "apply"; readonly handle: number; readonly args: unknown }
  | { readonly op: "read"; readonly fn: string }
  | { readonly op: "derive"; readonly task: string; readonly steps: unknown };

export interface Response {
  readonly value?: unknown;
  readonly args?: unknown;
  readonly promised?: boolean;
  readonly error?: { readonly name: string; readonly message: string };
  /** the import that was refused */
  readonly blocked?: string;
}

type Callback = (handle: number, args: unknown) => unknown;

export class Evaluator {
  private answer: Answer = {};
  private readonly functions: object[] = [];
  private blocked: string | undefined;
  private lineOf: (line: number, column: number) => number | undefined = () => undefined;
  private name = "answer.ts";

  /** `callHost` runs one of the host's functions and returns its encoded result */
  constructor(private readonly callHost: Callback) {}

  /** an answer that is already code, such as a mutant or a function of a notebook's cell */
  use(answer: Answer): void {
    this.answer = answer;
  }

  async handle(request: Request): Promise<Response> {
    try {
      if (request.op === "load") {
        this.load(request.source, request.name, request.given);
        return this.reply({ value: Object.keys(this.answer) });
      }
      if (request.op === "derive") {
        const library = realRequire("cross-entropy") as typeof import("cross-entropy");
        const steps = decode(request.steps, () => null);
        const grade = await library.gradeSteps(steps, library.derivationTasks[request.task]!);
        return { value: this.encode(grade), args: [] };
      }
      if (request.op === "read") return this.reply({ value: this.encode(this.answer[request.fn]) });
      const target =
        request.op === "apply"
          ? this.functions[request.handle]
          : (this.answer[request.fn] as object | undefined);
      if (typeof target !== "function") {
        const what = request.op === "apply" ? "a function" : request.fn;
        const message =
          target === undefined
            ? `no function ${what} is exported: is it renamed, or is "export" missing?`
            : `${what} is not a function`;
        return this.reply({ error: { name: "Missing", message } });
      }
      const args = decode(request.args, this.hostFunction, remake) as Value[];
      const returned = target(...args);
      const promised =
        typeof returned === "object" &&
        returned !== null &&
        typeof (returned as PromiseLike<Value>).then === "function";
      // awaited only to catch what it does late; the value of a promise is not an answer
      if (promised) await (returned as PromiseLike<Value>);
      return this.reply({
        value: promised ? null : this.encode(returned),
        args: args.map((a) => (typeof a === "function" ? (streamOf(a)?.draws ?? null) : this.encode(a))),
        promised,
      });
    } catch (error) {
      return this.reply({ error: this.explain(error) });
    }
  }

  private reply(response: Response): Response {
    return this.blocked === undefined ? response : { ...response, blocked: this.blocked };
  }

  private encode = (value: Value): unknown =>
    encode(value, (f) => {
      this.functions.push(f);
      return this.functions.length - 1;
    });

  private hostFunction =
    (handle: number) =>
    (...args: Value[]): Value =>
      decode(this.callHost(handle, args.map(this.encode)), this.hostFunction);

  private load(source: string, name: string, given: readonly string[]): void {
    this.name = name;
    const { code, line } = transpile(source, name);
    this.lineOf = line;
    const require = (from: string): unknown => {
      if (from === "cross-entropy" && given.length > 0) {
        const library = realRequire("cross-entropy") as typeof import("cross-entropy") &
          Record<string, unknown>;
        library.setEngine("portable"); // the same digits on every machine
        return Object.fromEntries(given.map((key) => [key, library[key]]));
      }
      this.blocked ??= from;
      throw Object.assign(new Error(`"${from}" may not be imported here: write it yourself`), {
        name: "Blocked",
      });
    };
    const exports: Record<string, Value> = {};
    // In this realm, so that arrays are Arrays; without a callback for import(), which therefore fails.
    const wrapper = vm.runInThisContext(
      `(function (exports, require, module, process, global, __filename, __dirname) { ${code}\n})`,
      { filename: name },
    ) as (...args: unknown[]) => void;
    wrapper(exports, require, { exports }, undefined, undefined, name, "");
    // Only what is given may be taken over: a name that is exactly a library's function was not written here.
    this.answer = { ...exports };
  }

  /** An error as text. A thrown thing may be anything, and its message may be a trap. */
  private explain(error: unknown): { name: string; message: string } {
    try {
      const { name, message, stack } = Object(error) as Error;
      const place = new RegExp(`${this.name.replace(/\W/g, "\\$&")}:(\\d+):(\\d+)`).exec(String(stack));
      const line = place === null ? undefined : this.lineOf(Number(place[1]), Number(place[2]));
      const where = line === undefined || String(name) === "SyntaxError" ? "" : ` (line ${line})`;
      return {
        name: String(name ?? "Error").slice(0, 80),
        message: `${String(message ?? error).slice(0, 600)}${where}`,
      };
    } catch {
      return { name: "Error", message: "something that cannot be shown was thrown" };
    }
  }
}

const realRequire = require;
