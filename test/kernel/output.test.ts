import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../../kernel/client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start({ env: { KERNEL_OUTPUT_LINES: "200000" } });
});
afterAll(() => kernel.close());

test("200,000 lines arrive in order", async () => {
  const answer = await kernel.execute("for (let i = 0; i < 200_000; i++) console.log(i);");
  const lines = answer.text("stdout").split("\n");
  expect(lines.length).toBe(200_001);
  expect(lines.every((line, i) => i === 200_000 || line === String(i))).toBe(true);
});

test("beyond the limit the output is cut, and a notice states how much", async () => {
  const answer = await kernel.execute("for (let i = 0; i < 200_500; i++) console.log(i);");
  expect(answer.text("stdout").split("\n").length).toBe(200_001);
  expect(answer.text("stderr")).toContain("200,000 lines, 1.2 MB are shown, 500 lines, 0.0 MB more are not");
  expect((await kernel.execute("console.log('next')")).text()).toBe("next\n");
});

test("a progress bar of 5,000 updates arrives whole and in order", async () => {
  const answer = await kernel.execute(`
    import { newDisplay } from "tslab";
    const bar = newDisplay();
    for (let i = 0; i < 5000; i++) bar.text(String(i));`);
  const shown = answer.outputs.filter(({ type }) => type.endsWith("display_data"));
  expect(shown.map(({ content }) => Number(content.data["text/plain"]))).toEqual(
    Array.from({ length: 5000 }, (_, i) => i),
  );
  expect(shown[0]!.type).toBe("display_data");
  expect(shown[1]!.type).toBe("update_display_data");
});

test("output appears while a loop still runs, stdout and stderr in their order", async () => {
  let streams = 0;
  const answer = await kernel.request(
    "execute_request",
    {
      code: "console.log('a'); const t = Date.now(); while (Date.now() - t < 400); console.log('b'); console.error('c'); console.log('d');",
    },
    {
      onOutput: (type) => {
        if (type === "stream") streams++;
      },
    },
  );
  expect(answer.text()).toBe("a\nb\nc\nd\n");
  expect(streams).toBeGreaterThanOrEqual(3);
});

test("late output belongs to the cell that has caused it", async () => {
  const late: string[] = [];
  const stop = kernel.on((channel, message) => {
    if (channel === "iopub" && message.header.msg_type === "stream") late.push(message.parent);
  });
  await kernel.execute("setTimeout(() => console.log('late'), 100); 0");
  const cell = await kernel.execute(
    "await new Promise((done) => setTimeout(done, 300)); console.log('own');",
  );
  stop();
  expect(cell.text()).toBe("own\n");
  expect(late.length).toBe(2);
  expect(late[0]).not.toBe(late[1]);
});

test("console.clear() clears the output", async () => {
  const answer = await kernel.execute("console.log('old'); console.clear(); console.log('new');");
  expect(answer.outputs.map(({ type }) => type)).toEqual([
    "execute_input",
    "stream",
    "clear_output",
    "stream",
  ]);
});
