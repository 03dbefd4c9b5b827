import vm from "node:vm";
import { afterAll, expect, test } from "vitest";
import { Stream, ship, shippedText } from "../../grading/inside";
import { Random } from "../../grading/random";
import { coolDown } from "../../grading/runner/box";
import { closeBoxes, openBox, requireTier, type Tier } from "../../grading/sandbox";
import { RemoteFunction, type Reply } from "../../grading/specification";
import { specification as e02 } from "../../grading/specs/e02-logarithm/checks";
import { scores } from "../../grading/specs/e16-proper-scores/scores";

afterAll(closeBoxes);
const open = (source: string, tier: Tier) => openBox(source, { name: "answer.ts", given: [], tier });
const gist = (reply: Reply) => (reply.kind === "value" ? reply.value : reply.kind);

async function all(source: string, tier: Tier, args: readonly unknown[], most = args.length) {
  const box = await open(source, tier);
  try {
    const seen: unknown[] = [];
    const calls = args.map((x) => ({ fn: "f", args: [x] }));
    for await (const reply of box.callAll!(calls)) {
      seen.push(gist(reply));
      if (seen.length === most) break;
    }
    return { seen, after: gist(await box.call("f", [-1])), status: box.status };
  } finally {
    box.close();
  }
}

for (const tier of ["default", "hardened"] as Tier[]) {
  const named = (name: string, act: () => Promise<void>) =>
    test(`${tier}: ${name}`, async ({ skip }) => {
      await requireTier(tier).catch((error: Error) => {
        if (process.env.CI === "true" && process.platform === "linux") throw error;
        skip(error.message);
      });
      await act();
    });
  named("questions that are sent together are answered in order, by one box", async () => {
    const source = "let n = 0; export const f = (x: number) => [x, n++];";
    const { seen, after } = await all(source, tier, [5, 6, 7]);
    expect(seen).toEqual([
      [5, 0],
      [6, 1],
      [7, 2],
    ]);
    expect(after).toEqual([-1, 3]);
  });

  named("whoever stops early leaves a box that answers the next question", async () => {
    const source = "let n = 0; export const f = (x: number) => { console.log(x); return [x, n++]; };";
    const { seen, after, status } = await all(source, tier, [5, 6, 7, 8], 2);
    expect(seen).toHaveLength(2);
    expect(after).toEqual([-1, 4]);
    expect(status.kind).toBe("ok");
  });

  named("a grader that was busy itself for longer than its patience reads the reply first", async () => {
    const box = await open("export const f = (x: number) => x + 1;", tier);
    expect(gist(await box.call("f", [1], 50))).toBe(2);
    const reply = box.call("f", [2], 50);
    for (let i = 0; i < 50; i++) await undefined; // the question is on its way, and nothing was read since
    const until = performance.now() + 3500; // patience is 8 · 50 + 2000 ms
    while (performance.now() < until);
    expect(gist(await reply)).toBe(3);
    box.close();
  });

  named("after a question that is stopped the rest goes to a new box", async () => {
    const source = "let n = 0; export const f = (x: number) => { while (x === 2); return [x, n++]; };";
    const { seen, after, status } = await all(source, tier, [1, 2, 3, 4]);
    expect(seen).toEqual([[1, 0], "timeout", [3, 0], [4, 1]]);
    expect(after).toEqual([-1, 2]);
    expect(status.restarts).toBe(1);
  });

  named("a function of the host's that was kept works while questions wait", async () => {
    const source = `let kept = (x: number) => x;
      export const f = (x: number | ((x: number) => number)) => typeof x === "number" ? kept(x) : ((kept = x), 0);`;
    const box = await open(source, tier);
    await box.call("f", [(x: number) => 10 * x]);
    const seen: unknown[] = [];
    for await (const reply of box.callAll!([1, 2, 3].map((x) => ({ fn: "f", args: [x] }))))
      seen.push(gist(reply));
    box.close();
    expect(seen).toEqual([10, 20, 30]);
  });

  named("a box goes on with a stream of random numbers where the host began it, and counts", async () => {
    const box = await open("export const f = (r: () => number) => [r(), r(), r()];", tier);
    const [stream, same] = [new Stream("seed"), new Random("seed")];
    const reply = await box.call("f", [stream.uniform]);
    box.close();
    expect(gist(reply)).toEqual([same.uniform(), same.uniform(), same.uniform()]);
    expect(stream.draws).toBe(3);
    expect(() => stream.uniform()).toThrow("used up");
  });

  named("a function that runs inside gives its values and not its text", async () => {
    const triple = ship((x: number) => 3 * x);
    const source = "export const f = (g: (x: number) => number) => [g(2), String(g).includes('3')];";
    const box = await open(source, tier);
    const reply = await box.call("f", [triple]);
    box.close();
    expect(gist(reply)).toEqual([6, false]);
  });

  named("a stream that an answer returns is a function like any other", async () => {
    const box = await open("export const f = (r: () => number) => r;", tier);
    const reply = await box.call("f", [new Stream("seed").uniform]);
    expect(gist(reply)).toBeInstanceOf(RemoteFunction);
    box.close();
  });
}

test("practice: functions and streams go into the killable child too", async () => {
  const source = "export const f = (r: () => number, g: (x: number) => number) => [r(), g(r())];";
  const box = await open(source, "practice");
  const [stream, same] = [new Stream("seed"), new Random("seed")];
  const reply = await box.call("f", [stream.uniform, ship((x: number) => 3 * x)]);
  box.close();
  coolDown();
  expect(gist(reply)).toEqual([same.uniform(), 3 * same.uniform()]);
  expect(stream.draws).toBe(2);
});

test("every function that runs inside a box stands on its own", () => {
  const probes = e02.checks.flatMap((c) => c.generate(new Random("probes")));
  const functions = [
    ...Object.values(scores).map((f) => ({
      f: f as (...args: never[]) => unknown,
      args: [1, [0.2, 0.5, 0.3]],
    })),
    ...probes.flatMap(({ args }) =>
      args.filter((a) => typeof a === "function").map((f) => ({ f, args: [0.3] })),
    ),
  ];
  expect(functions.length).toBeGreaterThan(20);
  for (const { f, args } of functions) {
    const text = shippedText(f);
    expect(text, String(f)).toBeDefined();
    expect(vm.runInNewContext(text!)(...args)).toBe(f(...(args as never[])));
  }
});
