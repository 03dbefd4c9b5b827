/** Pieces that many attacks share: answers of E12 of different worth, and the ways to the things of a process. */

/** Finds Node's `process` and built-in modules by every way that is known, without a word that a scanner looks for. */
export const reach = `
const firstOf = (...ways) => {
  for (const way of ways)
    try {
      const found = way();
      if (found !== undefined && found !== null) return found;
    } catch {}
  return undefined;
};
const host = firstOf(
  () => process,
  () => globalThis["pro" + "cess"],
  () => (0, eval)("process"),
  () => Function("return process")(),
  () => [].constructor.constructor("return process")(),
  () => (async () => {}).constructor("return process")().then.constructor.constructor("return process")(),
);
const need = (name) =>
  firstOf(
    () => host.getBuiltinModule(name),
    () => host.mainModule["req" + "uire"](name),
    () => globalThis["req" + "uire"](name),
    () => module.constructor._load(name),
    () => Function("name", "return require(name)")(name),
    () => host.binding(name),
  );
const quietly = (f) => { try { return f(); } catch { return undefined; } };
const pids = () => [host?.ppid, host?.pid].filter((p) => p > 1);
`;

/** Worth nothing: every check of E12 finds a wrong value. */
export const wrong = `
export const logSumExp = (z) => 12345;
export const logSoftmax = (z) => z.map(() => 0.5);
export const logSoftmaxRows = (Z) => Z.map((z) => z.map(() => 0.5));
export const diagnose = (f) => "no idea";
`;

/** Worth all 8 points of E12. */
export const right = `
const shifted = (z, top) => Math.log(z.reduce((sum, x) => sum + Math.exp(x - top), 0));
export const logSumExp = (z) => {
  const top = Math.max(...z);
  return top === -Infinity ? top : top + shifted(z, top);
};
export const logSoftmax = (z) => {
  const top = Math.max(...z);
  const rest = shifted(z, top);
  return z.map((x) => x - top - rest);
};
export const logSoftmaxRows = (Z) => Z.map((z) => logSoftmax(z));
export const diagnose = (f) => {
  const got = [[1000, 999], [-1000, -1001], [1000, -1000], [0, 0], [0.3, -2, 1.7], [20, 1, 0]]
    .map((z) => [f(z), logSumExp(z)]);
  if (got.some(([a]) => Number.isNaN(a) || a === Infinity)) return "overflow";
  if (got.some(([a]) => a === -Infinity)) return "underflow";
  return got.some(([a, b]) => Math.abs(a - b) > 1e-12 * Math.abs(b)) ? "precision" : "ok";
};
`;

/** The three functions of \`right\` beside one that an attack replaces; without \`logSumExp\` they are worth 3.5 points. */
export const rightWithout = (name: string): string =>
  right
    .replace(`export const ${name} =`, `const honest_${name} =`)
    .replaceAll(` ${name}(`, ` honest_${name}(`);

/** \`wrong\` with one function replaced by an attack. */
export const wrongWithout = (name: string): string =>
  wrong.replace(new RegExp(`export const ${name} = .*`), "");
