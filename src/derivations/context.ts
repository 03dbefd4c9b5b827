import { parse } from "./parse";
import { parts, plainIndex, substitute, type Tree, withParts } from "./tree";
import type { Derivation } from "./types";

/** A definition `H(a) = …`, a value `q[i] = …` or an instance of an unknown function. */
export type Equation = {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: Tree;
  /** `H(a)` rather than `q[i]` or `N`. */
  readonly isFunction: boolean;
};

export type Equations = ReadonlyMap<string, Equation>;

/** A derivation made ready: its lines parsed, its definitions at hand. */
export type Context = {
  readonly derivation: Derivation;
  readonly definitions: Equations;

  readonly instances: Equations;
  /** Values of a chain's `at`, or of a step's `equalWhen`. */
  readonly equations: (given: Readonly<Record<string, string>>) => Equations;
  readonly parse: (text: string) => Tree;
  /** The size that an index letter runs over. */
  readonly range: (index: string) => string;
};

const head = /^\s*([A-Za-z][A-Za-z0-9_]*)\s*(?:[[(]([^\])]*)[\])])?\s*$/;

export function contextOf(derivation: Derivation): Context {
  const functions: Record<string, number> = {};
  const heads = { ...derivation.definitions, ...derivation.unknown };
  for (const key of Object.keys(heads)) {
    const { name, params } = readHead(key);
    if (key.includes("(")) functions[name] = params.length;
  }
  const parsed = new Map<string, Tree>();
  const parseOnce = (text: string): Tree => {
    const known = parsed.get(text);
    if (known) return known;
    const tree = parse(text, functions);
    parsed.set(text, tree);
    return tree;
  };
  const equations = (given: Readonly<Record<string, string>> = {}): Equations =>
    new Map(
      Object.entries(given).map(([key, body]) => {
        const { name, params } = readHead(key);
        return [name, { name, params, body: parseOnce(body), isFunction: key.includes("(") }];
      }),
    );
  return {
    derivation,
    definitions: equations(derivation.definitions),

    instances: equations(
      Object.fromEntries(Object.entries(derivation.unknown ?? {}).map(([key, of]) => [key, of.instance])),
    ),
    equations,
    parse: parseOnce,
    range: (index) => derivation.indices?.[plainIndex(index)] ?? "K",
  };
}

function readHead(key: string): { name: string; params: string[] } {
  const match = head.exec(key);
  if (!match) throw new RangeError(`derivation: definition must look like H(a), q[i] or N, got ${key}`);
  return { name: match[1]!, params: match[2] ? match[2].split(",").map((param) => param.trim()) : [] };
}

/** Opens every use of the given equations, and what they bring in turn. */
export function open(tree: Tree, equations: Equations, depth = 0): Tree {
  if (equations.size === 0) return tree;
  if (depth > 20) throw new RangeError("derivation: definitions must not be circular");
  const inner = withParts(
    tree,
    parts(tree).map((part) => open(part, equations, depth)),
  );
  if (inner.kind !== "symbol" && inner.kind !== "index" && inner.kind !== "call") return inner;
  const equation = equations.get(inner.name);
  const given = parts(inner);
  if (!equation || equation.params.length !== given.length) return inner;
  const by = new Map<string, Tree>(equation.params.map((param, at) => [param, given[at]!]));
  return open(substitute(equation.body, by), equations, depth + 1);
}
