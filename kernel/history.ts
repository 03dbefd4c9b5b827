/** The cells of this session, for a front end's "previous command" keys. */
export class History {
  private readonly entries: { count: number; code: string; output?: string }[] = [];

  add(count: number, code: string): void {
    this.entries.push({ count, code });
  }

  /** @returns `[session, number, code]` or `[session, number, [code, output]]`, as history_request asks for them */
  answer(content: Record<string, unknown>): object {
    const { hist_access_type: access, n, pattern = "*", unique, start = 0, stop, output } = content;
    let found = this.entries;
    if (access === "search") {
      const matches = toRegExp(String(pattern));
      found = found.filter(({ code }) => matches.test(code));
      if (unique) found = found.filter(({ code }, i) => found.findLastIndex((e) => e.code === code) === i);
    }
    // A range of another session is empty: nothing is kept beyond the kernel's life.
    if (access === "range") {
      const session = Number(content.session ?? 0);
      const last = stop === undefined || stop === null ? Number.POSITIVE_INFINITY : Number(stop);
      found = session === 0 ? found.filter(({ count }) => count >= Number(start) && count < last) : [];
    } else if (n !== undefined && n !== null) found = found.slice(-Number(n));
    return { history: found.map(({ count, code }) => [0, count, output ? [code, null] : code]) };
  }
}

/** `*` and `?` as in file names. */
function toRegExp(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
