import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../../kernel/client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
});
afterAll(() => kernel.close());

const types = (answer: { outputs: { type: string }[] }) => answer.outputs.map(({ type }) => type);

test("a cell is echoed, answered with a result and counted", async () => {
  const answer = await kernel.execute("const q = [1, 2, 3];\nq");
  expect(types(answer)).toEqual(["execute_input", "execute_result"]);
  expect(answer.outputs[0]!.content).toEqual({ code: "const q = [1, 2, 3];\nq", execution_count: 1 });
  expect(answer.outputs[1]!.content.execution_count).toBe(1);
  expect(answer.reply).toMatchObject({ status: "ok", execution_count: 1 });
});

test("700 printed lines arrive as 700 lines in few messages", async () => {
  const answer = await kernel.execute("for (let i = 0; i < 700; i++) console.log(i);");
  expect(answer.text("stdout").trim().split("\n")).toEqual(Array.from({ length: 700 }, (_, i) => String(i)));
  expect(answer.outputs.length).toBeLessThan(20);
});

test("a wrong type is an error with a code frame, and null is not a string", async () => {
  const answer = await kernel.execute("const s: string = null;");
  expect(types(answer)).toEqual(["execute_input", "error"]);
  expect(answer.reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
  expect(answer.reply.traceback.join("\n")).toContain("const s: string = null;");
});

test("cells after an error run unless they were already waiting", async () => {
  const failing = kernel.execute("throw new Error('first')");
  const waiting = kernel.execute("console.log('never')");
  expect((await failing).reply.status).toBe("error");
  expect((await waiting).reply.status).toBe("aborted");
  expect((await kernel.execute("1 + 1")).reply.status).toBe("ok");
});

test("stop_on_error = false lets waiting cells run", async () => {
  const failing = kernel.execute("throw new Error('first')", { stop_on_error: false });
  const waiting = kernel.execute("1 + 1");
  expect((await failing).reply.status).toBe("error");
  expect((await waiting).reply.status).toBe("ok");
});
