/** What someone without this program's help can still do. */
const withoutIt =
  "read the notebooks with all their results and pictures on the repository's web page, notebooks/";

/** A failure that the user can mend: its cause, one command against it, and what works without it. */
export class Failure extends Error {
  constructor(
    cause: string,
    readonly mend: string,
    readonly without: string = withoutIt,
  ) {
    super(cause);
    this.name = "Failure";
  }

  override toString(): string {
    return `✗ ${this.message}\n  Mend it:    ${this.mend}\n  Without it: ${this.without}`;
  }
}

/** Runs a task and turns its failure into a message and an exit code; an unforeseen error keeps its stack. */
export async function reportFailure(task: () => Promise<number>): Promise<number> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof Failure) console.error(`\n${error}\n`);
    else if (isDiskFull(error)) console.error(`\n${diskFull("the course's own files")}\n`);
    else throw error;
    return 1;
  }
}

const isDiskFull = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOSPC";

export const diskFull = (what: string) =>
  new Failure(
    `The disk is full: ${what} could not be written.`,
    "free about 500 MB, then run the same command again",
  );

/** A command with environment variables, as the platform's shell wants it (PowerShell on Windows). */
export function commandWith(
  variables: Record<string, string>,
  command = "npm start",
  platform = process.platform,
): string {
  const set = Object.entries(variables).map(([name, value]) =>
    platform === "win32" ? `$env:${name}="${value}"; ` : `${name}=${value} `,
  );
  return set.join("") + command;
}
