import { binders, builtIns, type Operator, size, type Tree } from "./tree";

/** Limits that keep a learner's line from being a bomb; the course's own lines stay far below them. */
export const limits = { length: 600, nodes: 250, depth: 40 };

const token = /\s*(?:(\d+(?:\.\d+)?(?:e-?\d+)?)|([A-Za-z][A-Za-z0-9_]*)|(==|<=|>=|[-+*/^()[\],<>]))/y;

/**
 * Parses a line: the part of mathjs syntax that derivations use, and nothing else.
 *
 * Written here rather than taken from mathjs so that rendering needs no library and a learner's line can name no
 * function outside the list.
 *
 * @param text - for example `-sum(i, p[i] * log(q[i]))`
 * @param functions - names and numbers of arguments beyond the built-in ones
 * @throws RangeError if the text is not an expression, is too large, or calls an unknown function
 */
export function parse(text: string, functions: Readonly<Record<string, number>> = {}): Tree {
  if (typeof text !== "string") throw new TypeError(`parse: text must be a string, got ${typeof text}`);
  if (text.length > limits.length)
    throw new RangeError(`parse: text must have at most ${limits.length} characters, got ${text.length}`);
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at];
  const wrong = (wanted: string): RangeError =>
    new RangeError(
      `parse: text must have ${wanted} at token ${at + 1}, got ${peek() ?? "the end"} in "${text}"`,
    );
  const expect = (wanted: string) => {
    if (peek() !== wanted) throw wrong(`"${wanted}"`);
    at += 1;
  };
  const leftToRight = (operators: readonly string[], operand: () => Tree): Tree => {
    let tree = operand();
    while (operators.includes(peek() ?? "")) {
      const op = tokens[at++] as Operator;
      tree = { kind: "binary", op, left: tree, right: operand() };
    }
    return tree;
  };
  const additive = (): Tree => leftToRight(["+", "-"], () => leftToRight(["*", "/"], unary));
  const comparison = (): Tree => {
    depth += 1;
    if (depth > limits.depth)
      throw new RangeError(`parse: text must nest at most ${limits.depth} levels deep`);
    const left = additive();
    let tree = left;
    if (["==", "<=", ">=", "<", ">"].includes(peek() ?? "")) {
      const op = tokens[at++] as Operator;
      tree = { kind: "binary", op, left, right: additive() };
    }
    depth -= 1;
    return tree;
  };
  const unary = (): Tree => {
    depth += 1;
    if (depth > limits.depth)
      throw new RangeError(`parse: text must nest at most ${limits.depth} levels deep`);
    let tree: Tree;
    if (peek() === "-") {
      at += 1;
      tree = { kind: "negate", of: unary() };
    } else {
      tree = primary();
      if (peek() === "^") {
        at += 1;
        tree = { kind: "binary", op: "^", left: tree, right: unary() };
      }
    }
    depth -= 1;
    return tree;
  };
  const list = (close: string): Tree[] => {
    const items = [comparison()];
    while (peek() === ",") {
      at += 1;
      items.push(comparison());
    }
    expect(close);
    return items;
  };
  const primary = (): Tree => {
    const next = peek();
    if (next === undefined) throw wrong("an expression");
    if (next === "(") {
      at += 1;
      const inner = comparison();
      expect(")");
      return inner;
    }
    if (/^\d/.test(next)) {
      at += 1;
      return { kind: "number", text: next };
    }
    if (!/^[A-Za-z]/.test(next)) throw wrong("an expression");
    at += 1;
    if (peek() === "[") {
      at += 1;
      return { kind: "index", name: next, at: list("]") };
    }
    if (peek() !== "(") return { kind: "symbol", name: next };
    at += 1;
    return checkedCall(next, list(")"), functions);
  };
  const tree = comparison();
  if (at < tokens.length) throw wrong("an operator or the end");
  if (size(tree) > limits.nodes)
    throw new RangeError(`parse: text must have at most ${limits.nodes} parts, got ${size(tree)}`);
  return tree;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match)
      throw new RangeError(`parse: text must be an expression, got "${text.slice(from, from + 12)}"`);
    tokens.push(match[1] ?? match[2] ?? match[3]!);
  }
  return tokens;
}

function checkedCall(name: string, args: Tree[], functions: Readonly<Record<string, number>>): Tree {
  const wanted = Object.hasOwn(builtIns, name)
    ? builtIns[name]
    : Object.hasOwn(functions, name)
      ? functions[name]
      : undefined;
  if (wanted === undefined) throw new RangeError(`parse: function must be a listed one, got ${name}`);
  if (args.length !== wanted)
    throw new RangeError(`parse: ${name} must have ${wanted} arguments, got ${args.length}`);
  if (binders.has(name) && args[0]?.kind !== "symbol")
    throw new RangeError(`parse: ${name} must have an index as its first argument`);
  return { kind: "call", name, args };
}
