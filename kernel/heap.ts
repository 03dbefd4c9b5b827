import { resourceLimits } from "node:worker_threads";

const given = /--max[-_]semi[-_]space[-_]size=(\d+)/;

/**
 * Bytes of the space of old values, which is what fills up. V8's limit counts the young ones as well, in three
 * semi-spaces: 48 MB in Node 20, 192 MB in Node 24, if nobody says otherwise. Only a worker knows these defaults.
 */
export function oldSpace(heapLimit: number): number {
  const semi = Number(
    given.exec(`${process.env.NODE_OPTIONS ?? ""} ${process.execArgv.join(" ")}`)?.[1] ?? 0,
  );
  const young = semi > 0 ? 3 * semi : (resourceLimits.maxYoungGenerationSizeMb ?? 0);
  return heapLimit - young * 2 ** 20;
}
