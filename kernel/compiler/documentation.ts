import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler, Node, SourceFile } from "./internals";

export interface Documentation {
  signature: string;
  text: string;
  tags: { name: string; text: string }[];
}

// Parsing the documentation comments of all libraries would take two fifths of the time of a start, and almost none is
// ever read. So declaration files are compiled with plain comments in their place, of the same length; when someone
// asks, the file is parsed again as it is, and the declaration is found at the same position.

/** Hides the documentation comments of a file from the compiler. */
export const withoutDocumentation = (text: string) => text.replaceAll("/**", "/* ");

/** Gives the text of a file as it is. */
export type ReadText = (fileName: string) => string | undefined;

const complete = new Map<string, SourceFile>();

function twin(ts: Compiler, readText: ReadText, declaration: Node): Node | undefined {
  const { fileName, isDeclarationFile } = declaration.getSourceFile();
  const text = isDeclarationFile ? readText(fileName) : undefined;
  // The declarations of earlier cells are nowhere on disk, and have their documentation with them.
  if (text === undefined) return declaration;
  let file = complete.get(fileName);
  if (!file) {
    file = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true);
    complete.set(fileName, file);
  }
  // What starts earlier or ends later contains the declaration. The documentation is part of a node's leading trivia.
  const find = (node: Node): Node | undefined => {
    if (node.end === declaration.end && node.pos === declaration.pos && node.kind === declaration.kind)
      return node;
    return ts.forEachChild(node, (child) =>
      child.pos <= declaration.pos && declaration.end <= child.end ? find(child) : undefined,
    );
  };
  return find(file);
}

/** The documentation of a symbol: that of its first declaration which has any. */
export function documentation(
  ts: Compiler,
  readText: ReadText,
  symbol: TypeScript.Symbol,
): Omit<Documentation, "signature"> {
  for (const declaration of symbol.declarations ?? []) {
    const node = twin(ts, readText, declaration);
    const found = node ? ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc) : [];
    const doc = found.at(-1);
    if (!doc) continue;
    const read = (comment: TypeScript.JSDoc["comment"]) => (ts.getTextOfJSDocComment(comment) ?? "").trim();
    const tags = (doc.tags ?? []).map((tag) => {
      const subject = ts.isJSDocParameterTag(tag) ? `${tag.name.getText()} ` : "";
      // The text of @throws and @see may begin with what looks like a type or a name.
      const text = tag
        .getText()
        .replace(/^@\w+\s*/, "")
        .replace(/\s*\n\s*\*\s?/g, "\n")
        .trim();
      return {
        name: tag.tagName.text,
        text: subject ? `${subject}${read(tag.comment).replace(/^- /, "— ")}` : text,
      };
    });
    return { text: read(doc.comment), tags };
  }
  return { text: "", tags: [] };
}
