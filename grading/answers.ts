/** The answers that the gates are run with: solutions, stubs, alternates, and answers that take over a finished function. */
import fs from "node:fs";
import path from "node:path";
import { root } from "./root";
import { trustedAnswer } from "./runner/direct";
import type { Answer, Specification } from "./specification";
import { stubOf } from "./stub";
import { typescript } from "./transpile";

export const solutionSource = (spec: Specification) =>
  fs.readFileSync(path.join(root, "solutions", `${spec.id}-${spec.slug}.ts`), "utf8");

export const stubSource = (spec: Specification) => stubOf(solutionSource(spec));

export const reference = (spec: Specification): Answer =>
  trustedAnswer(solutionSource(spec), `${spec.id}.ts`);

export function alternates(spec: Specification): { name: string; source: string }[] {
  const folder = path.join(root, "grading", "specs", `${spec.id}-${spec.slug}`, "alternates");
  return fs
    .readdirSync(folder)
    .filter((f) => f.endsWith(".ts"))
    .map((f) => {
      const source = fs.readFileSync(path.join(folder, f), "utf8");
      return { name: f.slice(0, -3), source: withGiven(source, solutionSource(spec)) };
    });
}

/**
 * What an alternate takes from the solution (`import { leaf } from "../../../../solutions/e14-batch"`) is what its
 * learner was given: those declarations are put in front of it, so that it stands alone like a real submission.
 */
export function withGiven(alternate: string, solution: string): string {
  const imports = /^(?:import|export) (?:type )?\{([^}]*)\} from "[./]*solutions\/[\w-]+";\n/gm;
  const names = new Set<string>();
  const rest = alternate.replace(imports, (_, list: string) => {
    for (const name of list.split(",")) names.add(name.replace(/^\s*type /, "").trim());
    return "";
  });
  names.delete("");
  if (names.size === 0) return alternate;
  const ts = typescript();
  const file = ts.createSourceFile("solution.ts", solution, ts.ScriptTarget.ES2022, true);
  const given = file.statements.filter((s) =>
    names.has((s as { name?: { text?: string } }).name?.text ?? ""),
  );
  return `${given.map((s) => s.getText()).join("\n")}\n${rest}`;
}

/** Answers that take over a finished function instead of writing it. */
export function cheats(spec: Specification): { name: string; source: string; boxed?: boolean }[] {
  const names = [...solutionSource(spec).matchAll(/^export (?:function|const) (\w+)/gm)].map((m) => m[1]!);
  const library = ["cross-entropy", "mathjs"];
  return library.flatMap((from) => [
    { name: `re-exports ${from}`, source: `export { ${names.join(", ")} } from "${from}";` },
    { name: `exports all of ${from}`, source: `export * from "${from}";` },
    {
      name: `wraps ${from}`,
      source: `import * as lib from "${from}";\n${names.map((n) => `export const ${n} = (...a: never[]) => (lib as never)["${n}"](...a);`).join("\n")}`,
    },
    {
      name: `imports ${from} late`,
      source: names
        .map(
          (n) =>
            `export const ${n} = async (...a: never[]) => ((await import("${from}")) as never)["${n}"](...a);`,
        )
        .join("\n"),
    },
    {
      name: `requires ${from} in the answer`,
      source: names
        .map(
          (n) =>
            `export const ${n} = (...a: never[]) => { try { return require("${from}")["${n}"](...a); } catch { return 0; } };`,
        )
        .join("\n"),
    },
    {
      // only the child process has nothing to find, so only there it is harmless
      boxed: true,
      name: `looks for ${from} by other ways`,
      source: `const find = (() => { try { return (globalThis as never)["process"]["mainModule"].require("${from}"); } catch { try { return new Function("return require('${from}')")(); } catch { return {}; } } })();
${names.map((n) => `export const ${n} = (find as never)["${n}"];`).join("\n")}`,
    },
  ]);
}
