import fs from "node:fs";
import path from "node:path";
import { Client } from "../../kernel/client";
import { root } from "../../kernel/root";
import type { Rival } from "./rivals";

/** Figures of one run; seconds, except where the name says otherwise. */
export type Figures = Record<string, number>;

const cells = {
  "import the module": 'import { entropy, crossEntropy } from "cross-entropy";\nentropy([0.5, 0.25, 0.25])',
  "import the lesson": 'import { plot } from "cross-entropy/lesson";\ncrossEntropy([0.5, 0.5], [0.9, 0.1])',
  plot: 'plot([{ x: [1, 2, 3], y: [1, 4, 9] }], { title: { text: "squares" } }, { alt: "a curve through three squares" });',
  "import mathjs": 'import { parse, simplify } from "mathjs";\nparse("x^2 + 1").toString()',
  "use mathjs types": 'const node = simplify("2 * x + 3 * x");\nnode.toString()',
};

/** CPU seconds and resident MB of a process and its children, from Linux's /proc; empty elsewhere. */
function usage(pid: number): { cpu: number; megabytes: number } | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    const resident = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const sum = { cpu: (Number(stat[11]) + Number(stat[12])) / 100, megabytes: Number(resident) / 1024 };
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    for (const child of children) {
      const more = usage(Number(child));
      sum.cpu += more?.cpu ?? 0;
      sum.megabytes += more?.megabytes ?? 0;
    }
    return sum;
  } catch {
    return undefined;
  }
}

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

export async function measure(rival: Rival): Promise<Figures> {
  const figures: Figures = {};
  const began = performance.now();
  const kernel = await Client.start({ command: rival.command, cwd: path.join(root, "notebooks") });
  try {
    const pid = kernel.process.pid!;
    const time = async (code: string) => {
      const started = performance.now();
      const { reply } = await kernel.execute(code);
      if (reply.status !== "ok") throw new Error(`${rival.name}: ${code}: ${JSON.stringify(reply)}`);
      return (performance.now() - started) / 1000;
    };
    figures["start to kernel_info"] = kernel.startSeconds;
    await time(rival.trivial(0));
    figures["start to first result"] = (performance.now() - began) / 1000;
    const atStart = usage(pid);
    if (atStart) {
      figures["start and first cell, CPU"] = atStart.cpu;
      figures["memory at start, MB"] = atStart.megabytes;
    }
    for (let i = 1; i <= 5; i++) await time(rival.trivial(i));
    const before = usage(pid);
    const seconds: number[] = [];
    for (let i = 6; i < 56; i++) seconds.push(await time(rival.trivial(i)));
    seconds.sort((a, b) => a - b);
    figures["trivial cell, p50"] = quantile(seconds, 0.5);
    figures["trivial cell, p95"] = quantile(seconds, 0.95);
    if (before) figures["trivial cell, CPU"] = (usage(pid)!.cpu - before.cpu) / seconds.length;
    if (rival.course) {
      for (const [name, code] of Object.entries(cells)) {
        figures[name] = await time(code);
        if (before && name === "plot") figures["memory after module and plot, MB"] = usage(pid)!.megabytes;
      }
      if (before) figures["memory after mathjs, MB"] = usage(pid)!.megabytes;
    }
  } finally {
    await kernel.close();
  }
  return figures;
}
