// The only file that touches the insides of tslab (pinned exactly): its compiler, converter, executor and display hook.
import { createRequire } from "node:module";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { requireCached } from "./code-cache";
import { root } from "./root";

export type Ts = typeof TypeScript;

export interface Display {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  transient?: { display_id?: string };
}

export interface Executor {
  execute(source: string): Promise<boolean>;
  interrupt(): void;
  close(): void;
  readonly locals: Record<string, unknown>;
}

interface Position {
  offset: number;
  line: number;
  character: number;
}

export interface Diagnostic {
  start: Position;
  end: Position;
  messageText: string;
  category: number;
  code: number;
  fileName?: string | undefined;
}

export interface Converted {
  output?: string | undefined;
  declOutput?: string | undefined;
  diagnostics: Diagnostic[];
  hasToplevelAwait?: boolean | undefined;
  lastExpressionVar?: string | undefined;
  sideOutputs?: { path: string; data: string }[] | undefined;
}

export interface Converter {
  convert(declarations: string, source: string): Converted;
  addModule(name: string, content: string, meta?: unknown): Diagnostic[];
  close(): void;
}

interface Jupyter {
  lastWriteDisplayData: ((display: Display, update?: boolean) => void) | null;
}

const fromRoot = createRequire(path.join(root, "package.json"));
const folder = path.dirname(fromRoot.resolve("tslab"));
/** `require` as tslab itself sees it: its TypeScript and its zeromq. */
export const tslabRequire = createRequire(path.join(folder, "x.js"));

export const version: string = tslabRequire("../package.json").version;

export const loadTypeScript = (): Ts =>
  requireCached(tslabRequire.resolve("@tslab/typescript-for-tslab")) as Ts;
export const loadJupyter = (): Jupyter => tslabRequire("./jupyter.js");
export const loadExecutor = (): {
  createExecutor(
    folder: string,
    converters: { node: Converter; browser: Converter; close(): void },
    console: { log(value: unknown): void; error(...parts: unknown[]): void },
  ): Executor;
} => tslabRequire("./executor.js");
