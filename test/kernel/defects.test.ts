// What stock tslab 1.0.22 gets wrong, each shown on it and on this kernel by the same client.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, Client } from "../../kernel/client";
import { root } from "../../kernel/root";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "defects-"));
const cwd = path.join(folder, "notebooks");
const tslab = path.join(root, "node_modules/tslab/bin/tslab");
let ours: Client;
let stock: Client;

beforeAll(async () => {
  fs.mkdirSync(cwd);
  fs.writeFileSync(path.join(folder, "outside.ts"), "export const outside: number = 42;\n");
  const command = (file: string) => [process.execPath, tslab, "kernel", "--config-path", file];
  [ours, stock] = await Promise.all([Client.start({ cwd }), Client.start({ cwd, command })]);
}, 60_000);
afterAll(async () => {
  await Promise.all([ours?.close(), stock?.close()]);
  fs.rmSync(folder, { recursive: true });
});

/** A kernel that loses the end of its messages never answers. */
const within = <T>(ms: number, promise: Promise<T>) =>
  Promise.race([promise, new Promise<undefined>((done) => setTimeout(() => done(undefined), ms))]);
const types = (answer: Answer) => answer.outputs.map(({ type }) => type);
const everything = (answer: Answer) => stripVTControlCharacters(JSON.stringify(answer.outputs));
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// In the order of their harm to the kernel: after the first and the last of them stock tslab does not answer any more.
const defects: Record<string, (kernel: Client) => Promise<boolean>> = {
  "2 cells that follow an error run with stop_on_error = false": async (kernel) => {
    const failing = kernel.execute("throw new Error('first')", { stop_on_error: false });
    const next = kernel.execute("console.log('next')", { stop_on_error: false });
    await failing;
    return (await next).text() === "next\n";
  },
  "3 a cell is echoed, its value is a result, its error an error": async (kernel) => {
    await pause(300); // stock tslab still drops cells
    const value = await kernel.execute("6 * 7");
    const error = await kernel.execute("throw new Error('on purpose')");
    await pause(300);
    const all = [...types(value), ...types(error)];
    return ["execute_input", "execute_result", "error"].every((type) => all.includes(type));
  },
  "5 a value with toHtml shows itself, and console.clear() clears": async (kernel) => {
    const answer = await kernel.execute("console.clear();\n({ toHtml: () => '<b>bold</b>' })");
    return types(answer).includes("clear_output") && everything(answer).includes("text/html");
  },
  "6 null is not a string": async (kernel) => {
    const { reply } = await kernel.execute("const text: string = null;");
    await pause(300);
    return reply.status === "error";
  },
  "7 a module outside the notebook's folder can be imported": async (kernel) => {
    const answer = await kernel.execute('import { outside } from "../outside";\noutside');
    await pause(300);
    return everything(answer).includes("42");
  },
  "8 { q } works with q from an earlier cell, and an error names the line of the TypeScript": async (
    kernel,
  ) => {
    await kernel.execute("const q = 7;");
    const shorthand = await kernel.execute("const o = { q };\no.q");
    await pause(300);
    const error = await kernel.execute("interface Gone {\n  x: number;\n}\nthrow new Error('line four');");
    await pause(300);
    return shorthand.reply.status === "ok" && /:4:\d+/.test(everything(error));
  },
  "1 700 lines printed at once arrive": async (kernel) => {
    const answer = await within(3000, kernel.execute("for (let i = 0; i < 700; i++) console.log(i);"));
    return answer?.text("stdout").trim().split("\n").length === 700;
  },
  "4 a loop after an await can be interrupted": async (kernel) => {
    const running = kernel.execute("await new Promise((done) => setTimeout(done, 10)); while (true) {}");
    await pause(400);
    kernel.process.kill("SIGINT");
    await kernel.send("control", "interrupt_request", {});
    return (await within(1500, running)) !== undefined;
  },
};

for (const [name, holds] of Object.entries(defects))
  test(`defect ${name} (not in stock tslab)`, async () => {
    expect(await holds(ours), "this kernel").toBe(true);
    expect(await holds(stock), "stock tslab").toBe(false);
  });
