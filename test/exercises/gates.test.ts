import { afterAll, expect, test } from "vitest";
import { findExercise, readCourse, stem } from "../../grading/course";
import { gate } from "../../grading/gates";
import { coolDown } from "../../grading/runner/box";
import { exercises } from "../../grading/specs";

afterAll(coolDown);

// `npm run exercises:gates` prints the same matrix over more seeds
for (const exercise of exercises) {
  const { id, slug } = exercise.specification;
  test(`${id}: stub and imports earn 0, solution and alternates all, every wrong answer hears its sentence`, async () => {
    const failed = (await gate(exercise, 1, true)).filter((row) => !row.ok);
    expect(failed.map((row) => `${row.gate} ${row.name}: ${row.detail}`)).toEqual([]);
    // seconds on a quiet machine; a busy one must not fail an innocent gate
  }, 90_000);
  test(`${id}: the stem is the same everywhere`, () => {
    expect(stem(findExercise(id))).toBe(`${id}-${slug}`);
  });
}

test("course.json lists 28 exercises worth 252 points", () => {
  const list = readCourse().exercises;
  expect(list.map((e) => e.id)).toEqual(
    Array.from({ length: 28 }, (_, i) => `e${String(i + 1).padStart(2, "0")}`),
  );
  expect(list.reduce((sum, e) => sum + e.points, 0)).toBe(252);
});

test("every exercise of course.json has a specification, in its order, and three hints", () => {
  const list = readCourse().exercises;
  expect(exercises.map((e) => e.specification.id)).toEqual(list.map((e) => e.id));
  for (const entry of list) expect(entry.hints.filter((h) => h.length > 20)).toHaveLength(3);
});

test("every lesson and prerequisite of an exercise is a notebook of the course", () => {
  const notebooks = new Set(readCourse().notebooks.map((n) => n.id));
  for (const e of readCourse().exercises)
    for (const id of [e.lesson, ...e.prerequisites]) expect(notebooks, `${e.id} names ${id}`).toContain(id);
});
