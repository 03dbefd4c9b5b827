import { addColumns } from "./columns";
import { divide } from "./divide";
import { Module } from "./encode";
import type { Arithmetic } from "./exp";
import { log1p64 } from "./log";
import { addRows, scalarExp } from "./rows";
import { widths } from "./width";

/** The module of all kernels: exports `rows32`, `rows64`, `columns32`, `columns64`. */
export function kernels(arithmetic: Arithmetic): { bytes: Uint8Array; flag: number } {
  const m = new Module();
  const shared = { log1p: m.add(log1p64()), divide: m.add(divide()), exp: m.add(scalarExp(arithmetic)) };
  for (const width of widths) {
    addRows(m, width, shared, arithmetic);
    addColumns(m, width, shared, arithmetic);
  }
  return m.encode();
}
