import type { Tree } from "./tree";

const levels: Readonly<Record<string, number>> = {
  "==": 0,
  "<": 0,
  ">": 0,
  "<=": 0,
  ">=": 0,
  "+": 1,
  "-": 1,
  "*": 2,
  "/": 2,
  "^": 4,
};

/** An expression as the text that parses to it. */
export function print(tree: Tree): string {
  const at = (part: Tree, place: number): string => {
    const own = part.kind === "binary" ? levels[part.op]! : part.kind === "negate" ? 1.5 : 5;
    const text = print(part);
    return own < place ? `(${text})` : text;
  };
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "symbol":
      return tree.name;
    case "index":
      return `${tree.name}[${tree.at.map(print).join(", ")}]`;
    case "call":
      return `${tree.name}(${tree.args.map(print).join(", ")})`;
    case "negate":
      return `-${at(tree.of, 2)}`;
    case "binary": {
      const own = levels[tree.op]!;
      if (tree.op === "^") return `${at(tree.left, 5)}^${at(tree.right, 5)}`;
      return `${at(tree.left, own)} ${tree.op} ${at(tree.right, own + 0.1)}`;
    }
  }
}
