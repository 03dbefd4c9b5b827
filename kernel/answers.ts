import type { ExecuteRequest, ToMain } from "./link";
import { describe } from "./rich";
import type { Session } from "./session";
import type { Content } from "./wire";

// Jupyter counts characters, JavaScript UTF-16 units: they differ behind an emoji.
const toUnits = (text: string, characters: number) => [...text].slice(0, characters).join("").length;
const toCharacters = (text: string, units: number) => [...text.slice(0, units)].length;

const ok = (content: Content): Content => ({ status: "ok", ...content });

/** `name?` is not TypeScript: it asks for the documentation of a name. */
const question = /^\s*([\w$.]+)\?\s*$/;

export async function execute<Id extends { count: number }>(
  session: Session<Id>,
  { code, expressions }: ExecuteRequest,
  id: Id,
): Promise<Content> {
  const name = question.exec(code)?.[1];
  if (name !== undefined) {
    const found = session.inspect(name, name.length);
    const data = found ? describe(found) : { "text/plain": `Nothing is known about ${name}.` };
    return ok({ payload: [{ source: "page", data, start: 0 }], user_expressions: {} });
  }
  const outcome = await session.execute(code, id);
  if (!outcome.ok) {
    const { ok: _, ...error } = outcome;
    return { status: "error", ...error, payload: [], user_expressions: {} };
  }
  const values: Content = {};
  for (const [key, expression] of Object.entries(expressions)) {
    const value = await session.evaluate(expression);
    values[key] = "data" in value ? ok({ ...value, metadata: {} }) : { status: "error", ...value };
  }
  return ok({ payload: [], user_expressions: values });
}

/** The answers about code, which run nothing. */
export function explain<Id extends { count: number }>(
  session: Session<Id>,
  request: ToMain & { kind: "complete" | "inspect" | "is_complete" },
): Content {
  const { code } = request;
  switch (request.kind) {
    case "is_complete":
      return { ...session.completeness(code) };
    case "complete": {
      const { start, end, candidates } = session.complete(code, toUnits(code, request.position));
      return ok({
        cursor_start: toCharacters(code, start),
        cursor_end: toCharacters(code, end),
        matches: candidates,
        metadata: {},
      });
    }
    case "inspect": {
      const found = session.inspect(code, toUnits(code, request.position));
      return ok({ found: found !== undefined, data: found ? describe(found) : {}, metadata: {} });
    }
  }
}
