// @stdlib has no log-sum-exp of a row: the textbook's loops with its exp and ln.
import { loopProgram } from "../textbook";
import type { Program } from "../work";
import { load, versionOf } from "./load";

type Unary = (x: number) => number;

export function stdlib(): Program {
  const name = "@stdlib/math-base-special-exp";
  return loopProgram(versionOf(name), {
    exp: load<Unary>(name),
    log: load<Unary>("@stdlib/math-base-special-ln"),
  });
}
