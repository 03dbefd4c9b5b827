import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../../kernel/client";
import { root } from "../../kernel/root";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.execute("const kept = 42;");
});
afterAll(() => kernel.close());

const alive = async () => {
  const { outputs } = await kernel.execute("kept");
  expect(outputs.at(-1)!.content.data["text/plain"]).toBe("42");
};
const printed = (code: string) =>
  kernel.execute(`${code}\nawait new Promise((done) => setTimeout(done, 60));`);

test("process.exit() in a cell is reported and survived", async () => {
  const { reply } = await kernel.execute("process.exit(1)");
  expect(reply.evalue).toContain("process.exit(1) would end the kernel");
  await alive();
});

test("an unhandled rejection is reported and survived", async () => {
  const answer = await printed("void Promise.reject(new Error('forgotten'));");
  expect(answer.text("stderr")).toContain("Unhandled rejection of a promise: ");
  expect(answer.text("stderr")).toContain("forgotten");
  await alive();
});

test("an error in a late timer is reported with its line and survived", async () => {
  const answer = await printed("setTimeout(() => {\n  throw new RangeError('too late');\n}, 10);");
  expect(answer.text("stderr")).toMatch(/Uncaught.*RangeError.*too late/s);
  expect(answer.text("stderr")).toContain(":2:9");
  await alive();
});

test("an endless recursion is an error", async () => {
  const { reply } = await kernel.execute("function again(): number { return again() + 1; }\nagain()");
  expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
  await alive();
});

test("a cell that eats the memory is stopped, and the variables are kept", async () => {
  const small = await Client.start({ node: ["--max-old-space-size=600"] });
  await small.execute("const kept = 42;");
  const { reply } = await small.execute(
    "const hoard: number[][] = []; for (let i = 0; ; i++) hoard.push(Array.from({ length: 2000 }, (_, k) => k + i));",
  );
  expect(reply).toMatchObject({ status: "error", ename: "OutOfMemory" });
  expect((await small.execute("kept")).outputs.at(-1)!.content.data["text/plain"]).toBe("42");
  await small.close();
}, 60_000);

for (const young of [[], ["--max-semi-space-size=4"]])
  test(`the memory's watch knows the old space (${young.join() || "the young one by default"})`, () => {
    const heap = JSON.stringify(path.join(root, "dist/kernel/heap.js"));
    const ask = `parentPort.postMessage(require(${heap}).oldSpace(workerData))`;
    const code = `const limit = require("v8").getHeapStatistics().heap_size_limit;
      new (require("worker_threads").Worker)(${JSON.stringify(`const { parentPort, workerData } = require("worker_threads"); ${ask}`)},
        { eval: true, workerData: limit }).on("message", (bytes) => console.log(bytes / 2 ** 20));`;
    const options = ["--max-old-space-size=600", ...young];
    expect(Number(execFileSync(process.execPath, [...options, "-e", code]))).toBe(600);
  });

test("a kernel that dies in a cell is explained by the one that takes its place", async () => {
  const first = await Client.start();
  const gone = new Promise((done) => first.process.once("exit", done));
  void first.execute("process.kill(process.pid, 'SIGKILL');");
  await gone;
  const second = await first.restart();
  const answer = await second.execute("1 + 1");
  expect(answer.text("stderr")).toContain("The kernel was started again");
  expect(answer.text("stderr")).toContain("cell [1] was running, which begins with: process.kill");
  expect((await second.execute("1 + 1")).text("stderr")).toBe("");
  await second.close();
});

test("a kernel ends when its parent dies", async () => {
  const parent = spawn(process.execPath, [
    "-e",
    `const child = require("child_process").spawn(process.execPath, [${JSON.stringify(
      path.join(root, "dist/kernel/main.js"),
    )}, ${JSON.stringify(kernel.unusedConnection())}]); console.log(child.pid); setTimeout(() => {}, 60000);`,
  ]);
  const pid = Number(await new Promise((done) => parent.stdout.once("data", (text) => done(String(text)))));
  await new Promise((done) => setTimeout(done, 500));
  parent.kill("SIGKILL");
  const deadline = Date.now() + 15_000;
  const running = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  while (running() && Date.now() < deadline) await new Promise((done) => setTimeout(done, 100));
  expect(running()).toBe(false);
});
