/**
 * The default tier's child: QuickJS compiled to WebAssembly. For each submission a new instance with a memory of its
 * own, which is bounded by the engine around it (QuickJS's own limit is not enforced). An answer finds no object of
 * this process: only text goes in and out.
 */
import fs from "node:fs";
import path from "node:path";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
} from "quickjs-emscripten-core";
import { insideText } from "./bootstrap";
import { receive, receiveResult, send } from "./serve";

/** Node has it; the typings for programs without a browser leave it out */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

const PAGES_PER_MIB = 16;
/** pages of 64 KiB that an instance begins with */
const INITIAL_PAGES = 256;
const MAX_STACK = 900 << 10;
/** leaves the inside as `box`, and nothing of itself */
const furnish = `globalThis.box = ${insideText()}(hostCall); delete globalThis.hostCall;`;
const PAGE = 4096;
/**
 * What the memory of an instance holds when it is furnished and no answer has run: the pages that are not empty. Every
 * instance comes this far by the same steps with the same addresses, so the last step, which takes longer than all others
 * together, is a copy into the new memory.
 */
let pristine: readonly { readonly at: number; readonly bytes: Uint8Array }[] | undefined;
const engine = path.dirname(require.resolve("@jitl/quickjs-wasmfile-release-sync"));
const wasm = new WebAssembly.Module(fs.readFileSync(path.join(engine, "emscripten-module.wasm")));
// The package's own entry imports its parts as modules, which Node's permission flags make slow: the same parts here.
const variant: QuickJSSyncVariant = {
  type: "sync",
  importFFI: async () => require(path.join(engine, "ffi.js")).QuickJSFFI,
  importModuleLoader: async () => require(path.join(engine, "emscripten-module.cjs")),
};

interface Load {
  readonly op: "load";
  readonly id: number;
  readonly budget: number;
  readonly code: string;
  readonly name: string;
  readonly library?: string;
}
interface Question {
  readonly op: "call" | "apply" | "read";
  readonly id: number;
  readonly budget: number;
}
type Request = Load | Question | { readonly op: "next" };

/** processor time of this process in milliseconds: a busy machine does not shorten anyone's budget */
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function pagesOf(memory: Uint8Array): { at: number; bytes: Uint8Array }[] {
  const pages: { at: number; bytes: Uint8Array }[] = [];
  for (let at = 0; at < memory.length; at += PAGE) {
    const bytes = memory.slice(at, at + PAGE);
    if (bytes.some((byte) => byte !== 0)) pages.push({ at, bytes });
  }
  return pages;
}

const now = (): number => performance.now();

class Instance {
  private deadline = Number.POSITIVE_INFINITY;
  /** by the clock, which asks less and cannot be later than processor time is used up */
  private earliest = Number.POSITIVE_INFINITY;
  private readonly handle: QuickJSHandle;
  private readonly loadInside: QuickJSHandle;
  private readonly poll: QuickJSHandle;

  private constructor(
    private readonly context: QuickJSContext,
    memory: Uint8Array,
    copied: boolean,
  ) {
    let ticks = 0;
    const { runtime } = context;
    runtime.setMaxStackSize(MAX_STACK);
    runtime.setInterruptHandler(() => (++ticks & 15) === 0 && this.isOver());
    const hostCall = context.newFunction("hostCall", (text) => {
      send(context.getString(text));
      return context.newString(receiveResult());
    });
    context.setProp(context.global, "hostCall", hostCall);
    if (copied) for (const { at, bytes } of pristine!) memory.set(bytes, at);
    else {
      context.unwrapResult(context.evalCode(furnish, "box.js")).dispose();
      pristine ??= pagesOf(memory);
    }
    const api = context.getProp(context.global, "box");
    context.unwrapResult(context.evalCode("delete globalThis.box")).dispose();
    this.handle = context.getProp(api, "handle");
    this.loadInside = context.getProp(api, "load");
    this.poll = context.getProp(api, "poll");
  }

  static async make(mebibytes: number): Promise<Instance> {
    if (pristine === undefined) return Instance.start(mebibytes, false);
    try {
      const copy = await Instance.start(mebibytes, true);
      // a small question, to see that all addresses are where they were
      const reply = copy.ask(copy.handle, copy.context.newString('{"id":0,"op":"read","fn":"nothing"}'));
      if (reply === '{"id":0,"value":{"#":"undefined"}}') return copy;
    } catch {
      // an engine that does not come so far by the same steps: each instance is furnished by itself
    }
    return Instance.start(mebibytes, false);
  }

  private static async start(mebibytes: number, copied: boolean): Promise<Instance> {
    const wasmMemory = new WebAssembly.Memory({
      initial: INITIAL_PAGES,
      maximum: mebibytes * PAGES_PER_MIB,
    });
    const module = await newQuickJSWASMModuleFromVariant(
      newVariant(variant, { wasmModule: wasm, wasmMemory }),
    );
    return new Instance(module.newContext(), new Uint8Array(wasmMemory.buffer), copied);
  }

  /** a reply as text, or why there is none */
  answer(request: Load | Question, text: string): string {
    const { context } = this;
    this.earliest = now() + request.budget;
    this.deadline = spent() + request.budget;
    const reply = request.op === "load" ? this.load(request) : this.ask(this.handle, context.newString(text));
    return (reply === "" ? this.settle() : reply) ?? this.stopped(request.id);
  }

  /** the text that a function of the inside returns; `undefined` if the engine stopped it */
  private ask(f: QuickJSHandle, ...args: QuickJSHandle[]): string | undefined {
    const { context } = this;
    const result = context.callFunction(f, context.undefined, ...args);
    if (result.error) {
      result.error.dispose();
      return undefined;
    }
    const reply = context.typeof(result.value) === "string" ? context.getString(result.value) : undefined;
    result.value.dispose();
    for (const arg of args) arg.dispose();
    return reply;
  }

  /** Runs what a promise is waiting for. Nothing comes from outside, so it settles now or never. */
  private settle(): string | undefined {
    const { runtime } = this.context;
    for (;;) {
      const jobs = runtime.executePendingJobs(100);
      if (jobs.error) return undefined;
      const reply = this.ask(this.poll, this.context.false);
      if (reply !== "") return reply;
      if (jobs.value === 0) return this.ask(this.poll, this.context.true);
    }
  }

  private load({ id, code, name, library }: Load): string | undefined {
    const { context } = this;
    let given = context.undefined;
    if (library !== undefined) {
      const evaluated = context.evalCode(library, "cross-entropy.js");
      if (evaluated.error)
        return JSON.stringify({
          id,
          fault: `what is given does not load: ${context.dump(evaluated.error)?.message}`,
        });
      given = evaluated.value;
    }
    const compiled = context.evalCode(`(function (exports, require, module) { ${code}\n})`, name);
    if (!compiled.error) return this.ask(this.loadInside, context.newNumber(id), compiled.value, given);
    const thrown = context.dump(compiled.error) as { name?: string; message?: string } | undefined;
    const error = {
      name: String(thrown?.name ?? "Error").slice(0, 80),
      message: String(thrown?.message ?? "it cannot be read").slice(0, 600),
    };
    return JSON.stringify({ id, error });
  }

  private isOver(): boolean {
    return now() > this.earliest && spent() > this.deadline;
  }

  private stopped(id: number): string {
    return JSON.stringify({ id, stopped: this.isOver() ? "timeout" : "memory" });
  }
}

async function serve(mebibytes: number): Promise<never> {
  for (;;) {
    const instance = await Instance.make(mebibytes);
    send('{"ready":true}');
    for (;;) {
      const text = receive();
      const request = JSON.parse(text) as Request;
      if (request.op === "next") break;
      let reply: string;
      try {
        reply = instance.answer(request, text);
      } catch {
        // the engine itself broke: this instance is worth nothing any more
        reply = JSON.stringify({ id: request.id, stopped: "memory" });
      }
      send(reply);
    }
  }
}

void serve(Number(process.argv[2]));
