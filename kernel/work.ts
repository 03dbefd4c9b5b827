// Which code may be stopped by force: a cell's, never the kernel's own. A torn start, or a torn compilation, would leave
// a kernel that hears requests and answers none. Both threads see the one number that decides it.

const free = 0;
const own = 1;
const stopping = 2;

export class Work {
  private readonly state: Int32Array;

  /** @param shared - four bytes; 1 from the start, since the kernel's first work is to load itself */
  constructor(readonly shared: SharedArrayBuffer) {
    this.state = new Int32Array(shared);
  }

  /** A number in shared memory that says: the main thread loads the kernel. */
  static begin(): Work {
    const work = new Work(new SharedArrayBuffer(4));
    Atomics.store(work.state, 0, own);
    return work;
  }

  /** The main thread: the kernel has started. */
  started(): void {
    Atomics.store(this.state, 0, free);
  }

  /** The main thread does something that must come to its end. */
  readonly own = <T>(action: () => T): T => {
    if (Atomics.load(this.state, 0) === own) return action();
    // Who comes while a stop is under way is stopped here, before anything is half done.
    while (Atomics.compareExchange(this.state, 0, free, own) === stopping);
    try {
      return action();
    } finally {
      Atomics.store(this.state, 0, free);
    }
  };

  /** The io thread wants to stop the main thread. @returns whether it may; until endStop(), no own work begins then */
  beginStop(): boolean {
    return Atomics.compareExchange(this.state, 0, free, stopping) === free;
  }

  endStop(): void {
    Atomics.store(this.state, 0, free);
  }
}
