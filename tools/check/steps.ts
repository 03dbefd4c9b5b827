import path from "node:path";
import { root } from "../../kernel/root";

export interface Step {
  name: string;
  /** Arguments of node. */
  command: readonly string[];
  /** What to type to see this step alone. */
  alone: string;
  /** Where its vitest writes its report, for the steps that are test suites. */
  report?: string;
}

const inRoot = (...parts: string[]) => path.join(root, ...parts);
const modules = (file: string) => inRoot("node_modules", file);

function task(script: string, name: string, ...args: string[]): Step {
  const rest = args.length === 0 ? "" : ` -- ${args.join(" ")}`;
  const alone = `npm run ${script}${rest}`;
  return { name: alone, command: [inRoot("tools/run.mjs"), name, ...args], alone };
}

function suite(script: string, name: string): Step {
  const report = inRoot("test-results", `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const alone = script === "test" ? "npm test" : `npm run ${script}`;
  return { name: alone, command: [inRoot("tools/run.mjs"), name, ...reporters], alone, report };
}

/** Everything that CI does, the quick and the telling first. */
export const steps: readonly Step[] = [
  {
    name: "types (TypeScript 7)",
    command: [modules("typescript/bin/tsc"), "--noEmit"],
    alone: "node node_modules/typescript/bin/tsc --noEmit",
  },
  {
    name: "types of the script behind each chart",
    command: [modules("typescript/bin/tsc"), "-p", inRoot("tsconfig.page.json")],
    alone: "node node_modules/typescript/bin/tsc -p tsconfig.page.json",
  },
  {
    name: "style (Biome)",
    command: [modules("@biomejs/biome/bin/biome"), "ci", "."],
    alone: "npx biome check --write .",
  },
  suite("test", "test"),
  task("accuracy", "accuracy"),
  task("exercises", "exercises", "--check"),
  // holds what `exercises:gates` shows, and more
  task("grade", "grade", "selftest"),
  task("derivations", "derivations"),
  task("derivations", "derivations", "--mutate"),
  task("notebooks", "notebooks", "--check"),
  task("claims", "claims"),
  task("start", "start", "--check"),
  suite("test:lab", "test-lab"),
];
