import { expect, test } from "vitest";
import { gradebook, lateness, scoreOf } from "../../grading/coursework/policy";
import { parseSettings } from "../../grading/coursework/settings";
import { fakeRecord, settingsFor } from "./class";

const due = "2026-12-01T23:59:00+01:00";
const rule = { grace: 10, perDay: 0.1, most: 3 };
const attempt = (n: number, earned: number, submitted: string | null = null) => ({
  ...fakeRecord("ann", "e06", String(n), n),
  earned,
  submitted,
});

test("lateness counts days begun after the due date and its grace, in any time zone", () => {
  expect(lateness("2026-12-01T22:59:00Z", due, rule)).toEqual({ days: 0, factor: 1 });
  expect(lateness("2026-12-01T23:09:00Z", due, rule)).toEqual({ days: 0, factor: 1 });
  expect(lateness("2026-12-01T23:09:01Z", due, rule)).toEqual({ days: 1, factor: 0.9 });
  expect(lateness("2026-12-03T10:00:00Z", due, rule)).toEqual({ days: 2, factor: 0.8 });
  expect(lateness("2026-12-09T10:00:00Z", due, rule).factor).toBe(0);
  // a time that nobody measured makes nobody late
  expect(lateness(null, due, rule).factor).toBe(1);
  expect(lateness("2030-01-01T00:00:00Z", undefined, rule).factor).toBe(1);
});

test("the best or the last attempt counts, lateness included, and no more than are allowed", () => {
  const attempts = [
    attempt(1, 3),
    attempt(2, 5, "2026-12-03T10:00:00Z"),
    attempt(3, 2, "2026-12-03T11:00:00Z"),
  ];
  const score = (keep: "best" | "last", most?: number) =>
    scoreOf(attempts, { points: 10, due }, { late: rule, attempts: { keep, ...(most ? { most } : {}) } });
  expect(score("best")).toMatchObject({ earned: 8, attempts: 3, record: { attempt: 2 } });
  expect(score("last")).toMatchObject({ earned: 3.2, record: { attempt: 3 } });
  expect(score("best", 1)).toMatchObject({ earned: 6, record: { attempt: 1 } });
  // equal after the loss: the earlier one
  const equal = scoreOf(
    [attempt(1, 4), attempt(2, 5, "2026-12-03T10:00:00Z")],
    { points: 10, due },
    { late: rule, attempts: { keep: "best" } },
  );
  expect(equal.record.attempt).toBe(1);
});

test("an attempt that could not be graded leaves the score open", () => {
  const infra = { ...attempt(2, 0), status: "infra" as const };
  const rules = { late: rule, attempts: { keep: "best" } } as const;
  expect(scoreOf([attempt(1, 5), infra], { points: 10 }, rules).earned).toBeUndefined();
  const [row] = gradebook([attempt(1, 5), infra], settingsFor("e06"));
  expect(row?.earned).toBeUndefined();
});

test("points of the course scale the checks, to the cent", () => {
  const settings = { ...settingsFor("e06"), exercises: [{ id: "e06", points: 7 }] };
  expect(gradebook([attempt(1, 1 / 3)], settings)[0]).toMatchObject({ earned: 0.47, points: 7 });
  expect(() => gradebook([attempt(1, 1)], settingsFor("e03"))).toThrow("has no result for e03");
});

test("a course's settings are read strictly", () => {
  const good = {
    exercises: { e03: { points: 6, due }, e12: {} },
    late: rule,
    attempts: { keep: "best", most: 5 },
    seeds: 20,
  };
  expect(parseSettings(good, "autumn")).toMatchObject({
    exercises: [
      { id: "e03", points: 6 },
      { id: "e12", points: 8 },
    ],
    seeds: 20,
  });
  for (const [bad, says] of [
    [{ exercises: {} }, "name exercises"],
    [{ exercises: { e99: {} } }, "exercise must be one of"],
    [{ exercises: { e03: { due: "2026-12-01" } } }, "date with its zone"],
    [{ exercises: { e03: { pionts: 6 } } }, "only the fields"],
    [{ exercises: { e03: { points: -1 } } }, "from 0 to 1000"],
    [{ ...good, attempts: { keep: "mean" } }, '"best" or "last"'],
    [{ ...good, late: { perDay: 2 } }, "from 0 to 1"],
  ] as const)
    expect(() => parseSettings(bad, "x")).toThrow(says);
});
