import { afterAll, beforeAll, expect, test } from "vitest";
import { attackName, attacks, Ground, neighbours } from "../../grading/attacks";
import { unprotected } from "../../grading/attacks/unprotected";

// Here only the ammunition is tested; `npm run grade -- selftest` fires it at the boxes.
let ground: Ground;
beforeAll(async () => {
  ground = await Ground.lay();
});
afterAll(() => ground.close());

test("the catalogue is complete: A01 to A47, A59 to A63, A65, A66 and S1 to S8 have a source", () => {
  const ids = new Set([...attacks, ...neighbours].map((a) => a.id));
  const numbers = [...Array.from({ length: 47 }, (_, i) => i + 1), 59, 60, 62, 63, 65, 66];
  const wanted = [...numbers.map((n) => `A${String(n).padStart(2, "0")}`), ..."12345678"].map((id) =>
    id.length === 1 ? `S${id}` : id,
  );
  expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
});

test("no two attacks have the same name, and the derivation has at least 20 bombs", () => {
  const names = attacks.map(attackName);
  expect(new Set(names).size).toBe(names.length);
  expect(attacks.filter((a) => a.id === "A66").length).toBeGreaterThanOrEqual(20);
});

// Without these a sandbox could pass because the attacks are duds, or because nobody looks.
test
  .runIf(process.platform === "linux")
  .each(attacks.filter((a) => a.live).map((a) => [attackName(a), a] as const))(
  "%s: works in a plain process, and the watch sees it",
  async (_, attack) => {
    const seen = (await unprotected(attack, ground)).map((e) => e.kind);
    expect(attack.live!.filter((kind) => !seen.includes(kind))).toEqual([]);
  },
);
