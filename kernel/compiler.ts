import { type Converter, loadConverter, loadTypeScript, tslabRequire } from "./tslab";

/** tslab hard-codes its compiler options; they pass through this one function, so that is where cells become strict. */
function makeStrict(): void {
  const id = tslabRequire.resolve("@tslab/typescript-for-tslab");
  const ts = loadTypeScript();
  const loaded = tslabRequire.cache[id];
  if (!loaded || "strictForNotebooks" in ts) return;
  const strict: typeof ts.createWatchCompilerHost = (
    files: unknown,
    options: unknown,
    ...rest: unknown[]
  ) => {
    Object.assign(options as object, {
      strict: true,
      lib: ["lib.es2023.d.ts"],
      types: ["node"],
    });
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of this function cannot be forwarded with types
    return (ts.createWatchCompilerHost as any)(files, options, ...rest);
  };
  loaded.exports = Object.defineProperties(
    { strictForNotebooks: true },
    {
      ...Object.getOwnPropertyDescriptors(ts),
      createWatchCompilerHost: { value: strict, enumerable: true },
    },
  );
}

export function createStrictConverter(): Converter {
  makeStrict();
  return loadConverter().createConverter({ isJS: false, isBrowser: false });
}
