import { expect, test } from "vitest";
import { frame } from "../../grading/runner/frames";
import { nesting } from "../../grading/sandbox/nesting";
import { decodeStrictly, FrameReader, jsonDepth, MAX_FRAME, Violation } from "../../grading/sandbox/wire";

test("jsonDepth() counts brackets outside text", () => {
  expect(jsonDepth(Buffer.from('[[{"a":"[[[[\\"[["}]]'))).toBe(3);
  expect(jsonDepth(Buffer.from("7"))).toBe(0);
});

test("FrameReader gives whole messages, however they are cut", () => {
  const bytes = Buffer.concat([frame({ id: 1 }), frame({ id: 2, text: "ü".repeat(50) })]);
  for (const size of [1, 3, 7, bytes.length]) {
    const reader = new FrameReader();
    const messages: unknown[] = [];
    for (let at = 0; at < bytes.length; at += size)
      messages.push(...reader.push(bytes.subarray(at, at + size)));
    expect(messages).toEqual([{ id: 1 }, { id: 2, text: "ü".repeat(50) }]);
  }
});

test("FrameReader refuses what is too long, too deep or no object, before it is parsed", () => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(MAX_FRAME + 1);
  expect(() => new FrameReader().push(head)).toThrow(Violation);
  const raw = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(Buffer.byteLength(text));
    return Buffer.concat([length, Buffer.from(text)]);
  };
  for (const text of ["[".repeat(100_000) + "]".repeat(100_000), "[1]", "null", "7", "{", '{"a":1}}'])
    expect(() => new FrameReader().push(raw(text))).toThrow(Violation);
});

test("decodeStrictly() takes only what the box's codec writes", () => {
  expect(
    decodeStrictly({
      o: [
        ["__proto__", 1],
        ["a", { "#": "-0" }],
      ],
    }),
  ).toEqual(Object.assign(Object.create(null), { a: -0 }));
  const bad: unknown[] = [
    {},
    { "#": "nan" },
    { "#": "NaN", extra: 1 },
    { big: "1e9" },
    { fn: 1.5 },
    { ta: "Array", v: [] },
    { ta: "Float64Array", v: ["1"] },
    { ta: "BigInt64Array", v: [1] },
    {
      o: [
        ["a", 1],
        ["a", 2],
      ],
    },
    { o: [[1, 2]] },
    { o: { a: 1 } },
    JSON.parse("1e999"),
  ];
  for (const json of bad) expect(() => decodeStrictly(json)).toThrow(Violation);
});

test("nesting() enters templates and skips text and comments", () => {
  expect(nesting("f([{}])")).toBe(3);
  expect(nesting("\"((((\" + '[[[' // {{{{\n/* ((( */")).toBe(0);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text about templates
  expect(nesting("`a${`b${f(1)}`}((((`")).toBe(3);
});
