import { type DerivationTask, derivationTasks, type Step } from "cross-entropy";
import { beforeAll, describe, expect, test } from "vitest";
import { type Arithmetic, loadArithmetic } from "../../src/derivations/decimal";
import { gradeWith } from "../../src/derivations/grade";

import { routes } from "./routes";

let arithmetic: Arithmetic;
beforeAll(async () => {
  arithmetic = await loadArithmetic();
});
const grade = (steps: unknown, task: DerivationTask) => gradeWith(arithmetic, steps, task);
const leaps = ["rearrange", "definition", "algebra", "linearity", "differentiate", "solve", "limit"] as const;
const tasks = Object.values(derivationTasks);
const full = (task: DerivationTask): Step[] => [...routes[task.id]![0]!];

test("there are at least three different routes for each graded derivation", () => {
  expect(Object.keys(routes).sort()).toEqual(Object.keys(derivationTasks).sort());
  for (const each of Object.values(routes)) {
    const different = new Set(each.map((steps) => JSON.stringify(steps.map((step) => step.expression))));
    expect(different.size).toBeGreaterThanOrEqual(3);
  }
});

describe.each(tasks.map((task) => [task.id, task] as const))("%s", (id, task) => {
  test.each(routes[id]!.map((steps, at) => [at + 1, steps] as const))(
    "route %i gets full points",
    (_, steps) => {
      const { share, messages } = grade(steps, task);
      expect(messages).toEqual([]);
      expect(share).toBe(1);
    },
  );

  test("gaming earns nothing", () => {
    for (const { start, target, relation } of task.routes) {
      const begin: Step = { expression: start, by: "start" };
      for (const by of leaps) {
        const leap = [begin, { expression: target, relation, by, limit: { of: "T", to: "infinity" } }];
        expect(grade(leap, task).share, `one leap by ${by}`).toBe(0);
      }
      const padded = Array.from(
        { length: 12 },
        (): Step => ({ expression: `(${start.replace(" == 0", "")})`, by: "rearrange" }),
      );
      if (!start.includes("==")) expect(grade([begin, ...padded], task).share, "identity padding").toBe(0);
      const restated = Array.from({ length: 8 }, (): Step => ({ expression: target, by: "argument" }));
      expect(grade([begin, ...restated], task).share, "restating the target").toBe(0);
      expect(grade([{ expression: target, by: "start" }], task).share, "the target alone").toBe(0);
      expect(grade([begin], task).share, "the start alone").toBe(0);
    }
  });

  test("a misconception as a line is the first false line, with its sentence and a counter-example", () => {
    const steps = full(task);
    for (const { line, says } of task.misconceptions) {
      if (line.includes("==") !== task.routes[0]!.target.includes("==")) continue;
      const relation = line.includes("==") ? "<=>" : undefined;
      const wrong: Step = { expression: line, by: "rearrange", ...(relation ? { relation } : {}) };
      const { share, messages } = grade([...steps.slice(0, -1), wrong], task);
      expect(share).toBeLessThanOrEqual(0.5);
      expect(messages).toHaveLength(1);
      expect(messages[0]?.code, line).toBe("false");
      expect(messages[0]?.text).toContain(says);
      expect(messages[0]?.counterExample).toBeDefined();
    }
  });

  test("leaving out a line is noticed, unless one rule still explains what is left", () => {
    const steps = full(task);
    for (let at = 1; at < steps.length - 1; at++) {
      const { messages } = grade(
        steps.filter((_, i) => i !== at),
        task,
      );
      for (const message of messages) {
        const codes = ["leap", "reason", "milestone", "short"];
        // Without its inequality, the next equality of a chain is false.
        if (task.routes[0]!.relation !== "=") codes.push("false");
        expect(codes).toContain(message.code);
      }
    }
  });
});
