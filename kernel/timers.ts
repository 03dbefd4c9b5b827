// Timers remember the cell that has set them, so that their late output reaches it. (AsyncLocalStorage would follow
// promises as well, but its bookkeeping aborts Node 20 when a loop is stopped by force.) The kernel's own timers come
// from node:timers: they belong to no cell.

type Callback = (...args: unknown[]) => unknown;
const names = ["setTimeout", "setInterval", "setImmediate"] as const;

/** Whose code runs at this moment. */
export class Origin<Owner extends object> {
  private now: Owner | undefined;
  private late: Owner | undefined;
  private readonly stopped = new WeakSet<Owner>();

  get owner(): Owner | undefined {
    return this.late ?? this.now;
  }

  /** The cell that runs, or that ran last. */
  get current(): Owner | undefined {
    return this.now;
  }

  /** A cell begins. A timer that was stopped by force has not said that it ended: no `finally` runs then. */
  begin(owner: Owner): void {
    this.now = owner;
    this.late = undefined;
  }

  /** What the current cell has left in timers will not run: an interrupted cell does not go on after its next await. */
  stop(): void {
    if (this.now !== undefined) this.stopped.add(this.now);
  }

  /** Follows timers until the returned function is called. */
  install(): () => void {
    const before = names.map((name) => globalThis[name]);
    for (const [i, name] of names.entries()) {
      const original = before[i] as (callback: Callback, ...rest: unknown[]) => unknown;
      const follow = (callback: Callback, ...rest: unknown[]) =>
        original(typeof callback === "function" ? this.bind(callback) : callback, ...rest);
      // util.promisify(setTimeout) finds its own version among the properties.
      const properties = Object.getOwnPropertyDescriptors(original);
      Object.assign(globalThis, { [name]: Object.defineProperties(follow, properties) });
    }
    return () => {
      for (const [i, name] of names.entries()) Object.assign(globalThis, { [name]: before[i] });
    };
  }

  private bind(callback: Callback): Callback {
    const owner = this.owner;
    const origin = this;
    return function (this: unknown, ...args: unknown[]) {
      if (owner !== undefined && origin.stopped.has(owner)) return;
      const before = origin.late;
      origin.late = owner;
      try {
        return callback.apply(this, args);
      } finally {
        origin.late = before;
      }
    };
  }
}
