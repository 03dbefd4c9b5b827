/** `npm run grade -- doctor`: what the boxes on this machine stop, tried out in real ones. */
import { requireTier } from "../../../grading/sandbox";

export async function run(_args: readonly string[]): Promise<number> {
  await requireTier("default");
  return 0;
}
