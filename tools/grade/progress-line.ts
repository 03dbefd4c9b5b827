/** One line that says how far a batch is; on a terminal it is written over, elsewhere a new one every ten seconds. */
import type { Progress } from "../../grading/coursework/batch";

const time = (seconds: number) =>
  !Number.isFinite(seconds)
    ? "…"
    : seconds < 90
      ? `${Math.ceil(seconds)} s`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} min`
        : `${(seconds / 3600).toFixed(1)} h`;

export function describe(p: Progress): string {
  const parts = [
    `${p.done}/${p.total}`,
    ...(p.reused > 0 ? [`${p.reused} were done`] : []),
    ...(p.done > p.reused ? [`${p.perSecond.toPrecision(3)}/s`] : []),
    ...(p.done < p.total ? [`${time(p.secondsLeft)} left`] : []),
    `${p.studentErrors} without an answer`,
    ...(p.review > 0 ? [`${p.review} for review`] : []),
    ...(p.infra > 0 ? [`${p.infra} failed on this machine`] : []),
  ];
  return parts.join(" · ");
}

export function progressLine(stream: NodeJS.WriteStream = process.stderr): (p: Progress) => void {
  let last = 0;
  return (p) => {
    const now = Date.now();
    const end = p.done === p.total;
    if (!end && now - last < (stream.isTTY ? 100 : 10_000)) return;
    last = now;
    stream.write(stream.isTTY ? `\r\u001b[K${describe(p)}${end ? "\n" : ""}` : `${describe(p)}\n`);
  };
}
