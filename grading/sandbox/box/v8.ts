/**
 * The hardened tier's child: an answer runs in V8 itself, in this process, which the operating system has locked in
 * before it starts. One process per submission. What is taken away below makes both engines look alike; the walls are
 * outside.
 */
import vm from "node:vm";
import { type Inside, insideText } from "./bootstrap";
import { receive, receiveResult, send } from "./serve";

interface Request {
  readonly op: "load" | "call" | "apply" | "read";
  readonly id: number;
  readonly code?: string;
  readonly name?: string;
  readonly library?: string;
  /** for the doctor's probes only: what an answer would have that found a way out of the language */
  readonly powers?: boolean;
}

const run = vm.runInThisContext;
const { parse, stringify } = JSON;
const turn = (): Promise<void> => new Promise((resolve) => later(resolve));
const later = setImmediate;
const powers = { require, process };
// an unhandled rejection of an answer is its own affair
process.on("unhandledRejection", () => {});

// an end of one's own will can be told from a death: bubblewrap has one code for both
process.on("exit", () => {
  try {
    send('{"leaving":true}');
  } catch {
    // the host is gone
  }
});

/** the globals of the language; everything that Node adds goes, so that an answer finds what it finds in QuickJS */
const language = new Set(
  vm.runInNewContext("Object.getOwnPropertyNames(globalThis)", vm.createContext({})) as string[],
);
for (const name of Object.getOwnPropertyNames(globalThis))
  if (!language.has(name)) Reflect.deleteProperty(globalThis, name);

const inside = run(insideText(), { filename: "box.js" })((text: string) => {
  send(text);
  return receiveResult();
}) as Inside;

function load({ id, code, name, library, powers: wanted }: Request): string {
  try {
    const given = library === undefined ? undefined : run(library, { filename: "cross-entropy.js" });
    if (wanted) Object.assign(globalThis, { powers });
    const compiled = run(`(function (exports, require, module) { ${code}\n})`, {
      filename: name ?? "answer",
    });
    return inside.load(id, compiled, given);
  } catch (error) {
    // a syntax error: thrown by the engine before any of the answer ran
    const { name: kind, message } = error as Error;
    return stringify({ id, error: { name: `${kind}`, message: `${message}` } });
  }
}

/** enough turns for anything that does not wait for the outside */
async function settle(): Promise<string> {
  for (let turns = 0; turns < 100; turns++) {
    await turn();
    const reply = inside.poll(false);
    if (reply !== "") return reply;
  }
  return inside.poll(true);
}

async function serve(): Promise<never> {
  send('{"ready":true}');
  for (;;) {
    const text = receive();
    const request = parse(text) as Request;
    const reply = request.op === "load" ? load(request) : inside.handle(text);
    send(reply === "" ? await settle() : reply);
  }
}
void serve();
