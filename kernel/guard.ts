// A learner's slip must not end the session: these are the ways in which a cell could end its process.
import { thrown } from "./errors";
import { placeInCell } from "./stack";

/** @returns a function that removes the guards */
export function installGuards(): () => void {
  const { exit, abort } = process;
  const refuse = (call: string) => {
    throw new Error(
      `${call} would end the kernel with all its variables, so it is switched off in a notebook`,
    );
  };
  process.exit = ((code?: number) => refuse(`process.exit(${code ?? ""})`)) as typeof process.exit;
  process.abort = () => refuse("process.abort()");
  const report = (what: string) => (reason: unknown) => {
    const { traceback } = thrown(reason, placeInCell);
    process.stderr.write(`${what}: ${traceback.join("\n")}\n`);
  };
  const uncaught = report("Uncaught, outside of any running cell");
  const unhandled = report("Unhandled rejection of a promise");
  process.on("uncaughtException", uncaught);
  process.on("unhandledRejection", unhandled);
  return () => {
    process.exit = exit;
    process.abort = abort;
    process.off("uncaughtException", uncaught);
    process.off("unhandledRejection", unhandled);
  };
}
