// The io thread watches over the main thread: through the debugger's interface it can look into a busy one and stop it.
import { Session as Inspector } from "node:inspector";
import type { ToMain } from "./link";
import type { Reason } from "./session";
import type { Work } from "./work";

/** How long a cell may take to stop by itself. */
const patience = 100;
const heapCheck = 30;

export class Watch {
  private readonly inspector = new Inspector();
  private readonly waiting = new Map<number, NodeJS.Timeout>();
  private interrupts = 0;
  private timer: NodeJS.Timeout | undefined;
  private checking = false;

  constructor(
    private readonly heapLimit: number,
    private readonly work: Work,
    private readonly ask: (message: ToMain) => void,
    private readonly requests: () => { readonly current: number; repeat(): void },
  ) {
    this.inspector.connectToMainThread();
  }

  /** Stops the running cell. A loop that never returns to the event loop hears no message: it is ended by force. */
  interrupt(reason: Reason, patient = patience): void {
    const id = ++this.interrupts;
    const of = this.requests().current;
    const ask = () => this.ask({ kind: "interrupt", id, of, reason });
    const force = () => {
      // The kernel's own work ends by itself, and the cell can be stopped then.
      this.again(id, force, 10);
      if (!this.work.beginStop()) return;
      this.inspector.post("Runtime.terminateExecution", () => {
        this.work.endStop();
        // What was stopped may have been on its way to hear a message, or to answer it.
        this.requests().repeat();
        ask();
        if (this.waiting.has(id)) this.again(id, force);
      });
    };
    this.again(id, force, patient);
    ask();
  }

  private again(id: number, force: () => void, patient = patience): void {
    clearTimeout(this.waiting.get(id));
    this.waiting.set(id, setTimeout(force, patient));
  }

  /** Whether an interrupt is on its way. */
  get interrupting(): boolean {
    return this.waiting.size > 0;
  }

  /** The main thread has heard an interrupt. */
  heard(id: number): void {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
  }

  /** Looks at the heap while a cell runs: V8 would end the whole process when it is full. */
  begin(): void {
    this.checking = false;
    this.timer = setInterval(() => {
      // Most cells stay small, and the size of the process is known without asking the main thread.
      if (this.checking || process.memoryUsage.rss() < this.heapLimit * 0.6) return;
      this.checking = true;
      void this.checkHeap();
    }, heapCheck);
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** A process with an open session waits for its end. */
  close(): void {
    this.inspector.disconnect();
  }

  private async checkHeap(): Promise<void> {
    // V8 collects garbage long before: it lets a heap grow at most half-way from what is alive to the limit. So at
    // nine tenths at least eight are alive.
    if ((await this.usedHeap()) > this.heapLimit * 0.9) {
      clearInterval(this.timer);
      this.interrupt("memory", 0);
    }
    this.checking = false;
  }

  private usedHeap(): Promise<number> {
    return new Promise((resolve) =>
      this.inspector.post("Runtime.getHeapUsage", (_: unknown, usage?: { usedSize?: number }) =>
        resolve(usage?.usedSize ?? 0),
      ),
    );
  }
}
