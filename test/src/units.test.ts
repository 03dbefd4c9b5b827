import { toBits } from "cross-entropy";
import { expect, test } from "vitest";

test("toBits() turns log 8 nats into exactly 3 bits", () => {
  expect(toBits(Math.log(8))).toBe(3);
});
