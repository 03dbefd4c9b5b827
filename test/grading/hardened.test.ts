import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { solutionSource } from "../../grading/answers";
import { grade } from "../../grading/grade";
import { closeBoxes, InfrastructureError, type OpenBox, openBox } from "../../grading/sandbox";
import type { Means } from "../../grading/sandbox/launchers";
import { chooseMeans } from "../../grading/sandbox/places";
import { exercises } from "../../grading/specs";

afterAll(closeBoxes);

for (const means of ["bubblewrap", "landlock"] as Means[]) {
  const named = (name: string, act: () => Promise<void>) =>
    test(`${means}: ${name}`, async ({ skip }) => {
      await chooseMeans(means).catch((error: Error) => {
        // a machine may lack either; the continuous integration has both
        if (process.env.CI === "true" && process.platform === "linux") throw error;
        skip(error.message);
      });
      await act();
    });
  async function inBox<T>(source: string, use: (box: OpenBox) => Promise<T>, powers = false): Promise<T> {
    const box = await openBox(source, { name: "answer.ts", given: [], tier: "hardened", means, powers });
    try {
      return await use(box);
    } finally {
      box.close();
    }
  }

  named("a right answer earns all points", async () => {
    const exercise = exercises.find((e) => e.specification.id === "e03")!.specification;
    const result = await inBox(solutionSource(exercise), (box) =>
      grade(exercise, box, { seed: "practice", explain: false }),
    );
    expect(result.earned).toBe(result.points);
  });

  named("a loop, a bomb and an early end cost their own checks only", async () => {
    const source = `export const loop = () => { for (;;); };
export const bomb = () => { const a: Float64Array[] = []; for (;;) a.push(new Float64Array(1e7).fill(1)); };
export const end = () => (globalThis as any).powers.process.exit(0);
export const fine = () => 1;`;
    await inBox(
      source,
      async (box) => {
        expect(await box.call("loop", [], 200)).toMatchObject({ kind: "timeout" });
        expect((await box.call("bomb", [], 5000)).kind).toMatch(/memory|error|dead/);
        expect(await box.call("fine", [])).toMatchObject({ kind: "value", value: 1 });
        expect(await box.call("end", [])).toMatchObject({ kind: "dead" });
        expect(await box.call("fine", [])).toMatchObject({ kind: "value", value: 1 });
        expect(box.status).toMatchObject({ kind: "ok" });
      },
      true,
    );
  });

  named("an answer that speaks to the grader itself has its box closed for good", async () => {
    const source = `const need = (globalThis as any).powers.require;
export const forge = () => {
  const text = JSON.stringify({ id: 1, value: 42 });
  const head = new Uint8Array(4);
  head[0] = text.length;
  need("node:fs").writeSync(4, head);
  need("node:fs").writeSync(4, text);
};
export const fine = () => 1;`;
    await inBox(
      source,
      async (box) => {
        expect(await box.call("forge", [])).toMatchObject({ kind: "dead" });
        expect(await box.call("fine", [])).toMatchObject({ kind: "dead" });
        expect(box.status).toMatchObject({ kind: "violation", reason: "it answered another question" });
      },
      true,
    );
  });

  named("an answer finds the language and six things more, as in the default tier", async () => {
    const ours = [
      "TextDecoder",
      "TextEncoder",
      "console",
      "performance",
      "queueMicrotask",
      "structuredClone",
    ];
    const node = ["Atomics", "Buffer", "WebAssembly", "fetch", "global", "process", "require", "setTimeout"];
    const source = `export const f = (names: string[]) => names.filter((n) => n in globalThis);`;
    const hardened = await inBox(source, (box) => box.call("f", [[...ours, ...node]]));
    expect(hardened).toMatchObject({ kind: "value", value: ours });
    const plain = await openBox(source, { name: "answer.ts", given: [], tier: "default" });
    expect(await plain.call("f", [[...ours, ...node]])).toMatchObject({ kind: "value", value: ours });
    plain.close();
  });

  named("a child that is killed from outside is the machine's failure", async () => {
    await inBox("export const f = () => { for (;;); };", async (box) => {
      const reply = box.call("f", [], 5000);
      await new Promise((resolve) => setTimeout(resolve, 600));
      // the innermost process of this box: a child of a child under bubblewrap
      const list = execFileSync("ps", ["-eo", "pid=,ppid=,pcpu=,args="], { encoding: "utf8" }).split("\n");
      const rows = list.map((line) => line.trim().split(/\s+/));
      const below = (pid: string): string[] =>
        rows.filter(([, parent]) => parent === pid).flatMap(([child]) => [child!, ...below(child!)]);
      const mine = new Set(below(`${process.pid}`));
      const nodes = rows.filter(
        ([pid, , , file, ...args]) =>
          mine.has(pid!) && /node$/.test(file!) && args.some((arg) => arg.endsWith("v8.js")),
      );
      expect(nodes.length).toBeGreaterThan(0);
      for (const [pid] of nodes) process.kill(Number(pid), "SIGKILL");
      await expect(reply).rejects.toBeInstanceOf(InfrastructureError);
      expect(box.status.kind).toBe("infra");
      // the child that waited for the next answer is dead too: the grader shall have heard of it
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
  });

  named("an end with the code of a kill is the answer's own", async () => {
    const source = "export const f = () => (globalThis as any).powers.process.exit(137);";
    await inBox(source, async (box) => expect(await box.call("f", [])).toMatchObject({ kind: "dead" }), true);
  });

  named("what is given computes without WebAssembly", async () => {
    const source = `import { engine, softmax } from "cross-entropy";
export const f = () => [engine().mode, softmax(new Array(2048).fill(0))[0]];`;
    for (const tier of ["default", "hardened"] as const) {
      const box = await openBox(source, {
        name: "answer.ts",
        given: ["engine", "softmax"],
        tier,
        ...(tier === "hardened" ? { means } : {}),
      });
      expect(await box.call("f", [])).toMatchObject({ kind: "value", value: ["portable", 1 / 2048] });
      box.close();
    }
  });
}

test.runIf(process.platform === "linux")(
  "a child that is killed from outside is the machine's failure, and the next box works",
  async () => {
    const source = "export const f = () => { for (;;); }; export const g = () => 1;";
    const open = () => openBox(source, { name: "killed.ts", given: [], tier: "default", slot: 60 });
    const box = await open();
    const reply = box.call("f", [], 5000);
    const before = Date.now();
    const children = () =>
      execFileSync("ps", ["-o", "pid=,args=", "--ppid", `${process.pid}`], { encoding: "utf8" })
        .split("\n")
        .filter((line) => line.includes("quickjs.js"));
    while (children().length === 0 && Date.now() - before < 5000)
      await new Promise((resolve) => setTimeout(resolve, 50));
    // the loop has begun by now, or begins in a child that is dead
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const line of children()) process.kill(Number.parseInt(line, 10), "SIGKILL");
    await expect(reply).rejects.toBeInstanceOf(InfrastructureError);
    expect(box.status.kind).toBe("infra");
    box.close();
    const again = await open();
    expect(await again.call("g", [])).toMatchObject({ value: 1 });
    again.close();
  },
);
