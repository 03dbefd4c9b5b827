import { expect, test } from "vitest";
import { stubSource } from "../../grading/answers";
import { readCourse } from "../../grading/course";
import { signatureNotes } from "../../grading/signatures";
import { exercises } from "../../grading/specs";

test("signatureNotes() finds nothing wrong with a stub", () => {
  const entries = readCourse().exercises;
  for (const { specification } of exercises) {
    const entry = entries.find((e) => e.id === specification.id)!;
    expect([entry.id, ...signatureNotes(stubSource(specification), entry.signatures)]).toEqual([entry.id]);
  }
});

test("signatureNotes() says in one line that arguments are missing, exchanged, of another type, or not exported", () => {
  const asked = ["klDivergence(p: readonly number[], q: readonly number[]): number"];
  const note = (source: string) => signatureNotes(source, asked)[0];
  expect(note("export function klDivergence(p: number[], q: number[]) { return 0; }")).toBeUndefined();
  expect(note("export function klDivergence(p: number[]) { return 0; }")).toContain("takes 1 argument");
  expect(note("export function klDivergence(q: number[], p: number[]) { return 0; }")).toContain("exchanged");
  expect(note("export const klDivergence = (p: string, q: number[]) => 0;")).toContain("other types");
  expect(note("function klDivergence(p: number[], q: number[]) { return 0; }")).toContain("not exported");
});
