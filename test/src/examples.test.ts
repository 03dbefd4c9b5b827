// The docstrings of src are read as tests: `@example expression // value` must hold to 6 significant digits, and
// every public function or class has at least one.
import fs from "node:fs";
import path from "node:path";
import * as course from "cross-entropy";
import { expect, test } from "vitest";

const root = path.resolve(__dirname, "../../src");
const files = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort();

interface Example {
  file: string;
  expression: string;
  value: string;
}
const examples: Example[] = [];
const documented = new Set<string>();
for (const file of files) {
  const source = fs.readFileSync(path.join(root, file), "utf8");
  // A docstring and the line that it stands above.
  for (const [, docstring, declaration] of source.matchAll(/\/\*\*([\s\S]*?)\*\/\n(.*)/g)) {
    const found = [...docstring!.matchAll(/@example (.+) \/\/ (.+)/g)];
    for (const [, expression, value] of found)
      examples.push({ file, expression: expression!, value: value!.trim() });
    const name = /^export (?:async )?(?:function|class|const) (\w+)/.exec(declaration!)?.[1];
    if (name !== undefined && found.length > 0) documented.add(name);
  }
}

const evaluate = (text: string): Promise<unknown> => {
  const names = Object.keys(course);
  const body = `return (async () => (${text}))();`;
  return new Function(...names, body)(...Object.values(course)) as Promise<unknown>;
};

/** Numbers cut to 6 digits, so that what the docstring shows is what a reader would print. */
function shown(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, shown);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shown(entry)]));
  return value;
}

test.each(examples)("$file: $expression // $value", async ({ expression, value }) => {
  expect(shown(await evaluate(expression))).toEqual(shown(await evaluate(value)));
});

test("every public function and class has an example", () => {
  const functions = Object.entries(course).filter(([, value]) => typeof value === "function");
  expect(functions.map(([name]) => name).filter((name) => !documented.has(name))).toEqual([]);
});
