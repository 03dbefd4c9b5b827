import v8 from "node:v8";
import vm from "node:vm";
import type { Completion } from "./compiler/assist";
import { CellCompiler, type Compiled } from "./compiler/converter";
import type { Documentation } from "./compiler/documentation";
import { type CellError, thrown, typeError } from "./errors";
import { installGuards } from "./guard";
import { Freshness, loadTypeScriptFiles } from "./modules";
import { type Account, newAccount, Printer, type StreamName } from "./output";
import { recompile } from "./recompile";
import { bundle, type MimeBundle } from "./rich";
import { Scope } from "./scope";
import { addMap, installStackTraces, nameCell, placeInCell } from "./stack";
import { Origin } from "./timers";
import { type Converter, type Display, loadExecutor, loadJupyter } from "./tslab";

export type CellEvent =
  | { type: "stream"; name: StreamName; text: string }
  | { type: "display_data"; display: Display }
  | { type: "update_display_data"; display: Display }
  | { type: "execute_result"; data: MimeBundle; metadata: MimeBundle }
  | { type: "clear_output"; wait: boolean }
  | ({ type: "error" } & CellError);

export type Outcome = { ok: true } | ({ ok: false } & CellError);

/** A cell as its caller knows it; `count` is the number in its brackets. */
export interface CellId {
  readonly count: number;
}

/** Why a cell was ended from outside. */
export type Reason = "interrupt" | "memory";

const reasons = {
  interrupt: ["Interrupted", "the cell was stopped; its variables and those of earlier cells are kept"],
  memory: ["OutOfMemory", "the cell was stopped before it used up the memory; earlier variables are kept"],
} as const;

/**
 * The part that the kernel and the headless runner share: cells go in, events come out.
 * It takes over the process's output, and tslab keeps its state in a global: one session at a time.
 */
export class Session<Id extends CellId> {
  private readonly compiler: CellCompiler;
  private readonly scope = new Scope();
  private readonly freshness = new Freshness();
  private readonly executor;
  private readonly printer: Printer<Account & { id: Id }>;
  private readonly origin = new Origin<Account & { id: Id }>();
  private readonly restore: (() => void)[];
  /** Modules from `@module` cells that the executor does not know yet. */
  private readonly modules: { path: string; data: string }[] = [];
  private results: unknown[] = [];
  private errors: unknown[] = [];
  private compiled: Compiled | undefined;
  private name = "";
  private stop: (reason: Error) => void = () => {};

  constructor(
    folder: string,
    private readonly emit: (event: CellEvent, id: Id) => void,
    /** Does something that no interrupt may stop half-way. */
    private readonly own: <T>(action: () => T) => T = (action) => action(),
  ) {
    this.compiler = new CellCompiler(folder);
    const owner = () => this.origin.owner!;
    this.printer = new Printer(
      owner,
      (name, text, { id }) => emit({ type: "stream", name, text }, id),
      ({ id }) => emit({ type: "clear_output", wait: false }, id),
    );
    this.printer.attach();
    const jupyter = loadJupyter();
    jupyter.lastWriteDisplayData = (display, update) => {
      this.printer.flush();
      emit({ type: update ? "update_display_data" : "display_data", display }, owner().id);
    };
    this.restore = [this.origin.install(), installGuards(), loadTypeScriptFiles(), installStackTraces()];
    this.restore.push(() => {
      jupyter.lastWriteDisplayData = null;
      this.printer.detach();
    });
    this.executor = this.createExecutor(folder);
  }

  private createExecutor(folder: string) {
    const convert: Converter["convert"] = (_, source) => this.own(() => this.compile(source));
    const addModule: Converter["addModule"] = (name, source) => {
      const { mistakes, ...module } = this.own(() => this.compiler.addModule(name, source));
      if (mistakes.length > 0) this.errors.push(...mistakes.map(({ message }) => new SyntaxError(message)));
      this.modules.push(module);
      return [];
    };
    const node: Converter = { convert, addModule, close: () => {} };
    // tslab's executor reports through a console: log() is the last value, error() what was thrown.
    const console = {
      log: (value: unknown) => this.results.push(value),
      error: (value: unknown) => this.errors.push(value),
    };
    const executor = loadExecutor().createExecutor(folder, { node, browser: node, close: () => {} }, console);
    const global = globalThis as unknown as { __tslab__: { open: Scope["begin"] } };
    global.__tslab__.open = (exports, accessors) => this.scope.begin(exports, accessors);
    return executor;
  }

  private compile(source: string) {
    if (/\b(?:import|require)\b/.test(source)) {
      recompile();
      this.freshness.dropEdited();
    }
    this.compiled = this.compiler.compile(source, this.name);
    const { awaits, code, map, mistakes } = this.compiled;
    if (mistakes.length > 0) return { diagnostics: [somewhere] };
    if (map) addMap(this.name, map, "");
    return {
      sideOutputs: this.modules.splice(0),
      output: code,
      declOutput: "",
      diagnostics: [],
      hasToplevelAwait: awaits,
      lastExpressionVar: "__last",
    };
  }

  /** Runs one cell; everything it shows has been emitted when the promise settles. */
  async execute(source: string, id: Id): Promise<Outcome> {
    const account = { ...newAccount(), id };
    this.printer.flush();
    this.origin.begin(account);
    let error = await this.run(source, account);
    if (!error && this.results.length > 0) {
      try {
        const data = await bundle(this.results[0]);
        this.printer.flush();
        this.emit({ type: "execute_result", data, metadata: {} }, id);
      } catch (reason) {
        error = thrown(reason, placeInCell);
      }
    }
    this.printer.finish(account);
    if (!error) return { ok: true };
    this.emit({ type: "error", ...error }, id);
    return { ok: false, ...error };
  }

  /** The value of an expression, for a front end that asks beside the cell. */
  async evaluate(expression: string): Promise<{ data: MimeBundle } | CellError> {
    const error = await this.run(`(${expression});`, this.origin.current!);
    return error ?? { data: await bundle(this.results[0]) };
  }

  private async run(source: string, account: Account & { id: Id }): Promise<CellError | undefined> {
    this.name = nameCell(account.id.count, source);
    this.results = [];
    this.errors = [];
    this.compiled = undefined;
    const interrupted = new Promise<never>((_, reject) => {
      this.stop = reject;
    });
    interrupted.catch(() => {});
    // A terminated script unwinds everything that has called it: nothing that awaits its end may be among that. So it
    // starts from the empty stack of a microtask (not of a timer, whose bookkeeping would stay half done).
    const execution = Promise.resolve().then(() => this.executor.execute(source));
    let failure: unknown;
    let ok = false;
    try {
      ok = await Promise.race([execution, interrupted]);
      failure = this.errors[0];
    } catch (reason) {
      failure = reason;
    }
    this.own(() => this.freshness.note());
    const compiled = this.compiled as Compiled | undefined;
    if (compiled && compiled.mistakes.length > 0) return typeError(compiled.mistakes);
    if (failure instanceof Stopped && failure.name === "OutOfMemory") {
      // What the cell has hoarded must go, or the next one would fail as well.
      this.scope.discard();
      collectGarbage();
    } else this.own(() => compiled?.commit(this.scope.commit(ok)));
    return ok && failure === undefined ? undefined : thrown(failure, placeInCell);
  }

  complete(source: string, position: number): Completion {
    return this.own(() => this.compiler.complete(source, position));
  }

  inspect(source: string, position: number): Documentation | undefined {
    return this.own(() => this.compiler.inspect(source, position));
  }

  completeness(source: string): { status: "complete" | "incomplete" | "invalid"; indent?: string } {
    return this.compiler.completeness(source);
  }

  /** Sends what has been printed and not yet been sent. */
  flush(): void {
    this.printer.flush();
  }

  /** Ends the running cell; its code may have been stopped by force already. */
  interrupt(reason: Reason = "interrupt"): void {
    this.stop(new Stopped(reason));
    this.origin.stop();
  }

  /** The variables that the cells have defined so far. */
  get variables(): Record<string, unknown> {
    return this.scope.variables;
  }

  warmUp(modules: readonly string[]): void {
    this.own(() => this.compiler.warmUp(modules));
  }

  /** Gives back what the session has taken over. */
  close(): void {
    for (const restore of this.restore) restore();
  }
}

/** How a stopped cell looks to its reader. */
export const stopped = (reason: Reason): CellError => thrown(new Stopped(reason));

class Stopped extends Error {
  constructor(reason: Reason) {
    const [name, message] = reasons[reason];
    super(message);
    this.name = name;
    // Where the kernel was when it heard of it is of no interest.
    this.stack = `${name}: ${message}`;
  }
}

function collectGarbage(): void {
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
}

const nowhere = { offset: 0, line: 0, character: 0 };
/** tslab's executor must know that there are mistakes; which, we keep to ourselves. */
const somewhere = { start: nowhere, end: nowhere, messageText: "", category: 1, code: 0 };
