import { addColumns } from "./columns";
import { Module } from "./encode";
import type { Arithmetic } from "./exp";
import { log1p64 } from "./log";
import { addRows, scalarExp, widths } from "./rows";

/** The module of all kernels: exports `rows32`, `rows64`, `columns32`, `columns64`. */
export function kernels(arithmetic: Arithmetic): { bytes: Uint8Array; flag: number } {
  const m = new Module();
  const log1p = m.add(log1p64());
  const exp = m.add(scalarExp(arithmetic));
  for (const width of widths) {
    addRows(m, width, log1p, exp, arithmetic);
    addColumns(m, width, log1p, arithmetic);
  }
  return m.encode();
}
