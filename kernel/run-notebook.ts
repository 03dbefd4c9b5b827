import { type CellEvent, Session } from "./session";

export interface Cell {
  readonly id: string;
  readonly source: string;
}

/** An output as a notebook stores it (nbformat 4.5). */
export type NotebookOutput =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: Record<string, unknown>; metadata: Record<string, unknown> }
  | {
      output_type: "execute_result";
      execution_count: number;
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
    }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

export interface CellResult {
  id: string;
  ok: boolean;
  outputs: NotebookOutput[];
  seconds: number;
}

export interface Run {
  cells: CellResult[];
  /** What the cells have defined, by name. */
  variables: Record<string, unknown>;
  /** Gives stdout, stderr and the working directory back. */
  close(): void;
}

export interface Options {
  /** The folder of the notebook: imports and relative paths start there. */
  cwd: string;
  onCell?: (result: CellResult, index: number) => void;
}

/** Runs the code cells of a notebook in this process, without Jupyter or Python; a failed cell does not stop the rest. */
export async function runNotebook(cells: readonly Cell[], options: Options): Promise<Run> {
  const before = process.cwd();
  process.chdir(options.cwd);
  const collector = new Collector();
  const session = new Session<Output>(options.cwd, (event, output) => collector.take(event, output));
  const close = () => {
    session.close();
    process.chdir(before);
  };
  const results: CellResult[] = [];
  try {
    for (const [index, cell] of cells.entries()) {
      const output: Output = { count: index + 1, outputs: [] };
      const started = performance.now();
      const { ok } = await session.execute(cell.source, output);
      const seconds = (performance.now() - started) / 1000;
      const result = { id: cell.id, ok, outputs: output.outputs, seconds };
      results.push(result);
      options.onCell?.(result, index);
    }
  } catch (error) {
    close();
    throw error;
  }
  return { cells: results, variables: session.variables, close };
}

interface Output {
  count: number;
  outputs: NotebookOutput[];
}

/** Turns events into the outputs of cells; late output goes to the cell that has caused it. */
class Collector {
  private readonly displays = new Map<string, (NotebookOutput & { output_type: "display_data" })[]>();

  take(event: CellEvent, { outputs, count }: Output): void {
    switch (event.type) {
      case "stream": {
        const last = outputs.at(-1);
        if (last?.output_type === "stream" && last.name === event.name) last.text += event.text;
        else outputs.push({ output_type: "stream", name: event.name, text: event.text });
        break;
      }
      case "display_data": {
        const { data, metadata = {}, transient } = event.display;
        const output = { output_type: "display_data" as const, data, metadata };
        outputs.push(output);
        const id = transient?.display_id;
        if (id !== undefined) this.displays.set(id, [...(this.displays.get(id) ?? []), output]);
        break;
      }
      case "update_display_data": {
        const { data, metadata = {}, transient } = event.display;
        for (const output of this.displays.get(transient?.display_id ?? "") ?? [])
          Object.assign(output, { data, metadata });
        break;
      }
      case "execute_result": {
        const { data, metadata } = event;
        outputs.push({ output_type: "execute_result", execution_count: count, data, metadata });
        break;
      }
      case "clear_output":
        outputs.length = 0;
        break;
      case "error": {
        const { ename, evalue, traceback } = event;
        outputs.push({ output_type: "error", ename, evalue, traceback });
      }
    }
  }
}
