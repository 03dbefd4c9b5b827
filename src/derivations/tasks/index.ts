import type { DerivationTask } from "../task";
import { e02 } from "./e02";
import { e04 } from "./e04";
import { e05 } from "./e05";
import { e10 } from "./e10";
import { e13, e13Soft } from "./e13";
import { e16 } from "./e16";
import { e18, e18Second } from "./e18";
import { e20, e20Limit } from "./e20";
import { e25, e25Focal } from "./e25";

/** The graded derivations, by exercise; some ask for two. */
export const derivationTasks: Readonly<Record<string, DerivationTask>> = Object.fromEntries(
  [e02, e04, e05, e10, e13, e13Soft, e16, e18, e18Second, e20, e20Limit, e25, e25Focal].map((task) => [
    task.id,
    task,
  ]),
);
