/** The derive child: grades the steps of a derivation. They are data: parsed with a whitelist and caps, never run. */
import { derivationTasks, gradeSteps } from "cross-entropy";
import { decode, encode } from "../../codec";
import { serveTrusted } from "./serve";

void serveTrusted(async ({ steps, task }) => {
  const grade = await gradeSteps(
    decode(steps, () => null),
    derivationTasks[String(task)]!,
  );
  return { value: encode(grade, () => 0), args: [] };
});
