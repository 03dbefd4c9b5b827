export type Accessors = Record<string, { get(): unknown; set(value: unknown): void }>;

/**
 * The variables of all cells. A variable stays where it was declared, in the function of its cell (so loops run at
 * full speed); the scope reaches it through accessors, which is how a later cell reads and assigns it.
 */
export class Scope {
  readonly variables: Record<string, unknown> = {};
  private open: { accessors: Accessors; exports: Record<string, unknown> } | undefined;

  /** Called by each cell when it begins. */
  begin(exports: Record<string, unknown>, accessors: Accessors): Record<string, unknown> {
    this.open = { accessors, exports };
    return this.variables;
  }

  /** Forgets the variables of the last cell. */
  discard(): void {
    this.open = undefined;
  }

  /**
   * Makes the variables of the last cell known to the next ones. A cell that failed half-way keeps what it has
   * defined before, and leaves earlier variables of the other names as they were.
   *
   * @returns the names that are defined now
   */
  commit(complete: boolean): Set<string> {
    const defined = new Set<string>();
    const { accessors = {}, exports = {} } = this.open ?? {};
    this.open = undefined;
    for (const [name, { get, set }] of Object.entries(accessors)) {
      if (!complete && !isInitialized(get)) continue;
      defined.add(name);
      Object.defineProperty(this.variables, name, { get, set, enumerable: true, configurable: true });
    }
    for (const name of Object.keys(exports)) {
      defined.add(name);
      const get = () => exports[name];
      const set = (value: unknown) => {
        exports[name] = value;
      };
      Object.defineProperty(this.variables, name, { get, set, enumerable: true, configurable: true });
    }
    return defined;
  }
}

function isInitialized(get: () => unknown): boolean {
  try {
    return get() !== undefined;
  } catch {
    return false; // declared further down: "Cannot access 'x' before initialization"
  }
}
