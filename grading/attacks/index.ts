/** Every attack on the boxes: A01 to A47, A59, A60, A62, A63, A65, A66 and the eight that were seen. */
import { cheats } from "../answers";
import { exercises } from "../specs";
import type { Attack } from "./attack";
import { bombs } from "./bombs";
import { escapes } from "./escapes";
import { exhaustion } from "./exhaustion";
import { knowledge } from "./knowledge";
import { records } from "./records";
import { secrets } from "./secrets";
import { seen } from "./seen";
import { tools } from "./tools";
import { values } from "./values";

export type { Attack, EffectKind } from "./attack";
export { attackName } from "./attack";
export { neighbours } from "./exhaustion";
export { Ground } from "./ground";

/** A65: the module's or mathjs's function taken over in every way; G1 tries the same on all exercises */
const takenOver: readonly Attack[] = cheats(
  exercises.find((e) => e.specification.id === "e12")!.specification,
).map(({ name, source }) => ({ id: "A65", class: "K6", name, honest: 0, source: () => source }));

export const attacks: readonly Attack[] = [
  ...tools,
  ...secrets,
  ...records,
  ...values,
  ...knowledge,
  ...exhaustion,
  ...escapes,
  ...takenOver,
  ...bombs,
  ...seen,
];
