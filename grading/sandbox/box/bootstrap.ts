/**
 * The inside of a box: what is evaluated, as text, in the realm of an answer before the answer is. It takes requests
 * and gives replies as JSON text, the same in QuickJS and in V8.
 *
 * An answer shares this realm and may change whatever it finds there, so everything needed later is taken now and kept
 * in this closure; nothing below calls a method by its name or stores into an array by assignment.
 */
import { insideCodec } from "./codec";
import { furnish } from "./world";

export interface Inside {
  /** runs the compiled answer, a function of `exports`, `require` and `module`; gives the reply */
  load(id: number, answer: unknown, library: unknown): string;
  /** one request, one reply; the empty text means that a promise is still pending */
  handle(request: string): string;
  /** the reply that was pending, or the empty text; `last`: nothing more can happen, so say that it is pending */
  poll(last: boolean): string;
}

type Wire = Record<string, unknown>;

/** `hostCall(text)` runs one of the host's functions: a callback frame there, its reply frame back. */
export function bootstrap(
  hostCall: (text: string) => string,
  makeCodec: typeof insideCodec,
  makeWorld: typeof furnish,
): Inside {
  const uncurry = Function.prototype.bind.bind(Function.prototype.call) as (
    f: unknown,
  ) => (self: unknown, ...args: unknown[]) => unknown;
  const { parse, stringify } = JSON;
  const { create, getOwnPropertyDescriptor, keys } = Object;
  const { apply, ownKeys } = Reflect;
  const [toObject, ErrorC, PromiseC, ProxyC] = [Object, Error, Promise, Proxy];
  const slice = uncurry(String.prototype.slice) as (s: string, from: number, to: number) => string;
  const then = uncurry(Promise.prototype.then);
  const answer: Wire = create(null);
  let blocked = "";
  let current = 0;
  let pending: { done: boolean; reply: string } | undefined;

  const codec = makeCodec((handle, args) => {
    const reply = parse(hostCall(`{"id":${current},"callback":${handle},"args":[${args}]}`)) as Wire;
    const wrong = getOwnPropertyDescriptor(reply, "error");
    if (wrong !== undefined) throw new ErrorC(wrong.value);
    return codec.decode(reply.value);
  });
  const { encode, decode, drawn, kept, put } = codec;
  const { takeLog } = makeWorld(codec);

  /** What was thrown, as text. It may be anything, and its message may be a trap. */
  function explain(error: unknown): string {
    let name = "Error";
    let message = "something that cannot be shown was thrown";
    let stack = "";
    try {
      const e = toObject(error) as Error;
      const trace: unknown = e.stack;
      name = slice(`${e.name ?? "Error"}`, 0, 80);
      message = slice(`${e.message ?? error}`, 0, 600);
      stack = typeof trace === "string" ? slice(trace, 0, 2000) : "";
    } catch {}
    return `"error":{"name":${stringify(name)},"message":${stringify(message)},"stack":${stringify(stack)}}`;
  }
  /** what was printed since the last reply goes with this one */
  function close(id: number, body: string): string {
    const refused = blocked === "" ? "" : `,"blocked":${stringify(blocked)}`;
    const text = takeLog();
    const printed = text === "" ? "" : `,"log":${stringify(text)}`;
    return `{"id":${id},${body}${refused}${printed}}`;
  }

  function refuse(what: string): never {
    if (blocked === "") blocked = slice(what, 0, 60);
    const error = new ErrorC(`"${what}" may not be imported here: write it yourself`);
    error.name = "Blocked";
    throw error;
  }
  /** a library in which only what is given exists; asking for anything else is an attempt to take it over */
  function guarded(library: unknown): object | undefined {
    if (library === undefined || library === null) return undefined;
    const given = create(null);
    const names = ownKeys(library as object);
    for (let i = 0; i < names.length; i++) put(given, names[i]!, (library as Wire)[names[i] as string]);
    return new ProxyC(given, {
      __proto__: null,
      get: (target: Wire, key: string | symbol) =>
        typeof key === "symbol" || key === "__esModule" || key === "then" || key === "default"
          ? undefined
          : getOwnPropertyDescriptor(target, key) === undefined
            ? refuse(`cross-entropy: ${key}`)
            : target[key],
    } as ProxyHandler<Wire>);
  }

  function run(q: { id: number; op: string; fn?: string; handle?: number; args?: unknown[] }): string {
    const { id, op } = q;
    if (op === "read") {
      const constant = getOwnPropertyDescriptor(answer, q.fn!) === undefined ? undefined : answer[q.fn!];
      return close(id, `"value":${encode(constant)}`);
    }
    const named = op === "call";
    const target = named
      ? getOwnPropertyDescriptor(answer, q.fn!) === undefined
        ? undefined
        : answer[q.fn!]
      : kept(q.handle!);
    if (typeof target !== "function") {
      const what = named ? q.fn : "a function";
      const message =
        target === undefined
          ? `no function ${what} is exported: is it renamed, or is "export" missing?`
          : `${what} is not a function`;
      return close(id, `"error":{"name":"Missing","message":${stringify(message)}}`);
    }
    const args = decode(q.args) as unknown[];
    const returned = apply(target as () => unknown, undefined, args);
    // what happened to the arguments: a function that destroys its input must be seen
    const after = (): string => {
      let list = "";
      for (let i = 0; i < args.length; i++) {
        const arg = args[i];
        list += (i === 0 ? "" : ",") + (typeof arg === "function" ? `${drawn(arg) ?? null}` : encode(arg));
      }
      return `"args":[${list}]`;
    };
    const promised =
      typeof returned === "object" &&
      returned !== null &&
      typeof (returned as PromiseLike<unknown>).then === "function";
    if (!promised) return close(id, `"value":${encode(returned)},${after()},"promised":false`);
    // waited for only because of what it does late; the value of a promise is no answer
    const waiting = { done: false, reply: "" };
    pending = waiting;
    const settle = (body: () => string) => {
      waiting.reply = body();
      waiting.done = true;
    };
    then(
      new PromiseC((resolve) => resolve(returned)),
      () => settle(() => `"value":null,${after()},"promised":true`),
      (e: unknown) => settle(() => explain(e)),
    );
    return "";
  }

  return {
    load(id, compiled, library) {
      current = id;
      try {
        const exports = {};
        const given = guarded(library);
        const require = (from: unknown) =>
          from === "cross-entropy" && given !== undefined ? given : refuse(`${from}`);
        const body = compiled as (exports: object, require: unknown, module: object) => void;
        body(exports, require, { exports });
        // a copy: what is exported is settled once, and read without running anything
        const own = keys(exports);
        for (let i = 0; i < own.length; i++) put(answer, own[i]!, (exports as Wire)[own[i]!]);
        return close(id, '"value":null');
      } catch (error) {
        return close(id, explain(error));
      }
    },
    handle(request) {
      const q = parse(request) as Parameters<typeof run>[0];
      current = q.id;
      pending = undefined;
      try {
        return run(q);
      } catch (error) {
        return close(q.id, explain(error));
      }
    },
    poll(last) {
      if (pending?.done === true) return close(current, pending.reply);
      return last ? close(current, '"value":null,"args":[],"promised":true') : "";
    },
  };
}

/** The whole inside as one expression, a function of `hostCall`. */
export const insideText = (): string =>
  `(function (hostCall) { return (${bootstrap.toString()})(hostCall, ${insideCodec.toString()}, ${furnish.toString()}); })`;
