const seconds = (since: number) => (Date.now() - since) / 1000;

/** Shows one line for a slow step, `• label … 3.2 s`; on a terminal the seconds count up while it runs. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const line = `• ${label} … `;
  process.stderr.write(line);
  const clock = process.stderr.isTTY
    ? setInterval(() => process.stderr.write(`\r${line}${seconds(started).toFixed(0)} s`), 1000)
    : undefined;
  const end = (text: string) => {
    clearInterval(clock);
    process.stderr.write(clock === undefined ? `${text}\n` : `\r${line}${text}\u001b[K\n`);
  };
  try {
    const result = await work();
    end(`${seconds(started).toFixed(1)} s`);
    return result;
  } catch (error) {
    end("failed");
    throw error;
  }
}
