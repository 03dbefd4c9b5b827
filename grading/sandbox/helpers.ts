/**
 * The two limited children that read what students wrote without running it: one compiles, one grades derivations.
 * They answer one question at a time and are replaced after some hundreds, after any timeout, and when they break.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { root } from "../root";
import { boxPrograms } from "./harness";
import { nodeCommand, underLimits } from "./limits";
import { Ended, Peer } from "./peer";
import { InfrastructureError } from "./tiers";
import type { Message } from "./wire";

/** a new one takes as long to start as two hundred texts to compile */
const RECYCLE = 2000;
const REMEMBERED = 500;
const CPU_SECONDS = 600;
const modules = path.join(root, "node_modules");
const noCallback = (): Message => ({ error: "there is nothing to call" });

class Helper {
  private peer: Peer | undefined;
  private asked = 0;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly program: string,
    private readonly read: readonly string[],
    private readonly budget: number,
  ) {}

  /** The reply, or how the question ended the child. Rejects if the machine is at fault. */
  ask(question: Message): Promise<Message | Ended> {
    const answer = this.queue.then(() => this.twice(question));
    this.queue = answer.catch(() => {});
    return answer;
  }

  private async twice(question: Message): Promise<Message | Ended> {
    const first = await this.once(question);
    // a child that broke in the middle may have been ill before: a new one decides
    return first instanceof Ended && first.why !== "timeout" ? this.once(question) : first;
  }

  private async once(question: Message): Promise<Message | Ended> {
    try {
      const peer = await this.ready();
      return await peer.ask(question, { budget: this.budget, callbacks: 0 });
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      if (error.why === "start" || error.why === "outside" || error.why === "closed")
        throw new InfrastructureError(`${path.basename(this.program, ".js")}: ${error.message}`);
      return error;
    }
  }

  private async ready(): Promise<Peer> {
    if (this.asked++ % RECYCLE === RECYCLE - 1) this.close();
    if (this.peer?.ended === undefined && this.peer !== undefined) return this.peer;
    const command = underLimits(
      nodeCommand({ program: this.program, read: [this.program, ...this.read], heap: 512 }),
      CPU_SECONDS,
    );
    this.peer = new Peer(command, noCallback);
    await this.peer.started();
    return this.peer;
  }

  close(): void {
    this.peer?.end("closed", "is not needed any more");
    this.peer = undefined;
  }
}

const program = (name: string) => path.join(boxPrograms, `${name}.js`);
const grading = path.dirname(path.dirname(boxPrograms));
const compiler = new Helper(
  program("compile"),
  [`${boxPrograms}/*`, path.join(grading, "transpile.js"), `${modules}/@tslab/typescript-for-tslab/*`],
  10_000,
);
const deriver = new Helper(
  program("derive"),
  [
    `${boxPrograms}/*`,
    path.join(grading, "codec.js"),
    path.join(grading, "specification.js"),
    path.join(root, "dist", "index.js"),
    `${path.join(root, "dist", "src")}/*`, // which index.js loads while the module is being edited
    path.join(root, "package.json"),
    `${modules}/*`,
  ],
  15_000,
);

export interface Compiled {
  readonly code: string;
  readonly lines: readonly number[];
  readonly imports: readonly string[];
}

/**
 * What a helper says depends on nothing but the question: it is asked once for equal texts, such as stubs, and for equal
 * steps. An answer that nobody waited for to the end is not remembered.
 */
class Remembered {
  private readonly known = new Map<string, Promise<Message | Ended>>();
  constructor(private readonly helper: Helper) {}

  async ask(question: Message): Promise<Message | Ended> {
    const key = createHash("sha256").update(JSON.stringify(question)).digest("base64");
    const reply = this.known.get(key) ?? this.helper.ask(question);
    // the one that was used last is the youngest
    this.known.delete(key);
    this.known.set(key, reply);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!);
    try {
      const known = await reply;
      if (known instanceof Ended) this.known.delete(key);
      return known;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }
}
const compilations = new Remembered(compiler);
const derivations = new Remembered(deriver);

/** The compiled text, or the sentence that says why there is none. */
export async function compile(source: string, name: string): Promise<Compiled | string> {
  const reply = await compilations.ask({ source, name });
  if (reply instanceof Ended) return `RangeError: it is too hard to read: the compiler ${reply.message}`;
  const error = reply.error as { name: string; message: string } | undefined;
  return error === undefined ? (reply.value as Compiled) : `${error.name}: ${error.message}`;
}

/** Grades steps that an answer exports, in a process where no answer runs. */
export const gradeStepsApart = (steps: unknown, task: string): Promise<Message | Ended> =>
  derivations.ask({ steps, task });

export function closeHelpers(): void {
  compiler.close();
  deriver.close();
}
