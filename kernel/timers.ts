// Timers remember the cell that has set them, so that their late output reaches it. (AsyncLocalStorage would follow
// promises as well, but its bookkeeping aborts Node 20 when a loop is stopped by force.)

type Callback = (...args: unknown[]) => unknown;
const names = ["setTimeout", "setInterval", "setImmediate"] as const;

/** Whose code runs at this moment. */
export class Origin<Owner> {
  current: Owner | undefined;
  private late: Owner | undefined;

  get owner(): Owner | undefined {
    return this.late ?? this.current;
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
