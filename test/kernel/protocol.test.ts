import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../../kernel/client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
});
afterAll(() => kernel.close());

test("kernel_info tells the truth about the versions", async () => {
  const { reply } = await kernel.request("kernel_info_request", {});
  expect(reply).toMatchObject({
    status: "ok",
    implementation: "tslab",
    implementation_version: "1.0.22",
    language_info: { name: "typescript", version: "5.0.4", file_extension: ".ts" },
  });
  expect(Number(reply.protocol_version)).toBeGreaterThanOrEqual(5.3);
});

test("an error names its kind, its message, and the line of the cell in TypeScript", async () => {
  const code = [
    "interface Shape { sides: number }",
    "",
    "function area(shape: Shape): number {",
    "  throw new RangeError(`no area for $" + "{shape.sides} sides`);",
    "}",
    "area({ sides: 2 });",
  ].join("\n");
  const { reply, outputs } = await kernel.execute(code);
  expect(reply).toMatchObject({ ename: "RangeError", evalue: "no area for 2 sides" });
  const traceback = stripVTControlCharacters(outputs.at(-1)!.content.traceback.join("\n"));
  expect(traceback).toContain("> 4 |   throw new RangeError(");
  expect(traceback).toMatch(/at area \(cell \[\d+\]:4:9\)/);
  expect(traceback).toMatch(/at cell \[\d+\]:6:1/);
  expect(traceback).not.toMatch(/node:|tslab|dist\/kernel/);
});

test("silent cells show nothing and are not counted", async () => {
  const before = (await kernel.execute("1")).reply.execution_count;
  const silent = await kernel.execute("console.log('hidden'); const quiet = 3; quiet", { silent: true });
  expect(silent.outputs).toEqual([]);
  const after = await kernel.execute("quiet");
  expect(after.reply.execution_count).toBe(before + 1);
  const unstored = await kernel.execute("quiet", { store_history: false });
  expect(unstored.reply.execution_count).toBe(before + 1);
});

test("user expressions are answered beside the cell", async () => {
  const { reply } = await kernel.execute("const six = 6;", {
    user_expressions: { good: "six * 7", wrong: "six.missing" },
  });
  expect(reply.user_expressions.good).toMatchObject({ status: "ok", data: { "text/plain": "42" } });
  expect(reply.user_expressions.wrong).toMatchObject({ status: "error", ename: "TypeScriptError" });
});

test("complete knows members, earlier variables and positions behind an emoji", async () => {
  await kernel.execute("const entropyOfEnglish = 4.1;");
  const complete = async (code: string, cursor_pos = [...code].length) =>
    (await kernel.request("complete_request", { code, cursor_pos })).reply;
  expect((await complete("Math.log1")).matches).toEqual(["log10", "log1p", "LOG10E"]);
  const behind = await complete("'🎲'; entropyOf");
  expect(behind).toMatchObject({ matches: ["entropyOfEnglish"], cursor_start: 5, cursor_end: 14 });
});

test("inspect shows the type and the docstring", async () => {
  await kernel.execute('import { crossEntropy } from "cross-entropy";');
  const { reply } = await kernel.request("inspect_request", { code: "crossEntropy(p, q)", cursor_pos: 12 });
  expect(reply.found).toBe(true);
  expect(reply.data["text/plain"]).toContain("crossEntropy(p: Vector, q: Vector): number");
  expect(reply.data["text/plain"]).toContain("the mean surprise");
  expect(reply.data["text/plain"]).toContain("@param p — true distribution");
  const nothing = await kernel.request("inspect_request", { code: "   ", cursor_pos: 1 });
  expect(nothing.reply).toMatchObject({ status: "ok", found: false });
});

test("name? opens the documentation", async () => {
  const { reply } = await kernel.execute("crossEntropy?");
  expect(reply.payload[0]).toMatchObject({ source: "page" });
  expect(reply.payload[0].data["text/plain"]).toContain("the mean surprise");
});

test("is_complete tells complete, incomplete and invalid code apart", async () => {
  const ask = async (code: string) => (await kernel.request("is_complete_request", { code })).reply;
  expect(await ask("const a = 1;")).toMatchObject({ status: "complete" });
  expect(await ask("for (const x of [1]) {")).toEqual({ status: "incomplete", indent: "  " });
  expect(await ask("const text = `a")).toMatchObject({ status: "incomplete" });
  expect(await ask("const 1a = 2;\nconst b = 3;")).toMatchObject({ status: "invalid" });
});

test("history answers tail, range and search", async () => {
  const ask = async (content: object) => (await kernel.request("history_request", content)).reply.history;
  await kernel.execute("const inHistory = 1;");
  expect((await ask({ hist_access_type: "tail", n: 1 }))[0][2]).toBe("const inHistory = 1;");
  expect(await ask({ hist_access_type: "range", session: 0, start: 1, stop: 2 })).toHaveLength(1);
  expect(await ask({ hist_access_type: "search", pattern: "*inHistory*" })).toHaveLength(1);
});

test("comms are refused, comm_info and unknown requests are answered", async () => {
  expect((await kernel.request("comm_info_request", {})).reply).toEqual({ status: "ok", comms: {} });
  const closed: string[] = [];
  const stop = kernel.on((_, { header }) => void closed.push(header.msg_type));
  await kernel.send("shell", "comm_open", { comm_id: "1", target_name: "widget", data: {} });
  expect((await kernel.request("no_such_request", {})).reply.status).toBe("error");
  stop();
  expect(closed).toContain("comm_close");
});

test("a debugger is refused in the debugger's own terms", async () => {
  const request = { seq: 7, type: "request", command: "initialize" };
  const { reply } = await kernel.request("debug_request", request, { channel: "control" });
  expect(reply).toMatchObject({ request_seq: 7, success: false, command: "initialize" });
});

test("prompt() asks the reader and waits for the answer", async () => {
  const stop = kernel.on((channel, message) => {
    if (channel !== "stdin" || message.header.msg_type !== "input_request") return;
    expect(message.content).toEqual({ prompt: "your guess? ", password: false });
    void kernel.send("stdin", "input_reply", { value: "0.7" });
  });
  const answer = await kernel.execute("const guess = Number(prompt('your guess? '));\nguess", {
    allow_stdin: true,
  });
  stop();
  expect(answer.outputs.at(-1)!.content.data["text/plain"]).toBe("0.7");
});

test("prompt() returns null where nobody can be asked, and an interrupt ends the question", async () => {
  const answer = await kernel.execute("prompt('anyone?') === null");
  expect(answer.outputs.at(-1)!.content.data["text/plain"]).toBe("true");
  const running = kernel.execute("prompt('still there?')", { allow_stdin: true });
  await new Promise((done) => setTimeout(done, 200));
  await kernel.request("interrupt_request", {}, { channel: "control" });
  expect((await running).reply.status).toBe("error");
});

test("a message with a false signature is ignored", async () => {
  const before = (await kernel.execute("1")).reply.execution_count;
  await kernel.sendForged("execute_request", { code: "1" });
  expect((await kernel.execute("1")).reply.execution_count).toBe(before + 1);
});

test("shutdown is answered, and the process ends by itself", async () => {
  const own = await Client.start();
  await own.execute("1"); // while it still starts, it is ended by force
  const ended = new Promise((done) => own.process.once("exit", done));
  const { reply } = await own.request("shutdown_request", { restart: false }, { channel: "control" });
  expect(reply).toEqual({ status: "ok", restart: false });
  expect(await ended).toBe(0);
  await own.close();
});
