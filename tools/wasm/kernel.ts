// What the kernels for long and for short rows have in common: how they are called.
import { Func, type Local } from "./encode";

/** The function behind both kinds of kernel: `(p, rows, V, out, mode, y, scales, scale, result, scratch)`. */
export function batchKernel(name: string) {
  const f = new Func(name, ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "f64", "i32", "i32"]);
  const param = (i: number): Local => f.param(i);
  return {
    f,
    p: param(0),
    rows: param(1),
    V: param(2),
    out: param(3),
    mode: param(4),
    y: param(5),
    scales: param(6),
    factor: param(7),
    result: param(8),
    scratch: param(9),
  };
}
