import { type Context, open } from "./context";
import type { MathJs } from "./decimal";
import { freeNames, type Tree } from "./tree";
import type { Step } from "./types";

/** mathjs is asked only about lines that stay below this length when written out for two classes. */
const longest = 420;

/**
 * Whether mathjs itself reduces the difference of two lines to 0, sums written out for K = 2.
 *
 * @returns true where it does; false says nothing, since its `simplify` knows little of logarithms
 */
export function decidedByMathjs(above: Step, step: Step, context: Context, math: MathJs): boolean {
  if ((step.relation ?? "=") !== "=") return false;
  try {
    const lines = [above, step].map(({ expression }) =>
      open(open(context.parse(expression), context.definitions), context.instances),
    ) as [Tree, Tree];
    const labels = [...freeNames(lines[0]), ...freeNames(lines[1])].filter((name) => isLabel(name, context));
    return labelings([...new Set(labels)]).every((indices) => {
      const [left, right] = lines.map((line) => write(line, indices, context, math)) as [string, string];
      if (left.length + right.length > longest) return false;
      return math.simplify(`(${left}) - (${right})`).toString() === "0";
    });
  } catch {
    return false; // a line that cannot be written out, such as one with a maximum
  }
}

/** Every way to give two values to the free labels: k = c and k ≠ c are different cases. */
function labelings(names: readonly string[]): Indices[] {
  return names.reduce<Indices[]>(
    (all, name) => all.flatMap((indices) => [1, 2].map((value) => new Map(indices).set(name, value))),
    [new Map()],
  );
}

type Indices = ReadonlyMap<string, number>;

/** An expression as mathjs text, every size 2, every entry its own symbol: `p[2]` is `p_2`. */
function write(tree: Tree, indices: Indices, context: Context, math: MathJs): string {
  const of = (part: Tree, inner = indices): string => write(part, inner, context, math);
  const unrolled = (index: Tree, body: Tree): string[] => {
    if (index.kind !== "symbol") throw new RangeError("symbolic: a sum must name its index");
    return [1, 2].map((value) => `(${of(body, new Map(indices).set(index.name, value))})`);
  };
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "symbol":
      return String(indices.get(tree.name) ?? (isSize(tree.name, context) ? 2 : tree.name));
    case "index":
      return `${tree.name}_${tree.at.map((part) => of(part)).join("_")}`;
    case "negate":
      return `(-(${of(tree.of)}))`;
    case "binary":
      if (!"+-*/^".includes(tree.op)) throw new RangeError("symbolic: an equation has no value");
      return `((${of(tree.left)}) ${tree.op} (${of(tree.right)}))`;
    case "call": {
      const [first, second] = tree.args;
      if (tree.name === "sum") return `(${unrolled(first!, second!).join(" + ")})`;
      if (tree.name === "prod") return `(${unrolled(first!, second!).join(" * ")})`;
      if (tree.name === "delta") return of(first!) === of(second!) ? "1" : "0";
      if (tree.name === "diff") return `(${math.derivative(of(first!), of(second!)).toString()})`;
      if (tree.name === "log" || tree.name === "exp" || tree.name === "sqrt")
        return `${tree.name}(${of(first!)})`;
      throw new RangeError(`symbolic: ${tree.name} stays with the numbers`);
    }
  }
}

const isSize = (name: string, context: Context): boolean =>
  name === "K" || Object.hasOwn(context.derivation.sizes ?? {}, name);
const isLabel = (name: string, context: Context): boolean => context.derivation.symbols[name]?.is === "label";
