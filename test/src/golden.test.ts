// The same numbers as PyTorch, SciPy, Optax, TensorFlow and mpmath, from their own outputs in tools/golden/golden.json.
import * as course from "cross-entropy";
import { expect, test } from "vitest";
import golden from "../../tools/golden/golden.json";
import { type Parity, parity } from "./parity";

type Nested = number | string | readonly Nested[];
const libraries: Record<string, { version: string; values: Record<string, Nested> }> = golden.libraries;

const flat = (x: Nested): number[] =>
  typeof x === "number" || typeof x === "string"
    ? [x === "inf" ? Infinity : Number(x)]
    : [...x].flatMap(flat);

function ours({ ours }: Parity): number[] {
  const names = { ...course, ...golden.inputs };
  return flat(new Function(...Object.keys(names), `return (${ours});`)(...Object.values(names)) as Nested);
}

test.each(parity)("$ours is $library's $key", (row) => {
  const values = flat(libraries[row.library]!.values[row.key]!);
  const mine = ours(row);
  expect(mine).toHaveLength(values.length);
  // two correct float64 computations of sums of a dozen terms; mpmath is exact
  const tolerance = row.library === "mpmath" ? 3e-16 : 1e-14;
  mine.forEach((x, i) => {
    if (Number.isFinite(values[i]!))
      expect(Math.abs(x - values[i]!)).toBeLessThanOrEqual(
        tolerance * Math.max(Math.abs(values[i]!), row.library === "mpmath" ? 0 : 0.1),
      );
    else expect(x).toBe(values[i]);
  });
});

test("every stored value is compared, and the page for newcomers shows every comparison", async () => {
  for (const [library, { values }] of Object.entries(libraries))
    for (const key of Object.keys(values))
      expect(
        parity.some((row) => row.library === library && row.key === key),
        `${library}: ${key}`,
      ).toBe(true);
  const titles = {
    PyTorch: "PyTorch",
    SciPy: "SciPy",
    Optax: "JAX and Optax",
    TensorFlow: "TensorFlow",
  } as const;
  const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
  const tables = Object.entries(titles).map(([library, title]) => {
    const rows = parity.filter((row) => row.library === library);
    return [
      `## From ${title} ${libraries[library]!.version}`,
      "| there | here | |\n|---|---|---|",
      ...rows.map((row) => `| ${code(row.theirs)} | ${code(row.ours)} | ${row.note ?? ""} |`),
    ]
      .join("\n")
      .replace(/\n\|/, "\n\n|");
  });
  const page = [
    "# Coming from another library",
    "Each row has been computed there, in float64, and here, with the same result to 14 digits: `test/src/golden.test.ts` compares them, `tools/golden/golden.py` makes their side. This page is written by that test.",
    "Three habits differ. The target comes first, in the order of H(p, q). Everything is in nats, and the mean is over rows. Wrong input, such as a class out of range or probabilities that do not sum to 1, is an error and never NaN, a clipped or a renormalised value.",
    "Where the others lose digits, they are kept here: the loss and gradient of a confident prediction, a −∞ logit without target mass, binary cross-entropy at ±∞, divergences of nearly equal distributions. `npm run accuracy` prints by how much this package can be off.",
    ...tables,
  ];
  await expect(`${page.join("\n\n")}\n`).toMatchFileSnapshot("../../docs/coming-from.md");
});
