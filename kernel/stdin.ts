// prompt(): the main thread waits, as a browser does, while the io thread asks the reader.
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";

/** @param ask - sends the question; the answer arrives at `port`, announced by a change of `bell[0]` */
export function installPrompt(port: MessagePort, bell: Int32Array, ask: (question: string) => boolean): void {
  const prompt = (question = "", answer = ""): string | null => {
    Atomics.store(bell, 0, 0);
    if (!ask(String(question))) {
      process.stderr.write("prompt(): this front end cannot ask a question; the answer is null\n");
      return null;
    }
    Atomics.wait(bell, 0, 0);
    const reply: string | null | undefined = receiveMessageOnPort(port)?.message;
    if (reply === null) throw new Error("the question was dismissed: the cell was interrupted");
    return reply || answer;
  };
  Object.assign(globalThis, { prompt });
}
