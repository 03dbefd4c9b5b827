// A kernel that dies cannot say why. It leaves a mark while a cell runs, and the kernel that Jupyter starts in its
// place, with the same connection file, finds the mark.
import fs from "node:fs";

export class CrashMark {
  private readonly file: string;
  private readonly report: string;

  constructor(connectionFile: string) {
    this.file = `${connectionFile}.running`;
    this.report = `${connectionFile}.report`;
  }

  set(count: number, code: string): void {
    this.write(() =>
      fs.writeFileSync(this.file, JSON.stringify({ count, line: code.trim().split("\n")[0] })),
    );
  }

  remove(): void {
    this.write(() => fs.rmSync(this.file, { force: true }));
  }

  /** What happened to the kernel before this one; undefined if it ended in peace. */
  take(): string | undefined {
    if (!fs.existsSync(this.file)) return undefined;
    let message: string | undefined;
    this.write(() => {
      const { count, line } = JSON.parse(fs.readFileSync(this.file, "utf8"));
      message =
        `The kernel was started again, and all variables are gone: ${this.reason()} while cell [${count}] was ` +
        `running, which begins with: ${String(line).slice(0, 80)}\n`;
    });
    this.remove();
    this.write(() => fs.rmSync(this.report, { force: true }));
    return message;
  }

  private reason(): string {
    try {
      const { header } = JSON.parse(fs.readFileSync(this.report, "utf8"));
      const event = String(header.event);
      if (/heap|memory|allocation/i.test(event)) return "it ran out of memory";
      return `it crashed (${event})`;
    } catch {
      return "it ended without a word (killed, perhaps because the computer's memory was used up, or crashed)";
    }
  }

  /** A disk that cannot be written must not stop the kernel. */
  private write(action: () => void): void {
    try {
      action();
    } catch {}
  }
}
