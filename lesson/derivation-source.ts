import fs from "node:fs";
import path from "node:path";
import type { Derivation } from "../src";
import { projectRoot } from "./project";

const sources = path.join(projectRoot, "src/derivations");
const jupyter = Symbol.for("Jupyter.display");

/** The file in which a derivation is written, to be shown in its notebook: `derivationSource(D5)`. */
export function derivationSource(derivation: Derivation): { readonly text: string } {
  const text = fs.readFileSync(path.join(sources, `${derivation.slug}.ts`), "utf8");
  const shown = { text };
  const bundle = { "text/markdown": `\`\`\`typescript\n${text}\`\`\``, "text/plain": text };
  Object.defineProperty(shown, jupyter, { value: () => bundle });
  return shown;
}
