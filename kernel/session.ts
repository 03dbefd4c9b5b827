import { createStrictConverter } from "./compiler";
import { type CellError, type Mistake, thrown, typeError } from "./errors";
import { Printer, type StreamName } from "./output";
import { bundle, type MimeBundle } from "./rich";
import {
  type Completion,
  type Display,
  loadConverter,
  loadExecutor,
  loadJupyter,
  printQuickInfo,
} from "./tslab";

export type CellEvent =
  | { type: "stream"; name: StreamName; text: string }
  | { type: "display_data"; display: Display }
  | { type: "update_display_data"; display: Display }
  | { type: "execute_result"; data: MimeBundle; metadata: MimeBundle }
  | ({ type: "error" } & CellError);

export interface Session {
  /** Runs one cell; everything it shows has been emitted when the promise settles. */
  execute(source: string): Promise<{ ok: true } | ({ ok: false } & CellError)>;
  complete(source: string, position: number): Completion;
  /** The type and the documentation of the name at a position. */
  inspect(source: string, position: number): string | undefined;
  isComplete(source: string): { completed: boolean; indent?: string };
  interrupt(): void;
  /** The variables that the cells have defined so far. */
  readonly variables: Record<string, unknown>;
  close(): void;
}

const typeMistake = "%s%d:%d - %s";

/**
 * The part that the kernel and the headless runner share: cells go in, events come out.
 * It takes over the process's stdout and stderr, and tslab keeps its state in a global: one session at a time.
 */
export function createSession(folder: string, emit: (event: CellEvent) => void): Session {
  let source = "";
  let results: unknown[] = [];
  let errors: unknown[] = [];
  let mistakes: Mistake[] = [];
  // tslab's executor reports through a console: log() is the last value, error() a type error or what was thrown.
  const console = {
    log: (value: unknown) => results.push(value),
    error: (first: unknown, ...rest: unknown[]) => {
      if (first !== typeMistake) errors.push(first);
      else {
        const [file, line, column, message] = rest as [string, number, number, string];
        mistakes.push({ file: file.trim(), line, column, message });
      }
    },
  };
  const node = createStrictConverter();
  const converters = { node, browser: node, close: () => node.close() };
  const executor = loadExecutor().createExecutor(folder, converters, console);
  const jupyter = loadJupyter();

  const printer = new Printer((name, text) => emit({ type: "stream", name, text }));
  printer.attach();
  jupyter.lastWriteDisplayData = (display, update) => {
    printer.flush();
    emit({ type: update ? "update_display_data" : "display_data", display });
  };

  function failure(): CellError {
    return mistakes.length > 0 ? typeError(source, mistakes) : thrown(errors[0]);
  }

  async function execute(code: string) {
    source = code;
    results = [];
    errors = [];
    mistakes = [];
    const ok = await executor.execute(code);
    let error = ok ? undefined : failure();
    if (!error && results.length > 0) {
      try {
        const data = await bundle(results[0]);
        printer.flush();
        emit({ type: "execute_result", data, metadata: {} });
      } catch (reason) {
        error = thrown(reason);
      }
    }
    printer.flush();
    if (!error) return { ok: true as const };
    emit({ type: "error", ...error });
    return { ok: false as const, ...error };
  }

  return {
    execute,
    complete: (code, position) => executor.complete(code, position),
    inspect(code, position) {
      const found = executor.inspect(code, position);
      return found ? printQuickInfo(found) : undefined;
    },
    isComplete: (code) => loadConverter().isCompleteCode(code),
    interrupt: () => executor.interrupt(),
    get variables() {
      return executor.locals;
    },
    close() {
      printer.detach();
      jupyter.lastWriteDisplayData = null;
      executor.close();
    },
  };
}
