/**
 * Acts after a pause, and after what has arrived until then was read: a grader that was busy or asleep for longer must
 * not blame the child. Returns how to call it off.
 */
export function later(pause: number, act: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    immediate = setImmediate(act);
  }, pause);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
