import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readCourse } from "../../grading/course";
import { root } from "../../grading/root";
import { correctionBox, correctionList, verdictList } from "../../tools/notebooks/ledger";

const ledger = JSON.parse(fs.readFileSync(path.join(root, "claims.json"), "utf8"));

test("the closing page lists every statement and every correction of the ledger once", () => {
  const [table, list] = verdictList(root, readCourse()) as [string, string];
  const ids = (text: string) => [...text.matchAll(/^- (?:\S )?\*\*([SW]\d+)\*\*/gm)].map((m) => m[1]);
  const sorted = (all: readonly { id: string }[]) => all.map((x) => x.id).sort();
  expect(ids(list).sort()).toEqual(sorted(ledger.statements));
  expect(ids(correctionList(root, readCourse())).sort()).toEqual(sorted(ledger.corrections));
  expect(table).toMatch(new RegExp(`\\*\\*all\\*\\*.* \\| ${ledger.statements.length} \\|$`));
});

test("every home of a statement is a page of the course", () => {
  const text = `${verdictList(root, readCourse())[1]}\n${correctionList(root, readCourse())}`;
  const pages = new Set([...text.matchAll(/\]\(([\w-]+)\.ipynb\)/g)].map((m) => m[1]));
  const known = ["index", ...readCourse().notebooks.map((n) => `${n.id}-${n.slug}`)];
  for (const page of pages) expect(known).toContain(page);
});

test("a box of an unknown correction says which", () => {
  expect(() => correctionBox(root, "W99")).toThrow("claims.json has no correction W99");
});
