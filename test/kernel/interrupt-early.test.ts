import { expect, test } from "vitest";
import { Client } from "../../kernel/client";

const loop = `console.log("running"); await new Promise((done) => setTimeout(done, 10)); while (true) {}`;
const within = <T>(promise: Promise<T>, seconds: number) =>
  Promise.race([promise, new Promise<"late">((done) => setTimeout(done, seconds * 1000, "late"))]);

// "Run all" in a fresh kernel, and the stop button while TypeScript still loads or the first cell is compiled.
for (const delay of [0, 100, 400, 800])
  test(`an interrupt ${delay} ms after the first cell was sent leaves a kernel that works`, async () => {
    const kernel = await Client.start();
    try {
      const cells = [kernel.execute("let kept = 41;"), kernel.execute(loop)];
      let ended = false;
      const all = Promise.all(cells).then((answers) => {
        ended = true;
        return answers;
      });
      // An interrupt that comes too early for the loop is followed by another, as an impatient reader does.
      for (let tries = 0; !ended && tries < 5; tries++) {
        await new Promise((done) => setTimeout(done, tries === 0 ? delay : 3000));
        if (!ended) await kernel.request("interrupt_request", {}, { channel: "control" });
        await within(all, 1);
      }
      const answers = await within(all, 5);
      if (answers === "late") throw new Error("the kernel stays busy");
      expect(answers.map(({ reply }) => reply.status)).not.toEqual(["ok", "ok"]);
      // A loop that was interrupted before it began, while its cell awaited, begins later: it takes an interrupt of its own.
      const asked = kernel.execute("6 * 7");
      if ((await within(asked, 3)) === "late") {
        await kernel.request("interrupt_request", {}, { channel: "control" });
        await within(asked, 5);
      }
      const next = await within(kernel.execute("const six = 6; six * 7"), 5);
      if (next === "late") throw new Error("the kernel does not answer any more");
      expect(next.outputs.at(-1)!.content.data["text/plain"]).toBe("42");
    } finally {
      await kernel.close();
    }
  }, 60_000);
