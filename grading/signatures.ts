/** One line for each function whose signature is not the one that was asked for. Read from the text, nothing runs. */
import { typescript } from "./transpile";

const squeeze = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/\s*([(),:<>[\]{}|;?])\s*/g, "$1")
    .trim();
/** `readonly` and the way an array type is written make no difference to a caller */
const normal = (text: string) =>
  squeeze(text)
    .replace(/readonly /g, "")
    .replace(/ReadonlyArray</g, "Array<");

interface Found {
  readonly parameters: readonly string[];
  readonly exported: boolean;
}

export function signatureNotes(source: string, signatures: readonly string[]): string[] {
  const ts = typescript();
  const file = ts.createSourceFile("answer.ts", source, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Found>();
  const aliases = new Map<string, string>();
  for (const statement of file.statements) {
    if (ts.isTypeAliasDeclaration(statement))
      aliases.set(statement.name.text, normal(statement.type.getText(file)));
    const exported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false);
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.set(statement.name.text, {
        parameters: statement.parameters.map((p) => p.getText(file)),
        exported,
      });
    if (ts.isVariableStatement(statement))
      for (const d of statement.declarationList.declarations) {
        const f = d.initializer;
        if (ts.isIdentifier(d.name) && f && (ts.isArrowFunction(f) || ts.isFunctionExpression(f)))
          found.set(d.name.text, { parameters: f.parameters.map((p) => p.getText(file)), exported });
      }
  }
  const notes: string[] = [];
  for (const signature of signatures) {
    const name = /^\w+/.exec(signature)?.[0] ?? "";
    const open = signature.indexOf("(");
    if (open !== name.length) continue;
    const wanted = parametersOf(signature, open);
    const is = found.get(name);
    if (is === undefined) continue;
    if (!is.exported) notes.push(`${name} is not exported: write "export function ${signature}"`);
    const [a, b] = [is.parameters.map(normal), wanted.map(normal)];
    const names = (list: readonly string[]) => list.map((p) => p.split(/[?:=]/)[0]);
    if (a.length < b.length && !b.slice(a.length).every((p) => /^\w+\?/.test(p)))
      notes.push(`${name} takes ${a.length} argument(s), it is called as ${signature}`);
    else if (
      names(b).length > 1 &&
      names(a).length > 1 &&
      names(a)[0] === names(b)[1] &&
      names(a)[1] === names(b)[0]
    )
      notes.push(`${name} has its arguments exchanged, it is called as ${signature}`);
    else if (
      a.some((p, i) => p.includes(":") && b[i] !== undefined && typeOf(p, aliases) !== typeOf(b[i]!, aliases))
    )
      notes.push(`${name} declares other types than ${signature}`);
  }
  return notes;
}

/** The type of a parameter, without its default value, and spelt out if the file gave it a name. */
function typeOf(parameter: string, aliases: ReadonlyMap<string, string>): string {
  const type = parameter
    .slice(parameter.indexOf(":") + 1)
    .replace(/=(?!>).*$/, "")
    .trim();
  return aliases.get(type) ?? type;
}

/** Splits at the commas of the outermost parentheses only. */
function parametersOf(signature: string, open: number): string[] {
  const out: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open; i < signature.length; i++) {
    const ch = signature[i]!;
    if (ch === "=" && signature[i + 1] === ">") {
      i++;
      continue;
    }
    if ("([{<".includes(ch)) depth++;
    if (")]}>".includes(ch)) depth--;
    if ((ch === "," && depth === 1) || depth === 0) {
      const parameter = signature.slice(start, i).trim();
      if (parameter !== "") out.push(parameter);
      start = i + 1;
      if (depth === 0) break;
    }
  }
  return out;
}
